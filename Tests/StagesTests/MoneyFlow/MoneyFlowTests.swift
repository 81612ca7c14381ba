import Foundation
import Pipeline
import Stages
import TestSupport
import Testing

@Suite("Money flow")
struct MoneyFlowTests {
  private func run(
    _ csv: String, in folder: TemporaryFolder,
    _ change: (inout MoneyFlow.Parameters) -> Void = { _ in }
  ) async throws -> ArtifactReader {
    var parameters = MoneyFlow.Parameters()
    parameters.file = InputFile(path: try folder.write(csv, to: "payments.csv"))
    change(&parameters)
    let files = try await StageHarness.run(MoneyFlow.self, parameters, seed: 1, in: folder.path)
    _ = try StageHarness.report(MoneyFlow.self, parameters, files: files)
    return try ArtifactReader(opening: #require(files["main"]))
  }

  private func scalar(_ reader: ArtifactReader, _ name: String) throws -> Int64 {
    try #require(reader.read(name, as: Int64.self).first)
  }

  @Test func `a chain of payments is cut at its thinnest edge`() async throws {
    let reader = try await run(
      "payer,payee,amount\na,b,10\nb,c,4\nc,d,7\nb,c,2\n", in: TemporaryFolder()
    )
    #expect(try scalar(reader, "edge_count") == 3)
    #expect(try scalar(reader, "total_amount") == 23)
    // a pays most; b receives most.
    #expect(try scalar(reader, "max_flow") == 10)
    #expect(try scalar(reader, "component_count") == 4)
    #expect(try reader.read("node_name", as: String.self) == ["a", "b", "c", "d"])
  }

  @Test func `source and sink may be named, and a wrong name is refused with a hint`() async throws
  {
    let csv = "payer,payee,amount\nalpha,beta,10\nbeta,gamma,4\n"
    let reader = try await run(csv, in: TemporaryFolder()) { $0.sink = "gamma" }
    #expect(try scalar(reader, "max_flow") == 4)
    #expect(try scalar(reader, "cut_capacity") == 4)
    let error = await #expect(throws: DataError.self) {
      _ = try await run(csv, in: TemporaryFolder()) { $0.sink = "gama" }
    }
    #expect(try #require(error).found.contains("'gamma'"))
  }

  @Test("smallest inputs end well", arguments: ["", "a,a,5\n", "a,b,0\n", "a,b,1\n"])
  func smallest(rows: String) async throws {
    let reader = try await run("payer,payee,amount\n" + rows, in: TemporaryFolder())
    #expect(try scalar(reader, "max_flow") == scalar(reader, "cut_capacity"))
  }

  @Test(
    "a damaged file is refused with its line",
    arguments: [
      ("payer,payee,amount\na,b,-1\n", "line 2, column 'amount'"),
      ("payer,payee,amount\na,b,1.5\n", "line 2, column 'amount'"),
      ("payer,payee,sum\na,b,1\n", "line 1"), ("payer,payee,amount\na,b\n", "line 2"),
    ])
  func damaged(csv: String, place: String) async throws {
    let error = await #expect(throws: DataError.self) {
      _ = try await run(csv, in: TemporaryFolder())
    }
    #expect(try #require(error).place == place)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
  func `the world's industries of 2011 come out exactly`() async throws {
    var parameters = MoneyFlow.Parameters()
    parameters.file = InputFile(path: SharedData.path("data/wiod2011_payments_ge100musd.csv"))
    parameters.amountColumn = "musd"
    let folder = try TemporaryFolder()
    let files = try await StageHarness.run(MoneyFlow.self, parameters, seed: 1, in: folder.path)
    let reader = try ArtifactReader(opening: #require(files["main"]))
    let cases = try #require(SharedData.json("reference/moneyflow_cases.json") as? [String: Any])
    let expected = try #require(cases["wiod2011_industry"] as? [String: Any])
    for (name, key) in [
      ("node_count", "nodes"), ("edge_count", "edges"), ("total_amount", "total_weight"),
      ("max_flow", "max_flow"), ("cut_capacity", "min_cut_capacity"),
    ] {
      #expect(try scalar(reader, name) == (expected[key] as? NSNumber)?.int64Value, "\(name)")
    }
    let names = try reader.read("node_name", as: String.self)
    #expect(names[Int(try scalar(reader, "source"))] == expected["source"] as? String)
    #expect(names[Int(try scalar(reader, "sink"))] == expected["sink"] as? String)
    let components = try #require(expected["scc"] as? [String: Any])
    #expect(try scalar(reader, "component_count") == (components["count"] as? NSNumber)?.int64Value)
    #expect(try scalar(reader, "largest_component") == 1110)
    let cores = try #require(expected["k_core"] as? [String: Any])
    #expect(try scalar(reader, "degeneracy") == (cores["degeneracy"] as? NSNumber)?.int64Value)
    #expect(
      try scalar(reader, "top_core_size") == (cores["top_core_size"] as? NSNumber)?.int64Value)
    let gini = try #require(expected["gini"] as? [String: Any])
    let out = try #require(reader.read("gini_out", as: Double.self).first)
    #expect(abs(out - (gini["out_strength"] as? Double ?? 0)) < 1e-12)
  }
}
