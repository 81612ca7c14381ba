/// A demand or supply curve, thinned to at most 500 points: ranks near the first ones, where small
/// markets clear, stay whole, the others are spread evenly, and the last is always among them.
struct QuoteCurve {
  static let pointsMax = 500

  /// Ranks from 1, rising.
  let ranks: [Int]
  let prices: [Double]

  /// - Parameter prices: quotes by rank.
  init(_ prices: [Double]) {
    ranks = Self.picks(prices.count)
    self.prices = ranks.map { prices[$0 - 1] }
  }

  private static func picks(_ count: Int) -> [Int] {
    guard count > pointsMax else { return Array(1..<count + 1) }
    let half = pointsMax / 2
    let rest = count - half
    return Array(1...half) + (1...half).map { half + rest * $0 / half }
  }
}
