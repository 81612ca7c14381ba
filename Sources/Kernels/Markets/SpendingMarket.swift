/// A Fisher market with spending constraints: what a good gives a buyer falls with the money spent on it.
///
///     let market = try SpendingMarket(
///       segments: [[.init(good: 0, rate: 2, cap: 0.5), .init(good: 1, rate: 1)]], budgets: [2],
///       supplies: [1, 1])
///     market.solve().prices  // 0.5 and 1.5; without the cap 4/3 and 2/3
///
/// Each buyer has segments: a good, the utility per unit bought on the segment, and the most money that
/// may be spent on it. Several segments of one good with falling rates make its utility a concave
/// function of the money spent. A linear market is the case without caps; as in it, demand for a good
/// rises when another becomes dearer, and equilibrium prices are unique and found by a convex program.
///
/// Source: Vazirani, "Spending constraint utilities with applications to the adwords market", Math. Oper.
/// Res. 2010; Birnbaum, Devanur, Xiao, EC 2011.
public struct SpendingMarket: Sendable, Equatable {
  /// A part of what a buyer may spend on a good.
  public struct Segment: Sendable, Equatable {
    public let good: Int
    /// Utility per unit of the good.
    public let rate: Double
    /// Money that may be spent at this rate; infinite where nothing limits it.
    public let cap: Double

    public init(good: Int, rate: Double, cap: Double = .infinity) {
      (self.good, self.rate, self.cap) = (good, rate, cap)
    }
  }

  /// What makes segments no market.
  public enum Flaw: Error, Equatable, Sendable {
    case wrongCount(segments: Int, budgets: Int)
    case invalidBudget(buyer: Int)
    case invalidSupply(good: Int)
    case invalidSegment(buyer: Int, segment: Int)
    /// All caps together leave money that the buyer cannot spend.
    case unspendable(buyer: Int)
  }

  /// Where each buyer's segments begin; one more entry than there are buyers.
  let offsets: [Int]
  let segments: [Segment]
  public let budgets: [Double]
  public let supplies: [Double]

  public var buyerCount: Int { budgets.count }
  public var goodCount: Int { supplies.count }

  func segments(of buyer: Int) -> Range<Int> { offsets[buyer]..<offsets[buyer + 1] }

  /// - Parameters:
  ///   - rows: the segments of each buyer.
  ///   - budgets: money of each buyer, above 0.
  ///   - supplies: units of each good, above 0.
  /// - Throws: the first ``Flaw``.
  public init(
    segments rows: [[Segment]], budgets: [Double], supplies: [Double]
  ) throws(Flaw) {
    guard rows.count == budgets.count else {
      throw .wrongCount(segments: rows.count, budgets: budgets.count)
    }
    for (good, supply) in supplies.enumerated() where !(supply > 0 && supply.isFinite) {
      throw .invalidSupply(good: good)
    }
    for (buyer, row) in rows.enumerated() {
      guard budgets[buyer] > 0, budgets[buyer].isFinite else { throw .invalidBudget(buyer: buyer) }
      for (number, segment) in row.enumerated() {
        guard supplies.indices.contains(segment.good), segment.rate > 0, segment.rate.isFinite,
          segment.cap > 0
        else { throw .invalidSegment(buyer: buyer, segment: number) }
      }
      guard row.reduce(0, { $0 + $1.cap }) >= budgets[buyer] else {
        throw .unspendable(buyer: buyer)
      }
    }
    offsets = rows.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    segments = Array(rows.joined())
    self.budgets = budgets
    self.supplies = supplies
  }

  /// Money per unit at which each good's supply takes all the money spent on it.
  func prices(of bids: [Double]) -> [Double] {
    var money = Array(repeating: 0.0, count: goodCount)
    for (segment, bid) in zip(segments, bids) { money[segment.good] += bid }
    return zip(money, supplies).map { $0 / $1 }
  }
}
