import Kernels
import Testing

@Suite("Identifiers") struct IdentifierTests {
  @Test func `the example of RFC 9562 is read and written`() throws {
    // Appendix A.6: 2022-02-22 14:22:22 -0500.
    let text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
    let id = try #require(UUIDv7(text))
    #expect(id.milliseconds == 0x017F_22E2_79B0)
    #expect(id.milliseconds == 1_645_557_742_000)
    #expect(id.description == text)
    #expect(UUIDv7(text.uppercased()) == id)
  }

  @Test(
    arguments: [
      "", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
      "017f22e2-79b0-7cc3-18c4-dc0c0c07398f", "017f22e2+79b0-7cc3-98c4-dc0c0c07398f",
      "g17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
    ])
  func `what is no UUID of version 7 is refused`(text: String) {
    #expect(UUIDv7(text) == nil)
  }

  @Test(arguments: [0, 1, 0xFFF_FFFF, 0x1000_0000, 0xFF_FFFF_FFFF] as [UInt64])
  func `fields come back`(counter: UInt64) throws {
    for milliseconds in [0, 1, 0xFFFF_FFFF_FFFF] as [UInt64] {
      let id = UUIDv7(milliseconds: milliseconds, counter: counter, random: .max)
      #expect(id.milliseconds == milliseconds && id.counter == counter)
      #expect(UUIDv7(high: id.high, low: id.low) == id)
      #expect(UUIDv7(id.description) == id)
    }
  }

  @Test func `identifiers of a source are distinct and sort by time, then by number`() {
    let source = UUIDv7Source(RandomStream(seed: 7, name: "ids"))
    let ids = (0..<10_000 as Range<UInt64>).map { source.id($0, milliseconds: 1000 + $0 / 100) }
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0.description < $1.description })
    #expect(ids.allSatisfy { $0.high >> 12 & 0xF == 7 && $0.low >> 62 == 2 })
  }

  @Test func `equal seeds give equal identifiers, other seeds and names others`() {
    let sources = [(7, "a"), (7, "a"), (8, "a"), (7, "b")].map { seed, name in
      UUIDv7Source(RandomStream(seed: seed, name: name))
    }
    let ids = sources.map { $0.id(3, milliseconds: 5) }
    #expect(ids[0] == ids[1])
    #expect(Set(ids).count == 3)
  }

  @Test func `the next identifier is later, also where the clock went back`() {
    var source = UUIDv7Source(RandomStream(seed: 1, name: "ids"))
    let ids = [5, 5, 9, 3, 0, 9, 10].map { source.next(milliseconds: $0) }
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
    #expect(ids.map(\.milliseconds) == [5, 5, 9, 9, 9, 9, 10])
  }

  @Test(
    arguments: [
      "10.0.0.7:5672#1400000000:5000000", "localhost:1#0:0", "[::1]:65535#9223372035:999999999",
    ])
  func `simple identifiers are read and written`(text: String) {
    #expect(SimpleIdentifier(text)?.description == text)
  }

  @Test(
    arguments: [
      "", "a:1", "a#0:0", ":1#0:0", "a:65536#0:0", "a:1#0:1000000000", "a:1#0", "a:1#00:0",
      "a:01#0:0", "a:1#-1:0", "a b:1#0:0", "a:b:1#0:0", "a:1#0:0#", "a:+1#0:0",
    ])
  func `what is no simple identifier is refused`(text: String) {
    #expect(SimpleIdentifier(text) == nil)
  }

  @Test func `an address never gives the same identifier twice`() throws {
    var source = try #require(SimpleIdentifierSource(address: "n1", port: 7))
    let ids = [5, 5, 4, 100, 6].map { source.next(nanoseconds: $0)?.nanoseconds }
    #expect(ids == [5, 6, 7, 100, 101])
    #expect(SimpleIdentifierSource(address: "a#b", port: 7) == nil)
  }
}
