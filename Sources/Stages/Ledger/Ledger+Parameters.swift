public import Pipeline

extension Ledger {
  public struct Parameters: StageParameters {
    public var denominations = [1, 5, 10, 50]
    public var smallShare = 0.1
    public var change = true
    public var budget = 500
    public var doubleSpendRate = 0.01
    public var retireShare = 0.0

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .integers(
        "denominations", \.denominations, 1...1_000_000_000, count: 1...16, unit: "coin",
        "Values that coins may have."),
      .number(
        "small_share", \.smallShare, 0...1, unit: "1",
        "Share of a budget minted in each denomination but the largest; the rest is greedy."),
      .flag(
        "change", \.change,
        "Whether nodes give change for a larger coin; without it odd amounts soon stay unpaid."),
      .integer(
        "budget", \.budget, 0...1_000_000_000, unit: "coin",
        "Budget of each client where no population is given."),
      .number(
        "double_spend_rate", \.doubleSpendRate, 0...1, unit: "1",
        "Share of payments after which the payer tries to spend one of the coins again."),
      .number(
        "retire_share", \.retireShare, 0...1, unit: "1",
        "Share of the coins held by nodes that is returned to the mint at the end."),
    ]
  }
}
