import TestSupport
import Testing

@testable import Pipeline
@testable import Stages

/// Where the money comes from: payments, equal incomes, endowments, merit; and prices that move.
@Suite("Equilibrium by money")
struct EquilibriumMoneyTests {
  private func run(
    inputs: [String: String] = [:], in given: TemporaryFolder? = nil,
    _ change: (inout Equilibrium.Parameters) throws -> Void
  ) async throws -> ArtifactReader {
    let folder = try given ?? TemporaryFolder()
    var parameters = Equilibrium.Parameters()
    try change(&parameters)
    let files = try await StageHarness.run(
      Equilibrium.self, parameters, inputs: inputs, seed: 4, in: folder.path)
    _ = try StageHarness.report(Equilibrium.self, parameters, files: files)
    return try ArtifactReader(opening: #require(files["main"]))
  }

  private func scalar(_ reader: ArtifactReader, _ name: String) throws -> Double {
    try #require(reader.read(name, as: Double.self).first)
  }

  private func isTrue(_ reader: ArtifactReader, _ name: String) throws -> Bool {
    try reader.read(name, as: Int64.self) == [1]
  }

  /// Payments between accounts as another step would leave them.
  private func payments(
    _ edges: [(payer: Int32, payee: Int32, amount: Int64)], accounts: Int,
    in folder: TemporaryFolder
  ) throws -> String {
    let path = folder.path + "/payments.h5"
    let writer = try ArtifactWriter(creating: path, schema: MoneyEdges.schema, labels: [])
    try writer.write(MoneyEdges.payer, edges.map(\.payer))
    try writer.write(MoneyEdges.payee, edges.map(\.payee))
    try writer.write(MoneyEdges.amount, edges.map(\.amount))
    try writer.write(MoneyEdges.accountCount, accounts)
    _ = try writer.close()
    return path
  }

  @Test func `payments become budgets, wants and prices`() async throws {
    // Account 0 pays 2 and then 1 to 2, and 3 to 3; account 1 pays 2 to 2. Nobody pays 0, 1 or 4.
    let folder = try TemporaryFolder()
    let path = try payments(
      [(0, 2, 2), (1, 2, 2), (0, 3, 3), (0, 2, 1)], accounts: 5, in: folder)
    let reader = try await run(inputs: ["payments": path], in: folder) { $0.source = .trade }
    #expect(try reader.read("budgets", as: Double.self) == [6, 2, 0, 0, 0])
    let utilities = try reader.read("utilities", as: Double.self)
    #expect(Array(utilities.prefix(10)) == [0, 0, 3, 3, 0, 0, 0, 2, 0, 0])
    // 0 values both goods alike, so they cost the same: half of all money each.
    let prices = try reader.read("prices", as: Double.self)
    for (price, exact) in zip(prices, [0.0, 0, 4, 4, 0]) { #expect(abs(price - exact) < 1e-12) }
    #expect(try isTrue(reader, "is_proved"))
  }

  @Test func `payments that return what was paid keep the prices that were paid`() async throws {
    let folder = try TemporaryFolder()
    let accounts: [Int32] = [0, 1, 2, 3, 4, 5]
    let edges = accounts.map { account in
      (payer: account, payee: (account + 1) % 6, amount: Int64(account) + 1)
    }
    let path = try payments(edges, accounts: 6, in: folder)
    let reader = try await run(inputs: ["payments": path], in: folder) { $0.source = .trade }
    #expect(try reader.read("prices", as: Double.self) == [6, 1, 2, 3, 4, 5])
  }

  @Test func `the source trade without payments says what it needs`() async throws {
    let error = await #expect(throws: DataError.self) { _ = try await run { $0.source = .trade } }
    #expect(try #require(error).subject == "payments")
  }

  @Test(arguments: Equilibrium.Model.allCases.filter { ![.quasilinear, .spending].contains($0) })
  func `equal incomes leave no envy`(model: Equilibrium.Model) async throws {
    let reader = try await run {
      $0.money = .equal
      $0.model = model
      ($0.buyers, $0.goods) = (20, 12)
    }
    #expect(try reader.read("budgets", as: Double.self) == Array(repeating: 1, count: 20))
    #expect(try scalar(reader, "envy_max") < 1e-7)
    #expect(try scalar(reader, "gap") < 1e-8)
  }

  @Test func `traders of a file spend what they brought`() async throws {
    let folder = try TemporaryFolder()
    let instance = try folder.write(
      #"{"model": "cobbdouglas", "utilities": [[0.5, 0.5], [0.25, 0.75]], "#
        + #""endowments": [[1, 0], [0, 1]]}"#, to: "exchange.json")
    let reader = try await run(in: folder) {
      ($0.source, $0.money) = (.file, .endowment)
      $0.instance = InputFile(path: instance)
    }
    let prices = try reader.read("prices", as: Double.self)
    #expect(abs(prices[1] / prices[0] - 2) < 1e-11)
    #expect(try isTrue(reader, "is_exchange_converged"))
    #expect(try reader.read("endowments", as: Double.self) == [1, 0, 0, 1])
    // The artifact is an instance again, endowments included.
    let columns = try MarketInstance.readHDF5(reader, "again")
    #expect(columns.endowments == [[1, 0], [0, 1]])
    #expect(columns.supplies == [1, 1])
  }

  @Test(arguments: [Equilibrium.Model.linear, .ces, .cobbdouglas])
  func `drawn traders spend what they brought`(model: Equilibrium.Model) async throws {
    let reader = try await run {
      ($0.money, $0.model) = (.endowment, model)
      ($0.buyers, $0.goods) = (8, 5)
    }
    let (prices, budgets) = (
      try reader.read("prices", as: Double.self), try reader.read("budgets", as: Double.self)
    )
    let brought = try reader.read("endowments", as: Double.self)
    for (trader, budget) in budgets.enumerated() {
      let proceeds = (0..<5).reduce(0) { $0 + prices[$1] * brought[trader * 5 + $1] }
      #expect(abs(budget - proceeds) <= 1e-10 * budget)
    }
    #expect(try scalar(reader, "gap") < 1e-8)
  }

  @Test func `an exchange without endowments is refused`() async throws {
    let folder = try TemporaryFolder()
    let instance = try folder.write(#"{"budgets": [1], "utilities": [[1]]}"#, to: "a.json")
    let error = await #expect(throws: DataError.self) {
      _ = try await run(in: folder) {
        ($0.source, $0.money) = (.file, .endowment)
        $0.instance = InputFile(path: instance)
      }
    }
    #expect(try #require(error).place == "endowments")
    #expect(throws: ParameterError.self) {
      var parameters = Equilibrium.Parameters()
      (parameters.source, parameters.money) = (.trade, .endowment)
      _ = try Equilibrium(parameters)
    }
  }

  @Test func `prices that move with demand and supply settle for Cobb-Douglas buyers`() async throws
  {
    let reader = try await run {
      ($0.model, $0.tatonnementSteps) = (.cobbdouglas, 500)
      ($0.buyers, $0.goods) = (10, 6)
    }
    #expect(try reader.read("walk_outcome", as: Int8.self) == [0])
    #expect(try scalar(reader, "walk_deviation") < 1e-10)
    let steps = try reader.read("walk_step", as: Int64.self)
    #expect(try reader.read("walk_prices", as: Double.self).count == 6 * steps.count)
    #expect(steps.first == 0 && steps.count < 500)
  }

  @Test func `prices that move with demand and supply cycle for linear buyers`() async throws {
    let folder = try TemporaryFolder()
    let instance = try folder.write(
      #"{"budgets": [3, 1], "utilities": [[2, 1], [1, 1.5]]}"#, to: "a.json")
    let reader = try await run(in: folder) {
      ($0.source, $0.tatonnementSteps) = (.file, 400)
      $0.instance = InputFile(path: instance)
    }
    #expect(try reader.read("walk_outcome", as: Int8.self) == [1])
    #expect(try scalar(reader, "gap") < 1e-9)
  }

  @Test func `merit is ranked by both correlations`() async throws {
    let folder = try TemporaryFolder()
    let population = try await StageHarness.run(
      Population.self, Population.Parameters(), seed: 7, in: folder.path)
    let inner = try TemporaryFolder()
    let reader = try await run(
      inputs: ["population": try #require(population["main"])], in: inner
    ) { ($0.source, $0.money) = (.demand, .merit) }
    let (rho, tau) = (
      try scalar(reader, "rank_correlation"), try scalar(reader, "kendall_correlation")
    )
    #expect(try isTrue(reader, "is_rank_correlation_defined"))
    #expect(rho > 0 && rho <= 1 && tau > 0 && tau <= rho)
    let values = try reader.read("values", as: Double.self)
    let money = try reader.read("budgets", as: Double.self).reduce(0, +)
    #expect(values.reduce(0, +) <= money * (1 + 1e-12))
  }
}
