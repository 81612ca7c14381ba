import Kernels
import Pipeline

/// The economy of a run: it mints, pays, lets payers cheat, and retires, on one coin register.
struct LedgerReplay: ~Copyable {
  /// What one payment came to.
  struct Receipt {
    /// Less the change.
    var paid: Int64
    /// The change included.
    var coins: Int32
    var unpaid: Int64
    /// Whether the payer had the money for what stayed unpaid, but there was no change.
    var lacksChange = false
  }

  private(set) var ledger: CoinLedger
  private(set) var doubleSpendsTried = 0
  private(set) var doubleSpendsRefused = 0
  let clientCount: Int
  private let givesChange: Bool
  private var purses: PurseCounts
  private let cheating: RandomStream
  private let retiring: RandomStream

  init(
    clients: Int, nodes: Int, denominations: [Int64], givesChange: Bool, seed: UInt64
  ) throws {
    clientCount = clients
    self.givesChange = givesChange
    purses = PurseCounts(accounts: clients + nodes, denominations: denominations)
    cheating = RandomStream(seed: seed, name: "ledger.double_spend")
    retiring = RandomStream(seed: seed, name: "ledger.retire")
    ledger = try CoinLedger(
      nodeCount: clients + nodes, mint: Mint(denominations: denominations, seed: seed))
  }

  private var nodeCount: Int { ledger.nodeCount - clientCount }

  /// Mints every client's coins at time 0.
  mutating func mint(_ counts: [[Int]], denominations: [Int64], payments: Int) throws {
    let coins = counts.reduce(0) { $0 + $1.reduce(0, +) }
    ledger.reserveCapacity(coins: coins, moves: 4 * payments)
    for (client, counts) in counts.enumerated() {
      for (rank, count) in counts.enumerated() {
        for _ in 0..<count { try ledger.mint(denominations[rank], to: client, at: 0) }
        purses.add(count, of: rank, to: client)
      }
    }
  }

  /// The client pays the node what its coins can make up, and perhaps the rest against change.
  ///
  /// With probability `cheatRate` the payer then tries to spend one of the coins again.
  mutating func settle(_ order: PaymentOrders.Order, cheatRate: Double) throws -> Receipt {
    let (client, node) = (order.client, clientCount + order.node)
    let payment = try pay(order.charge, from: client, to: node, at: order.time)
    var receipt = Receipt(
      paid: payment.paid, coins: Int32(payment.coins.count), unpaid: payment.unpaid)
    var claims = spentClaims(payment, of: client)
    if givesChange, payment.unpaid > 0,
      let coin = purses.coin(above: payment.unpaid, from: client, changedBy: node)
    {
      let large = try pay(coin, from: client, to: node, at: order.time)
      claims += spentClaims(large, of: client)
      let change = try pay(coin - payment.unpaid, from: node, to: client, at: order.time)
      precondition(large.unpaid == 0 && change.unpaid == 0, "the counts of coins are wrong")
      receipt = Receipt(
        paid: order.charge, coins: Int32(claims.count + change.coins.count), unpaid: 0)
    }
    receipt.lacksChange =
      receipt.unpaid > 0 && ledger.reserve.value(of: client) >= receipt.unpaid
    cheat(claims, after: order, rate: cheatRate)
    return receipt
  }

  private mutating func pay(
    _ amount: Int64, from payer: Int, to payee: Int, at time: Int64
  ) throws -> Payment {
    let payment = try ledger.pay(amount, from: payer, to: payee, at: Self.nanoseconds(time))
    for coin in payment.coins {
      purses.move(worth: ledger.denomination(of: coin), from: payer, to: payee)
    }
    return payment
  }

  /// The claims that were true before a payment just made.
  private borrowing func spentClaims(_ payment: Payment, of payer: Int) -> [CoinClaim] {
    payment.coins.compactMap { coin in
      ledger.claim(on: coin).map { CoinClaim(coin: coin, holder: payer, seq: $0.seq - 1) }
    }
  }

  /// At the given rate, the payer shows one of the claims that it has spent to another node.
  private mutating func cheat(
    _ claims: [CoinClaim], after order: PaymentOrders.Order, rate: Double
  ) {
    let draw = cheating.block(order.message)
    guard !claims.isEmpty, draw.unit0 < rate else { return }
    let claim = claims[Int(draw.unit1 * Double(claims.count))]
    let step = 1 + Int(cheating.block(order.message, purpose: 1).unit0 * Double(nodeCount - 1))
    let other = nodeCount > 1 ? (order.node + step) % nodeCount : order.node
    doubleSpendsTried += 1
    let outcome = ledger.move(
      claim, to: clientCount + other, at: Self.nanoseconds(order.time))
    if case .refused(let refusal) = outcome, refusal.isDoubleSpend { doubleSpendsRefused += 1 }
  }

  /// Returns a share of the coins that nodes hold to the mint, which destroys them.
  ///
  /// Which ones is a matter of chance; their number is not.
  mutating func retire(share: Double, at time: Int64) {
    let coins = (clientCount..<ledger.nodeCount).flatMap { ledger.reserve.coins(of: $0) }
    let count = Int((share * Double(coins.count)).rounded())
    guard count > 0 else { return }
    let order = Permutation(count: coins.count, stream: retiring)
    for (i, coin) in coins.enumerated() where order.image(of: i) < count {
      guard let claim = ledger.claim(on: coin) else { continue }
      let refusal = ledger.retire(claim, at: Self.nanoseconds(time))
      assert(refusal == nil, "a held coin could not be retired")
    }
    _ = ledger.reap()
  }

  /// Money by account.
  borrowing func balances() -> [Int64] {
    var balances: [Int64] = []
    for account in 0..<ledger.nodeCount { balances.append(ledger.reserve.value(of: account)) }
    return balances
  }

  /// Counts all the money anew and compares it with the running sums and the purses.
  borrowing func checkConservation() {
    let found = ledger.recount()
    precondition(found == ledger.conservation(), "the sums of the register are wrong")
    precondition(balances().reduce(0, +) == found.held.value, "purses differ from the register")
    let counts = ledger.referenceCounts()
    precondition(counts.allSatisfy { $0 <= 1 }, "a coin is in two purses")
    let held = counts.reduce(0) { $0 + Int($1) }
    precondition(held == found.held.coins, "a held coin is in no purse")
  }

  /// The register's clock counts nanoseconds, events are timed to the microsecond.
  private static func nanoseconds(_ microseconds: Int64) -> Int64 { microseconds * 1000 }
}
