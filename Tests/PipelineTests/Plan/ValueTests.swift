import Foundation
import Pipeline
import Testing

@Suite struct ValueTests {
  @Test func `canonical JSON sorts keys, keeps whole numbers apart and escapes`() {
    let value: Value = ["b": 1, "a": [1.0, true, .null, "q\"\n\u{1}"], "é": -0.0]
    #expect(value.canonicalJSON == #"{"a":[1.0,true,null,"q\"\n\u0001"],"b":1,"é":-0.0}"#)
  }

  @Test(
    "JSON written is the value read",
    arguments: [
      Value.null, true, 7, -7, 0.1, 1e300, "text", [1, "x", .null], ["k": ["n": 1.5]], [:], [],
    ])
  func roundTrip(value: Value) throws {
    let text = value.canonicalJSON
    #expect(try JSONDecoder().decode(Value.self, from: Data(text.utf8)) == value)
  }
}
