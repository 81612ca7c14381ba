public import Pipeline

extension Population {
  public struct Parameters: StageParameters {
    public var nodes = 64
    public var clients = 2_000
    public var services = InputFile.none
    public var serviceShare = 0.5
    public var corruptShare = 0.1
    public var severity = 0.5
    public var liarShare = 0.05
    public var perjuryProbability = 0.3
    public var complaintProbability = 0.6
    public var popularityExponent = 2.04
    public var activityExponent = 1.99
    public var rate = 0.05
    public var budget = 500
    public var serversMax = 256
    public var priceSpread = 0.2

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .integer("nodes", \.nodes, 1...10_000_000, "Number of nodes."),
      .integer("clients", \.clients, 1...10_000_000, "Number of clients."),
      .file("services", \.services, "Service types in YAML; three built-in ones if absent."),
      .number(
        "service_share", \.serviceShare, 0...1, unit: "1",
        "Probability that a node offers a type; each offers at least one."),
      .number("corrupt_share", \.corruptShare, 0...1, unit: "1", "Share of corrupt nodes."),
      .number(
        "severity", \.severity, 0...1, unit: "1",
        "Mean share of its dealings in which a corrupt node acts corruptly."),
      .number("liar_share", \.liarShare, 0...1, unit: "1", "Share of clients that commit perjury."),
      .number(
        "perjury_probability", \.perjuryProbability, 0...1, unit: "1",
        "Probability that a liar reports a problem that there was not."),
      .number(
        "complaint_probability", \.complaintProbability, 0...1, unit: "1",
        "Mean probability that a dissatisfied client reports it."),
      .number(
        "popularity_exponent", \.popularityExponent, 1...10, open: true, unit: "1",
        "Tail exponent of the popularity of nodes; 2.04 was fitted to Bitcoin OTC."),
      .number(
        "activity_exponent", \.activityExponent, 1...10, open: true, unit: "1",
        "Tail exponent of the activity of clients; 1.99 was fitted to Bitcoin OTC."),
      .number(
        "rate", \.rate, 0...1e6, open: true, unit: "s-1", "Mean request rate of a client."),
      .integer("budget", \.budget, 1...1_000_000_000, unit: "coin", "Mean budget of a client."),
      .integer(
        "servers_max", \.serversMax, 1...65536,
        "Most parallel servers of a node; popular nodes have more than others."),
      .number(
        "price_spread", \.priceSpread, 0...0.9, unit: "1",
        "Honest prices lie within this share of a type's price."),
    ]
  }
}
