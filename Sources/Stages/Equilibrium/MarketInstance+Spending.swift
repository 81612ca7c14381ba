import Kernels
import Pipeline

extension MarketInstance {
  /// A part of what a buyer may spend on a good, as JSON has it.
  struct SegmentEntry: Decodable {
    let good: Int
    let rate: Double
    let cap: Double?

    var segment: SpendingMarket.Segment { .init(good: good, rate: rate, cap: cap ?? .infinity) }
  }

  static let segmentNames = [
    "segments_indptr", "segments_goods", "segments_rates", "segments_caps",
  ]

  /// The columns of segments, buyer by buyer.
  static func segments(
    bounds: [Int64], goods: [Int32], rates: [Double], caps: [Double], _ name: String
  ) throws(DataError) -> [[SpendingMarket.Segment]] {
    for (column, count) in [("segments_rates", rates.count), ("segments_caps", caps.count)]
    where count != goods.count {
      throw DataError(
        name, at: column, expected: "\(goods.count) entries, as segments_goods has",
        found: "\(count)")
    }
    var rows: [[SpendingMarket.Segment]] = []
    for (buyer, (start, end)) in zip(bounds, bounds.dropFirst()).enumerated() {
      guard buyer > 0 || start == 0, start <= end, end <= goods.count else {
        throw DataError(
          name, at: "segments_indptr, entry \(buyer + 1)",
          expected: "bounds that start at 0, never fall and end at the number of segments",
          found: "\(end)")
      }
      rows.append(
        (Int(start)..<Int(end)).map { .init(good: Int(goods[$0]), rate: rates[$0], cap: caps[$0]) })
    }
    guard Int(bounds.last ?? -1) == goods.count else {
      throw DataError(
        name, at: "segments_indptr", expected: "\(goods.count), the number of segments, at the end",
        found: bounds.last.map { "\($0)" } ?? "nothing")
    }
    return rows
  }

  /// The market with spending constraints, where the model is one.
  func spendingMarket() throws(DataError) -> SpendingMarket? {
    guard model == .spending else { return nil }
    guard let segments = columns.segments else {
      throw DataError(
        name, at: "segments", expected: "the segments of each buyer, for the model spending",
        found: "none")
    }
    guard !columns.budgets.isEmpty else {
      throw DataError(name, at: "budgets", expected: "at least one buyer", found: "none")
    }
    let goods = (segments.joined().map(\.good).max() ?? -1) + 1
    guard columns.supplies != nil || goods <= Self.goodsMax else {
      throw DataError(
        name, at: "segments", expected: "goods below \(Self.goodsMax)", found: "\(goods - 1)")
    }
    let supplies = columns.supplies ?? Array(repeating: 1, count: max(0, goods))
    do throws(SpendingMarket.Flaw) {
      return try SpendingMarket(
        segments: segments, budgets: columns.budgets, supplies: supplies)
    } catch {
      throw dataError(error, goodCount: supplies.count)
    }
  }

  private func dataError(_ flaw: SpendingMarket.Flaw, goodCount: Int) -> DataError {
    switch flaw {
    case .wrongCount(let segments, let budgets):
      DataError(
        name, at: "segments", expected: "a list for each of the \(budgets) buyers",
        found: "\(segments)")
    case .invalidBudget(let buyer):
      DataError(
        name, at: "budgets, buyer \(buyer)", expected: "a finite number above 0",
        found: "\(columns.budgets[buyer])")
    case .invalidSupply(let good):
      DataError(
        name, at: "supplies, good \(good)", expected: "a finite number above 0",
        found: "\(columns.supplies?[good] ?? 1)")
    case .invalidSegment(let buyer, let number):
      DataError(
        name, at: "segments, buyer \(buyer), entry \(number)",
        expected: "a good below \(goodCount), a finite rate and a cap above 0",
        found: describe(columns.segments?[buyer][number]))
    case .unspendable(let buyer):
      DataError(
        name, at: "segments, buyer \(buyer)",
        expected: "caps that leave room for the budget of \(columns.budgets[buyer])",
        found: "\(columns.segments?[buyer].reduce(0) { $0 + $1.cap } ?? 0) in all")
    }
  }

  private func describe(_ segment: SpendingMarket.Segment?) -> String {
    segment.map { "good \($0.good), rate \($0.rate), cap \($0.cap)" } ?? "none"
  }
}
