import Foundation
import Pipeline
import TestSupport
import Testing

@testable import Stages

@Suite("Equilibrium")
struct EquilibriumTests {
  private func solve(
    _ instance: String, in folder: TemporaryFolder
  ) async throws -> ArtifactReader {
    var parameters = Equilibrium.Parameters()
    parameters.source = .file
    parameters.instance = InputFile(path: try folder.write(instance, to: "instance.json"))
    parameters.sweepsMax = 200_000
    let files = try await StageHarness.run(Equilibrium.self, parameters, seed: 1, in: folder.path)
    _ = try StageHarness.report(Equilibrium.self, parameters, files: files)
    return try ArtifactReader(opening: #require(files["main"]))
  }

  private func scalar(_ reader: ArtifactReader, _ name: String) throws -> Double {
    try #require(reader.read(name, as: Double.self).first)
  }

  @Test func `two buyers who want one good each pay their budgets for it`() async throws {
    let reader = try await solve(
      #"{"budgets": [3, 5], "utilities": [[1, 0], [0, 1]]}"#, in: TemporaryFolder())
    #expect(try reader.read("prices", as: Double.self) == [3, 5])
    #expect(try scalar(reader, "budget_residual") <= 1e-9)
  }

  @Test func `the market of 2017 has the prices that an exact certificate proves`() async throws {
    let path = RepositoryRoot.path + "/experiments/data/market-2017.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let reader = try await solve(text, in: TemporaryFolder())
    // Published with the historic log's analysis, to ten digits.
    let expected = [
      5869.1496, 8548.1223, 11165.3118, 9988.5894, 9896.9301, 9318.6705, 10992.3078, 7179.2372,
      8406.4675, 9308.0955,
    ]
    for (price, exact) in zip(try reader.read("prices", as: Double.self), expected) {
      #expect(abs(price - exact) <= 1e-6 * exact, "\(price), \(exact)")
    }
    for name in ["gap", "over_clearing", "under_clearing", "budget_residual"] {
      #expect(try scalar(reader, name) <= 1e-9)
    }
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
  func `both historic markets and all linear cases come out exactly`() async throws {
    let historic = try #require(
      SharedData.json("reference/historic_markets.json") as? [String: Any])
    for market in try #require(historic["markets"] as? [[String: Any]]) {
      let equilibrium = try #require(market["equilibrium"] as? [String: Any])
      try await compare(
        budgets: market["money"], utilities: market["utility"], supplies: market["supply"],
        prices: equilibrium["prices"], tolerance: 1e-6)
    }
    let cases = try #require(SharedData.json("reference/fisher_cases.json") as? [String: Any])
    let linear = try #require(cases["cases"] as? [[String: Any]]).filter {
      $0["model"] as? String == "linear"
    }
    #expect(linear.count == 12)
    for one in linear {
      try await compare(
        budgets: one["budgets"], utilities: one["utilities"], supplies: one["supplies"],
        prices: one["prices"], tolerance: 1e-9)
    }
  }

  private func compare(
    budgets: Any?, utilities: Any?, supplies: Any?, prices: Any?, tolerance: Double
  ) async throws {
    let instance = ["budgets": budgets, "utilities": utilities, "supplies": supplies]
    let data = try JSONSerialization.data(withJSONObject: instance.compactMapValues { $0 })
    let reader = try await solve(String(decoding: data, as: UTF8.self), in: TemporaryFolder())
    let found = try reader.read("prices", as: Double.self)
    let expected = try #require(prices as? [Double])
    let mean = expected.reduce(0, +) / Double(expected.count)
    for (price, exact) in zip(found, expected) {
      #expect(abs(price - exact) <= tolerance * mean, "\(found), \(expected)")
    }
  }

  @Test(
    "a damaged instance is refused by its name",
    arguments: [
      "{", "[]", "{}", #"{"budgets": [1]}"#, #"{"budgets": [1], "utilities": [[-1]]}"#,
      #"{"budgets": [1, 2], "utilities": [[1, 2], [1]]}"#, #"{"budgets": [], "utilities": []}"#,
      #"{"budgets": ["x"], "utilities": [[1]]}"#,
      #"{"budgets": [1], "utilities": [[1]], "model": "cubic"}"#,
      #"{"budgets": [1], "utilities": [[1]], "model": "ces"}"#,
      #"{"budgets": [1], "utilities": [[1]], "model": "ces", "rho": 1.5}"#,
      #"{"budgets": ["1/0"], "utilities": [[1]]}"#,
      #"{"budgets": [1], "utilities_indptr": [0, 1], "utilities_indices": [99999999], "#
        + #""utilities_data": [1]}"#,
    ])
  func damaged(instance: String) async throws {
    let error = await #expect(throws: DataError.self) {
      _ = try await solve(instance, in: TemporaryFolder())
    }
    #expect(try #require(error).subject == "instance.json", "\(String(describing: error))")
  }

  @Test(
    "each kind of utility is read from the file and certified",
    arguments: [
      ("linear", "", [0.5, 1.5]), ("cobbdouglas", "", [0.5, 1.5]),
      ("ces", #", "rho": 0.5"#, [0.2, 1.8]), ("quasilinear", "", [0.5, 1.5]),
    ])
  func models(model: String, rho: String, prices: [Double]) async throws {
    let reader = try await solve(
      #"{"budgets": [2], "utilities": [[1, 3]], "model": "\#(model)"\#(rho)}"#,
      in: TemporaryFolder())
    #expect(try reader.read("model", as: String.self) == [model])
    #expect(try scalar(reader, "gap") <= 1e-12)
    #expect(try scalar(reader, "budget_residual") <= 1e-12)
    if model != "ces" {
      for (price, exact) in zip(try reader.read("prices", as: Double.self), prices) {
        #expect(abs(price - exact) < 1e-12)
      }
    }
    let again = try MarketInstance(
      name: "again", columns: MarketInstance.readHDF5(reader, "again"))
    #expect(again.utility.model.rawValue == model)
  }

  @Test func `texts with fractions are exact, and the prices are proved`() async throws {
    let reader = try await solve(
      #"{"budgets": ["1/3", "2/3"], "utilities": [["1/7", 0], ["1/7", "3/7"]]}"#,
      in: TemporaryFolder())
    #expect(try reader.read("is_proved", as: Int64.self) == [1])
    #expect(try reader.read("exact_prices", as: String.self) == ["1/3", "2/3"])
  }

  @Test func `triples of a CSV file are a market of equal incomes or of budgets`() async throws {
    let folder = try TemporaryFolder()
    let plain = try MarketInstance(
      path: folder.write("buyer,good,utility\n1,0,1\n0,0,2\n0,1,1\n", to: "a.csv"))
    let rows = try #require(plain.columns.compressed)
    #expect(plain.columns.budgets == [1, 1])
    #expect(rows.bounds == [0, 2, 3] && rows.goods == [0, 1, 0] && rows.values == [2, 1, 1])
    let rich = try MarketInstance(
      path: folder.write("good,buyer,budget,utility\n0,0,5,2\n1,0,5,1\n", to: "b.csv"))
    #expect(rich.columns.budgets == [5])
    #expect(rich.columns.compressed?.values == [2, 1])
    #expect(throws: DataError.self) {
      try MarketInstance(path: folder.write("buyer,good,utility\n-1,0,1\n", to: "c.csv"))
    }
  }

  @Test func `an instance that is no UTF-8 is refused where it ceases to be`() throws {
    let text = Array(#"{"rho": 1,dget"#.utf8) + [0xF8] + Array(#"", "budgets": [1]}"#.utf8)
    let path = try TemporaryFolder().write(text, to: "instance.json")
    let error = #expect(throws: DataError.self) { try MarketInstance(path: path) }
    #expect(try #require(error).place == "line 1, column 15")
  }

  @Test(
    "a generated market is certified, down to one buyer and one good",
    arguments: [(1, 1), (1, 5), (5, 1), (30, 20)])
  func generated(size: (buyers: Int, goods: Int)) async throws {
    let folder = try TemporaryFolder()
    var parameters = Equilibrium.Parameters()
    parameters.buyers = size.buyers
    parameters.goods = size.goods
    let files = try await StageHarness.run(Equilibrium.self, parameters, seed: 3, in: folder.path)
    let reader = try ArtifactReader(opening: #require(files["main"]))
    #expect(try scalar(reader, "gap") <= 1e-8)
    #expect(try scalar(reader, "over_clearing") <= 1e-8)
  }

  @Test(
    "equal files for any number of threads",
    arguments: [Equilibrium.Money.budget, .equal], [1e-3, 1e-9])
  func threads(money: Equilibrium.Money, gap: Double) async throws {
    var parameters = Equilibrium.Parameters()
    parameters.money = money
    (parameters.buyers, parameters.goods, parameters.wanted) = (12_000, 4000, 12)
    parameters.gap = gap
    let folders = try (0..<3).map { try TemporaryFolder("threads\($0)") }
    for (number, folder) in folders.enumerated() {
      _ = try await StageHarness.run(
        Equilibrium.self, parameters, seed: 3, threads: number + 1, in: folder.path)
    }
    for folder in folders.dropFirst() {
      #expect(FolderComparison.differences(folders[0].path, folder.path) == [])
    }
  }
}
