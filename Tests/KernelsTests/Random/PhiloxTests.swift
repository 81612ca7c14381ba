import Kernels
import Testing

@Suite struct PhiloxTests {
  @Test func `zeros give the published block`() {
    let block = Philox.block(counter: PhiloxBlock(0, 0, 0, 0), key: PhiloxKey(0, 0))
    #expect(block == PhiloxBlock(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
  }

  @Test func `ones give the published block`() {
    let all = UInt32.max
    let block = Philox.block(counter: PhiloxBlock(all, all, all, all), key: PhiloxKey(all, all))
    #expect(block == PhiloxBlock(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
  }

  @Test func `the digits of pi give the published block`() {
    let block = Philox.block(
      counter: PhiloxBlock(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: PhiloxKey(0xa409_3822, 0x299f_31d0))
    #expect(block == PhiloxBlock(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func `words hold their halves with the lower first`() {
    let block = PhiloxBlock(1, 2, 3, 4)
    #expect(block.word0 == 0x0000_0002_0000_0001)
    #expect(block.word1 == 0x0000_0004_0000_0003)
    #expect(PhiloxBlock(block.word0, block.word1) == block)
    #expect(PhiloxKey(block.word0) == PhiloxKey(1, 2))
  }

  @Test func `a unit is never 0 nor 1`() {
    let lowest = PhiloxBlock(0, 0)
    let highest = PhiloxBlock(UInt64.max, UInt64.max)
    #expect(lowest.unit0 == 0x1p-53 && lowest.unit1 == 0x1p-53)
    #expect(highest.unit0 == 1 - 0x1p-53 && highest.unit1 == 1 - 0x1p-53)
  }

  /// With 32 x 128 pairs the mean is 64 with a standard error of 0.09.
  @Test func `one bit of the counter changes half of the bits of the block`() {
    let key = PhiloxKey(7)
    var flips = 0
    for entity in 0..<32 as Range<UInt64> {
      let block = Philox.block(counter: PhiloxBlock(entity, 0), key: key)
      for bit in 0..<64 as Range<UInt64> {
        flips += distance(
          block, Philox.block(counter: PhiloxBlock(entity ^ 1 << bit, 0), key: key))
        flips += distance(block, Philox.block(counter: PhiloxBlock(entity, 1 << bit), key: key))
      }
    }
    #expect(abs(Double(flips) / (32 * 128) - 64) < 0.5)
  }

  private func distance(_ a: PhiloxBlock, _ b: PhiloxBlock) -> Int {
    (a.word0 ^ b.word0).nonzeroBitCount + (a.word1 ^ b.word1).nonzeroBitCount
  }
}
