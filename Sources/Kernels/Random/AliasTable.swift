/// Draws from a discrete law in O(1) per draw.
///
///     let table = AliasTable(weights: popularity)
///     let node = table.draw(block.unit0)
///
/// Source: Vose, "A linear algorithm for generating random numbers with a given distribution",
/// IEEE Trans. Softw. Eng. 17 (1991); building costs O(n) time and 12 bytes per entry.
public struct AliasTable: Sendable {
  private let threshold: [Double]
  private let alias: [Int32]

  /// The number of outcomes.
  public var count: Int { alias.count }

  /// - Parameter weights: not negative, finite, with a positive sum; nil is returned otherwise.
  public init?(weights: [Double]) {
    let total = weights.reduce(0, +)
    guard total > 0, total.isFinite, weights.allSatisfy({ $0 >= 0 }) else { return nil }
    let scale = Double(weights.count) / total
    var share = weights.map { $0 * scale }
    var alias = (0..<weights.count).map { Int32($0) }
    var small = share.indices.filter { share[$0] < 1 }
    var large = share.indices.filter { share[$0] >= 1 }
    while let less = small.last, let more = large.last {
      small.removeLast()
      alias[less] = Int32(more)
      share[more] -= 1 - share[less]
      if share[more] < 1 {
        large.removeLast()
        small.append(more)
      }
    }
    // What is left over differs from 1 by rounding only.
    for i in small + large { share[i] = 1 }
    threshold = share
    self.alias = alias
  }

  /// The outcome that belongs to a number drawn evenly from (0, 1).
  @inline(__always)
  public func draw(_ unit: Double) -> Int {
    let scaled = unit * Double(alias.count)
    let cell = min(Int(scaled), alias.count - 1)
    return scaled - Double(cell) < threshold[cell] ? cell : Int(alias[cell])
  }
}
