import Foundation
import Pipeline
import Stages
import TestSupport
import Testing

@Suite("Trading")
struct TradingTests {
  private func population(
    nodes: Int = 30, clients: Int = 300, budget: Int = 500, seed: UInt64 = 1,
    in folder: TemporaryFolder
  ) async throws -> String {
    var parameters = Population.Parameters()
    (parameters.nodes, parameters.clients, parameters.budget) = (nodes, clients, budget)
    let files = try await StageHarness.run(
      Population.self, parameters, seed: seed,
      in: TemporaryFolderPath.make(in: folder, "population"))
    return try #require(files["main"])
  }

  private func trade(
    _ inputs: [String: String], seed: UInt64 = 1, in folder: TemporaryFolder,
    _ change: (inout Trading.Parameters) -> Void = { _ in }
  ) async throws -> (reader: ArtifactReader, files: [String: String]) {
    var parameters = Trading.Parameters()
    change(&parameters)
    let files = try await StageHarness.run(
      Trading.self, parameters, inputs: inputs, seed: seed, in: folder.path)
    return (try ArtifactReader(opening: #require(files["main"])), files)
  }

  private func number(_ name: String, _ reader: ArtifactReader) throws -> Double {
    try #require(reader.read(name, as: Double.self).first)
  }

  private func count(_ name: String, _ reader: ArtifactReader) throws -> Int64 {
    try #require(reader.read(name, as: Int64.self).first)
  }

  static let mechanisms = Trading.Mechanism.allCases

  @Test(
    "nobody trades beyond a quote or a budget, and no auction runs a deficit",
    arguments: mechanisms, [(3, 300), (100, 20), (40, 40), (1, 1)])
  func rationality(mechanism: Trading.Mechanism, size: (nodes: Int, clients: Int)) async throws {
    for (seed, budget) in [(1, 500), (2, 20), (3, 2)] as [(UInt64, Int)] {
      let folder = try TemporaryFolder()
      let people = try await population(
        nodes: size.nodes, clients: size.clients, budget: budget, seed: seed, in: folder)
      let reader = try await trade(["population": people], seed: seed, in: folder) {
        $0.mechanism = mechanism
      }.reader
      #expect(try count("rationality_violations", reader) == 0, "seed \(seed)")
      #expect(try count("individually_rational", reader) == 1)
      #expect(try count("budget_violations", reader) == 0)
      #expect(try number("deficit", reader) == 0)
      let trades = try reader.read("service_trades", as: Int64.self)
      let efficient = try reader.read("service_efficient_trades", as: Int64.self)
      for (trades, efficient) in zip(trades, efficient) {
        #expect(mechanism == .kDouble ? trades == efficient : efficient - trades <= 1)
      }
      let efficiency = try number("efficiency", reader)
      #expect(mechanism == .kDouble ? efficiency == 1 : (0...1).contains(efficiency))
    }
  }

  @Test("money flows from clients through traders to nodes", arguments: mechanisms, [1, 4])
  func flows(mechanism: Trading.Mechanism, traders: Int) async throws {
    let folder = try TemporaryFolder()
    let people = try await population(in: folder)
    let reader = try await trade(["population": people], in: folder) {
      ($0.mechanism, $0.traders) = (mechanism, traders)
    }.reader
    var net = [Double](repeating: 0, count: 330 + traders)
    let payers = try reader.read("edge_payer", as: Int32.self)
    let payees = try reader.read("edge_payee", as: Int32.self)
    let amounts = try reader.read("edge_amount", as: Double.self)
    for i in amounts.indices {
      net[Int(payers[i])] -= amounts[i]
      net[Int(payees[i])] += amounts[i]
    }
    let volume = try number("volume", reader)
    let revenue = try number("trader_revenue", reader)
    #expect(abs(net[..<300].reduce(0, +) + volume) <= 1e-9 * volume)
    #expect(abs(net[330...].reduce(0, +) - revenue) <= 1e-9 * volume)
    #expect(abs(net.reduce(0, +)) <= 1e-9 * volume)
    let pairs = zip(payers, payees).map { [$0, $1] }
    #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    #expect(pairs.allSatisfy { $0[0] >= 330 || $0[1] >= 330 }, "clients pay traders only")
  }

  @Test func `the auction is the one that a plain search finds`() async throws {
    let folder = try TemporaryFolder()
    let people = try await population(in: folder)
    let reader = try await trade(["population": people], in: folder).reader
    let cloud = try ArtifactReader(opening: people)
    let list = try cloud.read("service_price", as: Double.self)
    let utility = try cloud.read("client_utility", as: Double.self)
    let factor = try cloud.read("node_price_factor", as: Double.self)
    let offers = try cloud.read("node_offers", as: Int8.self)
    // The first type finds every budget untouched.
    let bids = (0..<300).map { list[0] * (0.5 + utility[$0 * list.count]) }.sorted(by: >)
    let sellers = (0..<30).filter { offers[$0 * list.count] == 1 }
    let asks = sellers.map { list[0] * factor[$0] }.sorted()
    let k = zip(bids, asks).count { $0 >= $1 }
    #expect(try reader.read("service_trades", as: Int64.self)[0] == Int64(k))
    let surplus = zip(bids, asks).prefix(k).reduce(0) { $0 + $1.0 - $1.1 }
    #expect(try abs(reader.read("service_surplus", as: Double.self)[0] - surplus) <= 1e-9 * surplus)
    let low = try reader.read("service_price_low", as: Double.self)[0]
    let high = try reader.read("service_price_high", as: Double.self)[0]
    let prices = try reader.read("trade_buyer_price", as: Double.self)
    #expect(low <= high && prices[0] >= low && prices[0] <= high)
  }

  @Test func `what clients have left in the ledger is what they may spend`() async throws {
    let folder = try TemporaryFolder()
    var traffic = Traffic.Parameters()
    traffic.requests = 20_000
    var coins = Ledger.Parameters()
    coins.denominations = [1]
    let people = try await population(in: folder)
    let events = try await StageHarness.run(
      Traffic.self, traffic, inputs: ["population": people], seed: 1,
      in: TemporaryFolderPath.make(in: folder, "events"))
    let ledger = try await StageHarness.run(
      Ledger.self, coins,
      inputs: ["events": try #require(events["main"]), "population": people], seed: 1,
      in: TemporaryFolderPath.make(in: folder, "ledger"))
    let accounts = try #require(ledger["main"])
    let reader = try await trade(["population": people, "ledger": accounts], in: folder).reader
    let balances = try ArtifactReader(opening: accounts).read("account_closing", as: Int64.self)
    var left = balances.prefix(300).map(Double.init)
    let broke = left.count { $0 == 0 }
    #expect(broke > 0, "somebody has spent it all")
    #expect(try reader.read("service_buyers", as: Int64.self)[0] == Int64(300 - broke))
    let buyers = try reader.read("trade_buyer", as: Int32.self)
    let prices = try reader.read("trade_buyer_price", as: Double.self)
    for (buyer, price) in zip(buyers, prices) { left[Int(buyer)] -= price }
    #expect(left.allSatisfy { $0 >= 0 })
  }

  @Test("a sample of the buyers bids where there are more", arguments: [0, 1, 37, 300, 1000])
  func sample(buyersMax: Int) async throws {
    let folder = try TemporaryFolder()
    let people = try await population(in: folder)
    let (reader, files) = try await trade(["population": people], in: folder) {
      $0.buyersMax = buyersMax
    }
    let wanted = Int64(buyersMax == 0 ? 300 : min(300, buyersMax))
    #expect(try reader.read("service_buyers", as: Int64.self).allSatisfy { $0 == wanted })
    _ = try StageHarness.report(Trading.self, .init(), files: files)
  }

  @Test func `curves are monotone, thinned, and keep both ends`() async throws {
    let folder = try TemporaryFolder()
    let people = try await population(nodes: 10, clients: 2003, in: folder)
    let reader = try await trade(["population": people], in: folder).reader
    let services = try reader.read("curve_service", as: Int32.self)
    let sides = try reader.read("curve_side", as: Int8.self)
    let ranks = try reader.read("curve_rank", as: Int64.self)
    let prices = try reader.read("curve_price", as: Double.self)
    for service in 0..<3 as Range<Int32> {
      let demand = services.indices.filter { services[$0] == service && sides[$0] == 0 }
      #expect(demand.count == 500)
      #expect(ranks[demand[0]] == 1 && demand.last.map { ranks[$0] } == 2003)
      #expect(zip(demand, demand.dropFirst()).allSatisfy { prices[$0] >= prices[$1] })
      #expect(zip(demand, demand.dropFirst()).allSatisfy { ranks[$0] < ranks[$1] })
      let supply = services.indices.filter { services[$0] == service && sides[$0] == 1 }
      #expect(zip(supply, supply.dropFirst()).allSatisfy { prices[$0] <= prices[$1] })
    }
  }

  @Test func `one node and one client make a market`() async throws {
    let folder = try TemporaryFolder()
    let people = try await population(nodes: 1, clients: 1, in: folder)
    let (reader, files) = try await trade(["population": people], in: folder)
    let trades = try reader.read("service_trades", as: Int64.self)
    #expect(trades.allSatisfy { (0...1).contains($0) })
    _ = try StageHarness.report(Trading.self, .init(), files: files)
  }

  @Test func `the ledger of another population is refused`() async throws {
    let folder = try TemporaryFolder()
    let people = try await population(in: folder)
    let events = try await StageHarness.run(
      Traffic.self, .init(), seed: 1, in: TemporaryFolderPath.make(in: folder, "events"))
    let ledger = try await StageHarness.run(
      Ledger.self, .init(), inputs: ["events": try #require(events["main"])], seed: 1,
      in: TemporaryFolderPath.make(in: folder, "ledger"))
    let accounts = try #require(ledger["main"])
    await #expect(throws: DataError.self) {
      try await trade(["population": people, "ledger": accounts], in: folder)
    }
  }
}
