import Kernels
import Testing

@Suite struct PermutationTests {
  @Test(arguments: [1, 2, 3, 4, 5, 16, 17, 1000, 4097], 1...4 as ClosedRange<UInt64>)
  func `every image occurs once`(count: Int, seed: UInt64) {
    let permutation = Permutation(count: count, stream: RandomStream(seed: seed, name: "order"))
    let images = (0..<count).map { permutation.image(of: $0) }
    #expect(images.sorted() == Array(0..<count))
  }

  @Test func `equal streams permute equally, others otherwise`() {
    let first = images(RandomStream(seed: 1, name: "order"))
    #expect(first == images(RandomStream(seed: 1, name: "order")))
    #expect(first != images(RandomStream(seed: 2, name: "order")))
    #expect(first != images(RandomStream(seed: 1, name: "ordes")))
  }

  /// Rank correlation of 2000 pairs has a standard error of 0.022.
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `an image does not tell where it came from`(seed: UInt64) throws {
    let images = images(RandomStream(seed: seed, name: "order")).map(Double.init)
    let rho = try #require(RankCorrelation.spearman(images, images.indices.map(Double.init)))
    #expect(abs(rho) < 0.09)
  }

  @Test func `all orders of three occur about equally often`() {
    var counts = [Int](repeating: 0, count: 27)
    let family = RandomStream(seed: 1, name: "orders")
    for member in 0..<6000 as Range<UInt64> {
      let permutation = Permutation(count: 3, stream: family.substream(member))
      counts[(0..<3).reduce(0) { 3 * $0 + permutation.image(of: $1) }] += 1
    }
    let orders = counts.filter { $0 > 0 }
    #expect(orders.count == 6)
    for count in orders { #expect(abs(count - 1000) < 150) }
  }

  private func images(_ stream: RandomStream) -> [Int] {
    let permutation = Permutation(count: 2000, stream: stream)
    return (0..<2000).map { permutation.image(of: $0) }
  }
}
