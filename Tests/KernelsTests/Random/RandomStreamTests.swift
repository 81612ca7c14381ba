import Kernels
import Testing

@Suite struct RandomStreamTests {
  @Test(arguments: [0, 1, 7, UInt64.max])
  func `equal seeds and names give equal streams`(seed: UInt64) {
    let a = RandomStream(seed: seed, name: "traffic.service")
    let b = RandomStream(seed: seed, name: "traffic.service")
    #expect(a == b)
    #expect((0..<100).allSatisfy { a.block($0) == b.block($0) })
  }

  @Test func `names, seeds and substreams all have keys of their own`() {
    let names = ["traffic.service", "traffic.route", "traffic.servicf", "", "a", "b"]
    var keys: [PhiloxKey] = []
    for seed in 0..<50 as Range<UInt64> {
      for name in names {
        let stream = RandomStream(seed: seed, name: name)
        keys.append(stream.key)
        keys += (0..<20).map { stream.substream($0).key }
      }
    }
    let words = keys.map { UInt64($0.k0) | UInt64($0.k1) << 32 }.sorted()
    #expect(zip(words, words.dropFirst()).allSatisfy { $0 != $1 })
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `streams of different names are uncorrelated`(seed: UInt64) {
    let a = RandomStream(seed: seed, name: "population.price")
    let b = RandomStream(seed: seed, name: "population.quality")
    #expect(abs(correlation(a, b)) < 4 * deviation)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `substreams differ from one another and from their parent`(seed: UInt64) {
    let parent = RandomStream(seed: seed, name: "replication")
    let (first, second) = (parent.substream(0), parent.substream(1))
    #expect(abs(correlation(first, second)) < 4 * deviation)
    #expect(abs(correlation(parent, first)) < 4 * deviation)
    #expect(first == parent.substream(0))
  }

  @Test func `an entity's number as Int or UInt64 is the same entity`() {
    let stream = RandomStream(seed: 3, name: "x")
    #expect(stream.block(12) == stream.block(12 as UInt64))
    #expect(stream.block(12, purpose: 1) != stream.block(12))
  }

  private let samples = 20_000
  private var deviation: Double { 1 / Double(samples).squareRoot() }

  private func correlation(_ a: RandomStream, _ b: RandomStream) -> Double {
    var sum = 0.0
    for i in 0..<samples { sum += (a.block(i).unit0 - 0.5) * (b.block(i).unit0 - 0.5) }
    return sum / Double(samples) * 12
  }
}
