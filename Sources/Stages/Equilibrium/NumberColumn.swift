import Kernels

/// A list of numbers in JSON, some of which may be texts with exact fractions: `[1, "46/9"]`.
struct NumberColumn: Decodable {
  /// The nearest doubles.
  let values: [Double]
  /// The texts as fractions, by place.
  let texts: [Int: Rational]

  private struct Number: Decodable {
    let value: Double
    let text: Rational?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        guard let exact = Rational(text) else {
          throw DecodingError.dataCorruptedError(
            in: container, debugDescription: "'\(text)' is no fraction")
        }
        (value, self.text) = (exact.double, exact)
      } else {
        (value, text) = (try container.decode(Double.self), nil)
      }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let plain = try? container.decode([Double].self) {
      (values, texts) = (plain, [:])
      return
    }
    let numbers = try container.decode([Number].self)
    values = numbers.map(\.value)
    var found: [Int: Rational] = [:]
    for (place, number) in numbers.enumerated() {
      if let text = number.text { found[place] = text }
    }
    texts = found
  }
}
