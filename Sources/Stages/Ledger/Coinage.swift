/// Splits a budget into coins, so that the purse can pay odd amounts for long without change.
///
/// From the smallest denomination up, each but the largest gets about `smallShare` of the budget;
/// the rest is made up greedily, the largest coins first. So a purse holds coins of every size, and
/// their number stays far below the budget.
///
///     Coinage([1, 5, 10, 50], smallShare: 0.1).counts(for: 500)  // [50, 10, 5, 7]
struct Coinage {
  /// Rising.
  let denominations: [Int64]
  private let smallShare: Double

  init(_ denominations: [Int], smallShare: Double) {
    self.denominations = denominations.sorted().map(Int64.init)
    self.smallShare = smallShare
  }

  /// The number of coins of each denomination.
  func counts(for budget: Int64) -> [Int] {
    var counts = [Int](repeating: 0, count: denominations.count)
    var rest = max(0, budget)
    for rank in denominations.indices.dropLast() {
      let wanted = Int64((smallShare * Double(budget) / Double(denominations[rank])).rounded(.up))
      take(min(wanted, rest / denominations[rank]), of: rank)
    }
    for rank in denominations.indices.reversed() { take(rest / denominations[rank], of: rank) }
    return counts

    func take(_ coins: Int64, of rank: Int) {
      counts[rank] += Int(coins)
      rest -= coins * denominations[rank]
    }
  }

  /// The value of so many coins of each denomination.
  func value(of counts: [Int]) -> Int64 {
    zip(counts, denominations).reduce(0) { $0 + Int64($1.0) * $1.1 }
  }
}
