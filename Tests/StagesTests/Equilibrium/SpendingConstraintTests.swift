import TestSupport
import Testing

@testable import Pipeline
@testable import Stages

@Suite("Spending constraints in the stage")
struct SpendingConstraintTests {
  private static let capped = """
    {"model": "spending", "budgets": [2], "supplies": [1, 1],
     "segments": [[{"good": 0, "rate": 2, "cap": 0.5}, {"good": 1, "rate": 1}]]}
    """

  /// The path of the artifact.
  private func solve(
    _ path: String, in folder: TemporaryFolder,
    _ change: (inout Equilibrium.Parameters) -> Void = { _ in }
  ) async throws -> String {
    var parameters = Equilibrium.Parameters()
    parameters.source = .file
    parameters.instance = InputFile(path: path)
    change(&parameters)
    let files = try await StageHarness.run(
      Equilibrium.self, parameters, inputs: [:], seed: 4, in: folder.path)
    _ = try StageHarness.report(Equilibrium.self, parameters, files: files)
    return try #require(files["main"])
  }

  private func run(
    _ text: String, _ change: (inout Equilibrium.Parameters) -> Void = { _ in }
  ) async throws -> ArtifactReader {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "market.json")
    return try ArtifactReader(opening: await solve(path, in: folder, change))
  }

  private func scalar(_ reader: ArtifactReader, _ name: String) throws -> Double {
    try #require(reader.read(name, as: Double.self).first)
  }

  @Test func `a cap turns the rest of the money to the other good`() async throws {
    let reader = try await run(Self.capped)
    #expect(try reader.read("prices", as: Double.self) == [0.5, 1.5])
    #expect(try reader.read("allocations", as: Double.self) == [1, 1])
    #expect(try reader.read("buyer_utility", as: Double.self) == [3])
    #expect(try reader.read("segments_spending", as: Double.self) == [0.5, 1.5])
    #expect(try reader.read("segments_caps", as: Double.self) == [0.5, .infinity])
    #expect(try reader.read("model", as: String.self) == ["spending"])
    #expect(try reader.read("is_exact", as: Int64.self) == [1])
    #expect(try reader.read("is_proved", as: Int64.self) == [0])
    for name in [
      "gap", "over_clearing", "under_clearing", "budget_residual", "bang_per_buck_violation",
      "bundle_shortfall", "walras_residual",
    ] {
      #expect(try abs(scalar(reader, name)) < 1e-12, "\(name)")
    }
  }

  @Test func `an artifact can be solved again`() async throws {
    // Two rates of one good, and a buyer who knows no bound.
    let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
    let path = try folder.write(
      """
      {"model": "spending", "budgets": [4, 1],
       "segments": [[{"good": 0, "rate": 4, "cap": 1}, {"good": 0, "rate": 1}, {"good": 1, "rate": 2}],
                    [{"good": 1, "rate": 1}]]}
      """, to: "market.json")
    let solved = try await solve(path, in: folder)
    let first = try ArtifactReader(opening: solved)
    let again = try ArtifactReader(opening: await solve(solved, in: other))
    for name in ["prices", "segments_spending", "allocations", "utilities"] {
      #expect(try again.read(name, as: Double.self) == first.read(name, as: Double.self), "\(name)")
    }
    #expect(try first.read("utilities", as: Double.self) == [4, 2, 0, 1])
    let money = try first.read("segments_spending", as: Double.self)
    #expect(abs(money[0] + money[1] + money[2] - 4) < 1e-12 && money[0] <= 1 + 1e-12)
  }

  @Test(arguments: [
    (#""segments": [[{"good": 0, "rate": 2, "cap": 0.5}]]"#, "caps that leave room for the budget"),
    (#""segments": [[{"good": 7, "rate": 2}]]"#, "good 7"),
    (#""segments": [[{"good": 0, "rate": -2}]]"#, "rate -2"),
    (#""segments": [[{"good": 0, "rate": 2}], []]"#, "a list for each of the 1 buyers"),
    (#""utilities": [[1, 2]]"#, "segments"),
    (#""segments": [[{"good": 0}]]"#, "rate"),
  ])
  func `what is no such market is refused with its place`(
    segments: String, words: String
  ) async throws {
    let text = #"{"model": "spending", "budgets": [2], "supplies": [1, 1], \#(segments)}"#
    let error = await #expect(throws: DataError.self) { _ = try await run(text) }
    #expect("\(try #require(error))".contains(words), "\(String(describing: error))")
  }

  @Test func `what needs other markets is refused`() async throws {
    await #expect(throws: DataError.self) { _ = try await run(Self.capped) { $0.money = .equal } }
    await #expect(throws: DataError.self) {
      _ = try await run(Self.capped) { $0.tatonnementSteps = 3 }
    }
    var drawn = Equilibrium.Parameters()
    drawn.model = .spending
    #expect(throws: ParameterError.self) { _ = try Equilibrium(drawn) }
  }
}
