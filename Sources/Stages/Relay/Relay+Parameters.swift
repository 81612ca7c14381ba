public import Pipeline

extension Relay {
  public struct Parameters: StageParameters {
    public var rows = 131_072
    public var shift = 0.0

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .integer(
        "rows", \.rows, 0...100_000_000, "Rows of the first column; later ones are as long."),
      .number("shift", \.shift, -1e9...1e9, unit: "1", "Added to each number."),
    ]
  }
}
