public import Pipeline

extension Trading {
  /// How an auction is cleared.
  public enum Mechanism: String, CaseIterable, Sendable {
    /// All efficient trades at one price between the lowest and the highest that clear.
    case kDouble = "k_double"
    /// McAfee's, in which false quotes do not pay and at most one trade is given up.
    case mcafee
  }

  public struct Parameters: StageParameters {
    public var mechanism = Mechanism.kDouble
    public var priceWeight = 0.5
    public var traders = 4
    public var buyersMax = 100_000

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .choice("mechanism", \.mechanism, "How an auction is cleared."),
      .number(
        "price_weight", \.priceWeight, 0...1, unit: "1",
        "Place of k_double's price between the lowest (0) and the highest (1) that clear."),
      .integer(
        "traders", \.traders, 1...1_000_000,
        "Number of traders, who stand between buyers and sellers."),
      .integer(
        "buyers_max", \.buyersMax, 0...10_000_000,
        "Most buyers in an auction, drawn from those who want to buy; 0 for all."),
    ]
  }
}
