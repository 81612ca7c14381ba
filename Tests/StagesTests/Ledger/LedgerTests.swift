import Foundation
import Pipeline
import Stages
import TestSupport
import Testing

@Suite("Ledger")
struct LedgerTests {
  /// A population, its traffic, and the ledger of that.
  private func economy(
    requests: Int = 3000, seed: UInt64 = 1, threads: Int = 1, in folder: TemporaryFolder,
    _ change: (inout Ledger.Parameters) -> Void = { _ in }
  ) async throws -> (events: ArtifactReader, ledger: ArtifactReader, files: [String: String]) {
    var people = Population.Parameters()
    (people.nodes, people.clients) = (8, 100)
    let population = try await StageHarness.run(
      Population.self, people, seed: seed, in: TemporaryFolderPath.make(in: folder, "population"))
    var traffic = Traffic.Parameters()
    traffic.requests = requests
    let events = try await StageHarness.run(
      Traffic.self, traffic,
      inputs: [
        "population": try #require(population["main"]), "truth": try #require(population["truth"]),
      ], seed: seed, threads: threads, in: TemporaryFolderPath.make(in: folder, "events"))
    var parameters = Ledger.Parameters()
    change(&parameters)
    let files = try await StageHarness.run(
      Ledger.self, parameters,
      inputs: [
        "events": try #require(events["main"]), "population": try #require(population["main"]),
      ], seed: seed, threads: threads, in: TemporaryFolderPath.make(in: folder, "ledger"))
    return (
      try ArtifactReader(opening: #require(events["main"])),
      try ArtifactReader(opening: #require(files["main"])), files
    )
  }

  @Test func `traffic and ledger are equal files for any number of threads`() async throws {
    let folders = try (1...3).map { try TemporaryFolder("threads\($0)") }
    for (number, folder) in folders.enumerated() {
      _ = try await economy(requests: 30_000, threads: number + 1, in: folder)
    }
    for folder in folders.dropFirst() {
      for step in ["events", "ledger"] {
        let (alone, shared) = ("\(folders[0].path)/\(step)", "\(folder.path)/\(step)")
        #expect(FolderComparison.differences(alone, shared) == [])
      }
    }
  }

  private func count(_ name: String, _ reader: ArtifactReader) throws -> Int64 {
    try #require(reader.read(name, as: Int64.self).first)
  }

  @Test("money is neither lost nor made", arguments: [0, 0.3, 1], 1...3 as ClosedRange<UInt64>)
  func conservation(retireShare: Double, seed: UInt64) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await economy(seed: seed, in: folder) { $0.retireShare = retireShare }.ledger
    for kind in ["value", "coins"] {
      let found = try ["held", "in_transit", "retired", "reaped"].reduce(0) {
        try $0 + count("\($1)_\(kind)", ledger)
      }
      #expect(try count("minted_\(kind)", ledger) == found)
    }
    #expect(try count("conservation_difference", ledger) == 0)
    let opening = try ledger.read("account_opening", as: Int64.self)
    let closing = try ledger.read("account_closing", as: Int64.self)
    #expect(try opening.reduce(0, +) == count("minted_value", ledger))
    #expect(try closing.reduce(0, +) == count("held_value", ledger))
    #expect(closing.allSatisfy { $0 >= 0 })
  }

  @Test func `payments explain every balance`() async throws {
    let folder = try TemporaryFolder()
    let ledger = try await economy(in: folder).ledger
    var balances = try ledger.read("account_opening", as: Int64.self)
    let amounts = try ledger.read("payment_amount", as: Int64.self)
    let payers = try ledger.read("payment_payer", as: Int32.self)
    let payees = try ledger.read("payment_payee", as: Int32.self)
    for i in amounts.indices {
      balances[Int(payers[i])] -= amounts[i]
      balances[Int(payees[i])] += amounts[i]
    }
    #expect(try ledger.read("account_closing", as: Int64.self) == balances)
    #expect(try count("paid_total", ledger) == amounts.reduce(0, +))
  }

  @Test func `every charged reply is paid for once, in the order of service`() async throws {
    let folder = try TemporaryFolder()
    let (events, ledger, _) = try await economy(in: folder)
    let charges = try events.read("price_charged", as: Int64.self)
    let served = try events.read("served_time", as: Double.self)
    let messages = try ledger.read("payment_message", as: Int64.self)
    let paid = try ledger.read("payment_amount", as: Int64.self)
    let unpaid = try ledger.read("payment_unpaid", as: Int64.self)
    let times = try ledger.read("payment_time", as: Double.self)
    #expect(Set(messages).count == messages.count)
    #expect(messages.count == charges.count { $0 > 0 })
    for i in messages.indices {
      #expect(paid[i] + unpaid[i] == charges[Int(messages[i])])
      #expect(abs(times[i] - served[Int(messages[i])]) <= 1e-6)
    }
    let order = zip(times, messages)
    #expect(zip(order, order.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(
    "change leaves less unpaid, and little for want of it",
    arguments: 1...3 as ClosedRange<UInt64>)
  func change(seed: UInt64) async throws {
    var unpaid: [Int64] = []
    for change in [false, true] {
      let folder = try TemporaryFolder()
      let ledger = try await economy(seed: seed, in: folder) { $0.change = change }.ledger
      unpaid.append(try count("unpaid_total", ledger))
      let forChange = try count("unpaid_for_change_total", ledger)
      #expect((0...unpaid[unpaid.count - 1]).contains(forChange))
      if change { #expect(Double(forChange) < 0.05 * Double(unpaid[0])) }
    }
    #expect(unpaid[1] < unpaid[0])
  }

  @Test("a coin cannot be spent twice", arguments: [0, 0.2, 1], 1...3 as ClosedRange<UInt64>)
  func doubleSpending(rate: Double, seed: UInt64) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await economy(seed: seed, in: folder) { $0.doubleSpendRate = rate }.ledger
    let coins = try ledger.read("payment_coins", as: Int32.self)
    let (tried, paying) = (try count("double_spends_tried", ledger), coins.count { $0 > 0 })
    #expect(try count("double_spends_refused", ledger) == tried)
    #expect(abs(Double(tried) - rate * Double(paying)) <= 5 * Double(paying).squareRoot() * rate)
    #expect(try count("trails_broken", ledger) == 0)
  }

  @Test func `attempts at double spending change no other number`() async throws {
    var outcomes: [[Int64]] = []
    for rate in [0, 1.0] {
      let folder = try TemporaryFolder()
      let ledger = try await economy(in: folder) { $0.doubleSpendRate = rate }.ledger
      outcomes.append(try ledger.read("account_closing", as: Int64.self))
    }
    #expect(outcomes[0] == outcomes[1])
  }

  @Test func `the coins tell the same story as the payments`() async throws {
    let folder = try TemporaryFolder()
    let ledger = try await economy(in: folder) { $0.retireShare = 0.5 }.ledger
    let moves = try ledger.read("coin_moves", as: Int32.self)
    let states = try ledger.read("coin_state", as: Int8.self)
    let holders = try ledger.read("coin_holder", as: Int32.self)
    let denominations = try ledger.read("coin_denomination", as: Int64.self)
    let paid = try ledger.read("payment_coins", as: Int32.self).reduce(0, +)
    let reaped = states.count { $0 == 3 }
    #expect(moves.reduce(0, +) == paid + Int32(reaped))
    #expect(try count("reaped_coins", ledger) == Int64(reaped))
    #expect(try count("trails_verified", ledger) == Int64(moves.count))
    var closing = [Int64](repeating: 0, count: 108)
    for i in holders.indices where states[i] == 0 { closing[Int(holders[i])] += denominations[i] }
    #expect(try ledger.read("account_closing", as: Int64.self) == closing)
    #expect(zip(states, holders).allSatisfy { ($0 == 0) == ($1 >= 0) })
  }

  @Test func `a share of the nodes' coins is retired, to the coin`() async throws {
    let folder = try TemporaryFolder()
    let kept = try await economy(in: folder).ledger
    let holders = try kept.read("coin_holder", as: Int32.self)
    let other = try TemporaryFolder()
    let retired = try await economy(in: other) { $0.retireShare = 0.25 }.ledger
    let wanted = (0.25 * Double(holders.count { $0 >= 100 })).rounded()
    #expect(try count("reaped_coins", retired) == Int64(wanted))
    let clients = try [kept, retired].map {
      try $0.read("account_closing", as: Int64.self).prefix(100)
    }
    #expect(clients[0] == clients[1])
  }

  @Test(
    "budgets become coins of the wanted denominations",
    arguments: [[1], [7], [2, 3], [1, 5, 10]])
  func denominations(values: [Int]) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await economy(requests: 100, in: folder) { $0.denominations = values }.ledger
    let coins = try ledger.read("coin_denomination", as: Int64.self)
    #expect(Set(coins).isSubset(of: Set(values.map(Int64.init))))
    #expect(try coins.reduce(0, +) == count("minted_value", ledger))
    #expect(try (count("unminted_total", ledger) == 0) == (values.contains(1)))
  }

  @Test("with nothing, one or a few requests ends well", arguments: [0, 1, 50])
  func smallest(requests: Int) async throws {
    let folder = try TemporaryFolder()
    var traffic = Traffic.Parameters()
    (traffic.requests, traffic.nodes) = (requests, 1)
    let events = try await StageHarness.run(
      Traffic.self, traffic, seed: 1, in: TemporaryFolderPath.make(in: folder, "events"))
    for budget in [0, 10] {
      var parameters = Ledger.Parameters()
      (parameters.budget, parameters.doubleSpendRate, parameters.retireShare) = (budget, 1, 1)
      parameters.denominations = [1]
      let files = try await StageHarness.run(
        Ledger.self, parameters, inputs: ["events": try #require(events["main"])], seed: 1,
        in: TemporaryFolderPath.make(in: folder, "budget \(budget)"))
      let ledger = try ArtifactReader(opening: #require(files["main"]))
      #expect(try count("payments", ledger) == Int64(requests))
      #expect(try count("paid_total", ledger) == Int64(min(requests, budget)))
      #expect(try count("reaped_value", ledger) == Int64(min(requests, budget)))
      #expect(
        try count("double_spends_tried", ledger) == count("double_spends_refused", ledger))
      _ = try StageHarness.report(Ledger.self, parameters, files: files)
    }
  }

  @Test func `the population of other events is refused`() async throws {
    let folder = try TemporaryFolder()
    let population = try await StageHarness.run(
      Population.self, .init(), seed: 1, in: TemporaryFolderPath.make(in: folder, "population"))
    let events = try await StageHarness.run(
      Traffic.self, .init(), seed: 1, in: TemporaryFolderPath.make(in: folder, "events"))
    await #expect(throws: DataError.self) {
      try await StageHarness.run(
        Ledger.self, .init(),
        inputs: [
          "events": try #require(events["main"]), "population": try #require(population["main"]),
        ], seed: 1, in: folder.path)
    }
  }

  @Test func `a denomination that comes twice is refused`() {
    var parameters = Ledger.Parameters()
    parameters.denominations = [1, 5, 1]
    #expect(throws: ParameterError("denominations", "a denomination comes twice")) {
      try Ledger(parameters)
    }
  }
}
