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
    /// Payments between accounts: payers buy from payees what they did, as the money says.
    case trade
  }

  /// What buyers pay with.
  public enum Money: String, CaseIterable, Sendable {
    case budget
    /// Nodes pay with the quality that they advertise: the merit equilibrium (requirement C2).
    case merit
    /// Everybody has one coin: the competitive equilibrium from equal incomes.
    case equal
    /// Traders own goods and pay with what these fetch: an Arrow-Debreu exchange.
    case endowment
  }

  /// What the utilities of a market mean; the names that instance files use.
  public enum Model: String, CaseIterable, Sendable {
    case linear, quasilinear, ces, cobbdouglas, leontief, spending
  }

  public struct Parameters: StageParameters {
    public var source = Source.generate
    public var instance = InputFile.none
    public var money = Money.budget
    public var model = Model.linear
    public var rho = 0.5
    public var buyers = 100
    public var goods = 100
    public var wanted = 0
    public var gap = 1e-9
    public var sweepsMax = 20_000
    public var tatonnementSteps = 0
    public var tatonnementRate = 0.5

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .choice(
        "source", \.source,
        "Where the market comes from: drawn, an instance file, a population's demand, or payments."),
      .file(
        "instance", \.instance,
        "The instance of source file: JSON or HDF5 with budgets, supplies, utilities, model, rho, segments,"
          + " or CSV."),
      .choice(
        "money", \.money,
        "What buyers pay with: budgets, merit (of a population's nodes), one coin each, or the goods that"
          + " they bring."),
      .choice(
        "model", \.model,
        "Kind of the utilities; of an instance file only where it names none. Spending constraints"
          + " come from a file."),
      .number(
        "rho", \.rho, -100...0.99, unit: "1",
        "Exponent of drawn CES utilities: below 0 complements, above substitutes; not 0."),
      .integer("buyers", \.buyers, 1...10_000_000, "Number of buyers to draw."),
      .integer("goods", \.goods, 1...10_000_000, "Number of goods to draw."),
      .integer(
        "wanted", \.wanted, 0...10_000_000,
        "Number of goods that a drawn buyer wants; 0 for all of them."),
      .number("gap", \.gap, 0...1, unit: "1", "Duality gap at which the iteration ends."),
      .integer(
        "sweeps_max", \.sweepsMax, 1...1_000_000_000,
        "Number of sweeps at which the iteration ends anyway."),
      .integer(
        "tatonnement_steps", \.tatonnementSteps, 0...1_000_000,
        "Steps in which prices also move with demand and supply, from equal prices; 0 for none."),
      .number(
        "tatonnement_rate", \.tatonnementRate, 1e-6...1, unit: "1",
        "Part of the excess demand by which such a step moves a price."),
    ]
  }
}
