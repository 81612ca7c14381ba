import Kernels
import Pipeline

extension Ledger {
  /// Sums over all payments.
  struct Totals {
    var payments = 0
    var incomplete = 0
    var paid: Int64 = 0
    var unpaid: Int64 = 0
    var unpaidForChange: Int64 = 0

    mutating func add(_ receipts: [LedgerReplay.Receipt]) {
      payments += receipts.count
      for receipt in receipts {
        paid += receipt.paid
        unpaid += receipt.unpaid
        if receipt.unpaid > 0 { incomplete += 1 }
        if receipt.lacksChange { unpaidForChange += receipt.unpaid }
      }
    }
  }

  func write(_ settled: Settled, to artifact: ArtifactWriter) throws {
    typealias A = LedgerArtifact
    let (orders, receipts) = (settled.orders, settled.receipts)
    try artifact.append(A.paymentTime, orders.map { Double($0.time) / 1e6 })
    try artifact.append(A.payer, orders.map { Int32($0.client) })
    try artifact.append(A.payee, orders.map { Int32(settled.clientCount + $0.node) })
    try artifact.append(A.amount, receipts.map(\.paid))
    try artifact.append(A.coinsMoved, receipts.map(\.coins))
    try artifact.append(A.unpaid, receipts.map(\.unpaid))
    try artifact.append(A.message, orders.map { Int64($0.message) })
  }

  /// The same payments in the form in which other stages take money flows.
  func writeEdges(_ settled: Settled, to artifact: ArtifactWriter) throws {
    try artifact.append(MoneyEdges.payer, settled.orders.map { Int32($0.client) })
    try artifact.append(
      MoneyEdges.payee, settled.orders.map { Int32(settled.clientCount + $0.node) })
    try artifact.append(MoneyEdges.amount, settled.receipts.map(\.paid))
  }

  /// Writes the accounts, and the coins in chunks.
  func write(
    _ replay: borrowing LedgerReplay, opening: [Int64], clients: Int, to artifact: ArtifactWriter
  ) throws {
    typealias A = LedgerArtifact
    try artifact.write(
      A.accountKind,
      opening.indices.map { ($0 < clients ? AccountKind.client : AccountKind.node).code })
    try artifact.write(A.opening, opening)
    try artifact.write(A.closing, replay.balances())
    var start = 0
    repeat {
      let chunk = start..<min(start + 65_536, replay.ledger.coinCount)
      try write(coins: chunk, of: replay, to: artifact)
      start = chunk.upperBound
    } while start < replay.ledger.coinCount
  }

  private func write(
    coins: Range<Int>, of replay: borrowing LedgerReplay, to artifact: ArtifactWriter
  ) throws {
    typealias A = LedgerArtifact
    var denominations: [Int64] = []
    var moves: [Int32] = []
    var holders: [Int32] = []
    var states: [Int8] = []
    for coin in coins {
      let claim = replay.ledger.claim(on: coin)
      let seq = replay.ledger.moves(of: coin)
      denominations.append(replay.ledger.denomination(of: coin))
      moves.append(Int32(seq))
      holders.append(claim.map { Int32($0.holder) } ?? -1)
      states.append(Int8(replay.ledger.state(of: coin).rawValue))
    }
    try artifact.append(A.denomination, denominations)
    try artifact.append(A.moves, moves)
    try artifact.append(A.holder, holders)
    try artifact.append(A.state, states)
  }

  func write(
    _ totals: Totals, _ orders: PaymentOrders, _ replay: borrowing LedgerReplay,
    to artifact: ArtifactWriter, threads: Int
  ) throws {
    typealias A = LedgerArtifact
    let found = replay.ledger.recount()
    let broken = replay.ledger.brokenTrails(threads: threads).count
    let minted = Double(found.minted.value)
    try artifact.write(A.clientCount, orders.clientCount)
    try artifact.write(A.nodeCount, orders.nodeCount)
    try artifact.write(A.payments, totals.payments)
    try artifact.write(A.unattributed, orders.unattributed)
    try artifact.write(A.incomplete, totals.incomplete)
    try artifact.write(A.paidTotal, Int(totals.paid))
    try artifact.write(A.unpaidTotal, Int(totals.unpaid))
    try artifact.write(A.unpaidForChange, Int(totals.unpaidForChange))
    try artifact.write(A.velocity, minted > 0 ? Double(totals.paid) / minted : 0)
    try artifact.write(A.goodsValue, orders.goodsValue)
    try artifact.write(A.priceLevel, Double(orders.charged) / orders.goodsValue)
    try artifact.write(A.tried, replay.doubleSpendsTried)
    try artifact.write(A.refused, replay.doubleSpendsRefused)
    try artifact.write(A.verified, replay.ledger.coinCount - broken)
    try artifact.write(A.broken, broken)
    try A.conservation.write(found, to: artifact)
  }
}
