import Kernels
import Testing

@Suite struct QuantilesTests {
  /// numpy.quantile, to the bit.
  @Test func `quantiles equal numpy's`() throws {
    let ten = try #require(Quantiles([3, 1, 4, 1, 5, 9, 2, 6, 5, 3]))
    let orders = [0, 0.05, 0.1, 0.25, 1.0 / 3, 0.5, 0.6, 0.75, 0.9, 0.95, 0.99, 1]
    let numpy = [
      1, 1, 1, 2.25, 3, 3.5, 4.3999999999999995, 5, 6.299999999999999, 7.649999999999997, 8.73, 9,
    ]
    #expect(orders.map(ten.value(at:)) == numpy)
    let four = try #require(Quantiles([0.1, 0.2, 0.7, 1e6]))
    #expect(
      [0.1, 0.37, 0.5, 0.9].map(four.value(at:))
        == [0.13, 0.25499999999999995, 0.44999999999999996, 700000.2100000002])
  }

  @Test func `no values have no quantiles`() {
    #expect(Quantiles([]) == nil)
  }

  @Test func `one value is every quantile`() {
    let one = Quantiles([7])
    #expect([0, 0.3, 1].map { one?.value(at: $0) } == [7, 7, 7])
  }

  @Test(arguments: [1, 2, 9, 100], 1...4 as ClosedRange<UInt64>)
  func `quantiles rise from the least to the greatest value`(size: Int, seed: UInt64) throws {
    var draw = RandomStream(seed: seed, name: "quantiles").sequence()
    let values = (0..<size).map { _ in draw.exponential(rate: 1) }
    let quantiles = try #require(Quantiles(values))
    let curve = (0...64).map { quantiles.value(at: Double($0) / 64) }
    #expect(zip(curve, curve.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(curve.first == values.min() && curve.last == values.max())
    #expect(quantiles == Quantiles(values.shuffled(using: &draw)))
  }
}
