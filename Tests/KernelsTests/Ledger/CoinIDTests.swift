import Kernels
import Testing

@Suite struct CoinIDTests {
  static let text = "018bcfe5-6800-7000-8000-0001c7f0a1b2"

  @Test func `an id prints and reads in the form of RFC 9562`() {
    let id = CoinID(high: 0x018B_CFE5_6800_7000, low: 0x8000_0001_C7F0_A1B2)
    #expect(id.description == Self.text)
    #expect(CoinID(Self.text) == id)
    #expect(CoinID(high: 0, low: 1).description == "00000000-0000-0000-0000-000000000001")
  }

  @Test(arguments: [
    "", "018bcfe5", "018bcfe568007000800000 01c7f0a1b2", "018bcfe5-6800-7000-8000-0001c7f0a1bg",
    "018bcfe5-6800-7000-8000-0001c7f0a1b", "018bcfe568-00-7000-8000-0001c7f0a1b2",
    "+18bcfe5-6800-7000-8000-0001c7f0a1b2", "018bcfe5-6800-7000-8000-0001c7f0a1b2-",
  ])
  func `no other text is an id`(text: String) {
    #expect(CoinID(text) == nil)
  }

  @Test func `ids are ordered as their text is`() {
    let ids = [CoinID(high: 1, low: 2), CoinID(high: 1, low: 3), CoinID(high: 2, low: 0)]
    #expect(ids.shuffled().sorted() == ids)
    #expect(ids.map(\.description).sorted() == ids.map(\.description))
  }
}
