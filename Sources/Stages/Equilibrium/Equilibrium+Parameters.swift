public import Pipeline

extension Equilibrium {
  /// Where the market comes from.
  public enum Source: String, CaseIterable, Sendable {
    /// Drawn from the seed.
    case generate
    /// Read from an instance file.
    case file
    /// The service types that a population asks for.
    case demand
  }

  /// What buyers pay with.
  public enum Money: String, CaseIterable, Sendable {
    case budget
    /// Nodes pay with the quality that they advertise: the merit equilibrium (requirement C2).
    case merit
  }

  public struct Parameters: StageParameters {
    public var source = Source.generate
    public var instance = InputFile.none
    public var money = Money.budget
    public var buyers = 100
    public var goods = 100
    public var wanted = 0
    public var gap = 1e-9
    public var sweepsMax = 20_000

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .choice(
        "source", \.source,
        "Where the market comes from: drawn, an instance file, or the demand of a population."),
      .file(
        "instance", \.instance,
        "The instance of source file, JSON or HDF5: budgets, supplies, utilities, model."),
      .choice(
        "money", \.money,
        "What buyers pay with; with merit the nodes of a population are the buyers."),
      .integer("buyers", \.buyers, 1...10_000_000, "Number of buyers to draw."),
      .integer("goods", \.goods, 1...10_000_000, "Number of goods to draw."),
      .integer(
        "wanted", \.wanted, 0...10_000_000,
        "Number of goods that a drawn buyer wants; 0 for all of them."),
      .number("gap", \.gap, 0...1, unit: "1", "Duality gap at which the iteration ends."),
      .integer(
        "sweeps_max", \.sweepsMax, 1...1_000_000_000,
        "Number of sweeps at which the iteration ends anyway."),
    ]
  }
}
