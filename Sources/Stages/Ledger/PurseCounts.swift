import Kernels

/// How many coins of each denomination each account holds: whether change can be had is a question
/// about counts, and opening purses for it would cost a walk over their coins.
struct PurseCounts {
  /// Rising.
  private let denominations: [Int64]
  private var counts: [Int32]

  init(accounts: Int, denominations: [Int64]) {
    self.denominations = denominations
    counts = [Int32](repeating: 0, count: accounts * denominations.count)
  }

  mutating func add(_ coins: Int, of rank: Int, to account: Int) {
    counts[account * denominations.count + rank] += Int32(coins)
  }

  mutating func move(worth denomination: Int64, from payer: Int, to payee: Int) {
    guard let rank = denominations.firstIndex(of: denomination) else { return }
    add(-1, of: rank, to: payer)
    add(1, of: rank, to: payee)
  }

  /// The smallest coin of the payer above `owed` for which the payee can give exact change.
  func coin(above owed: Int64, from payer: Int, changedBy payee: Int) -> Int64? {
    denominations.indices.lazy.filter { rank in
      denominations[rank] > owed && counts[payer * denominations.count + rank] > 0
        && canPay(denominations[rank] - owed, from: payee)
    }.first.map { denominations[$0] }
  }

  /// Whether the greedy choice of the register's payments makes up the amount.
  private func canPay(_ amount: Int64, from account: Int) -> Bool {
    var rest = amount
    for rank in denominations.indices.reversed() {
      let count = Int64(counts[account * denominations.count + rank])
      rest -= min(rest / denominations[rank], count) * denominations[rank]
    }
    return rest == 0
  }
}
