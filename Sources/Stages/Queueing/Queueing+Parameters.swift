public import Pipeline

extension Queueing {
  /// Who is served next where messages are of several classes.
  public enum Discipline: String, CaseIterable, Sendable {
    case firstCome = "first_come"
    /// The most urgent class first; who is being served is not disturbed.
    case priority
    /// An urgent message interrupts a lesser one, whose service is resumed later.
    case preemptiveResume = "preemptive_resume"
  }

  /// How a message finds its next station.
  public enum Routing: String, CaseIterable, Sendable {
    /// Any station alike.
    case random
    /// That with the fewest messages for each server.
    case leastLoaded = "least_loaded"
    /// Any of the stations that serve its class: those whose number leaves the class as remainder.
    case byType = "by_type"
    /// In proportion to the stations' qualities.
    case byQuality = "by_quality"
    /// Any station at first, then its superior in a tree, up to the root.
    case reportingTree = "reporting_tree"
  }

  public struct Parameters: StageParameters {
    public var nodes = 1
    public var servers = 1
    public var visits = 1.0
    public var utilisation = 0.8
    public var serviceMean = 1.0
    public var serviceLaw = Law.exponential
    public var serviceVariation = 1.0
    public var gapLaw = Law.exponential
    public var gapVariation = 1.0
    public var services = InputFile.none
    public var classShares: [Double] = []
    public var discipline = Discipline.firstCome
    public var routing = Routing.random
    public var qualities: [Double] = []
    public var treeArity = 2
    public var capacity = 0
    public var batch = 1
    public var speeds: [Double] = []
    public var balkingFrom = 0
    public var balkingRate = 0.0
    public var patienceMean = 0.0
    public var patienceLaw = Law.exponential
    public var patienceVariation = 1.0
    public var deadline = 0.0
    public var workingMean = 0.0
    public var workingLaw = Law.exponential
    public var workingVariation = 1.0
    public var repairMean = 1.0
    public var repairLaw = Law.exponential
    public var repairVariation = 1.0
    public var circulating = 0
    public var thinkMean = 0.0
    public var customers = 100_000
    public var warmup = 0
    public var steady = false
    public var replications = 1
    public var records = false
    public var laws = true

    public init() {}

    public static let fields = stations + arrivals + behaviour + runs

    private static let stations: [ParameterField<Self>] = [
      .integer("nodes", \.nodes, 1...10_000_000, "Stations, all alike."),
      .integer("servers", \.servers, 1...1_000_000, "Servers of a station."),
      .number(
        "visits", \.visits, 1...1e6, unit: "1",
        "Mean number of stations that a message visits: it leaves each with probability 1 / visits, "
          + "else goes to any station alike."),
      .number(
        "utilisation", \.utilisation, 0...1000, open: true, unit: "1",
        "Offered load of a server; from 1 on the queues grow or messages are lost."),
      .number(
        "service_mean", \.serviceMean, 0...1e12, open: true, unit: "s", "Mean service time."),
      .choice("service_law", \.serviceLaw, "Law of the service times."),
      .number(
        "service_variation", \.serviceVariation, 0...1e6, unit: "1",
        "Their squared variation, for the laws that have a choice."),
      .file(
        "services", \.services,
        "Service types in YAML, as the stage population reads them: one class for each, in the order of "
          + "the file, with its law, mean and deadline in place of service_law, service_mean and deadline."
      ),
      .choice("routing", \.routing, "How a message finds its next station."),
      .numbers(
        "qualities", \.qualities, 0...1e12, unit: "1",
        "by_quality: quality of service of each station, the weight by which messages choose it."),
      .integer(
        "tree_arity", \.treeArity, 1...1_000_000,
        "reporting_tree: stations that report to one; utilisation is then that of the root."),
      .integer(
        "batch", \.batch, 1...1_000_000,
        "Messages that a server takes at once; they share the service time of the first."),
      .numbers(
        "speeds", \.speeds, 0...1e12, open: true, count: 0...100_000, unit: "1",
        "Speed of a station's servers with 1, 2, ... messages present, the last one for more; empty for 1."
      ),
      .number(
        "working_mean", \.workingMean, 0...1e15, unit: "s",
        "Mean time until all servers of a station fail together; 0 for never."),
      .choice("working_law", \.workingLaw, "Law of these times."),
      .number(
        "working_variation", \.workingVariation, 0...1e6, unit: "1",
        "Their squared variation, for the laws that have a choice."),
      .number(
        "repair_mean", \.repairMean, 0...1e15, unit: "s",
        "Mean time of a repair; interrupted services are resumed."),
      .choice("repair_law", \.repairLaw, "Law of these times."),
      .number(
        "repair_variation", \.repairVariation, 0...1e6, unit: "1",
        "Their squared variation, for the laws that have a choice."),
    ]

    private static let arrivals: [ParameterField<Self>] = [
      .choice("gap_law", \.gapLaw, "Law of the times from one message to the next."),
      .number(
        "gap_variation", \.gapVariation, 0...1e6, unit: "1",
        "Their squared variation, for the laws that have a choice."),
      .numbers(
        "class_shares", \.classShares, 0...1e12, open: true, count: 0...64, unit: "1",
        "Arrivals of each class in proportion, the most urgent first; empty for one class, or for equal "
          + "shares of the service types."),
      .integer(
        "circulating", \.circulating, 0...100_000_000,
        "Messages of a closed network, in place of arrivals; 0 for an open one."),
      .number(
        "think_mean", \.thinkMean, 0...1e15, unit: "s",
        "circulating: mean exponential time from leaving to the next round."),
    ]

    private static let behaviour: [ParameterField<Self>] = [
      .choice("discipline", \.discipline, "Who is served next."),
      .integer(
        "balking_from", \.balkingFrom, 0...1_000_000_000,
        "A message does not join where it finds so many; 0 for always."),
      .number(
        "balking_rate", \.balkingRate, 0...1e12, unit: "1",
        "It joins n messages with probability 1 / (1 + rate n)."),
      .number(
        "patience_mean", \.patienceMean, 0...1e15, unit: "s",
        "Mean time that a message waits for its service at a station; 0 for ever."),
      .choice("patience_law", \.patienceLaw, "Law of these times."),
      .number(
        "patience_variation", \.patienceVariation, 0...1e6, unit: "1",
        "Their squared variation, for the laws that have a choice."),
      .number(
        "deadline", \.deadline, 0...1e15, unit: "s",
        "Time from birth to leaving beyond which a message counts as late; 0 for none."),
      .integer(
        "capacity", \.capacity, 0...1_000_000_000,
        "Most messages at a station, others are lost; 0 for no bound."),
    ]

    private static let runs: [ParameterField<Self>] = [
      .integer("customers", \.customers, 0...1_000_000_000_000, "Messages that count."),
      .integer("warmup", \.warmup, 0...1_000_000_000_000, "Messages before the first that counts."),
      .flag(
        "steady", \.steady,
        "Let the source go on until the last message that counts has left, so that none of them "
          + "finds an emptying network."),
      .integer(
        "replications", \.replications, 1...100_000,
        "Independent runs; means come with intervals from two on."),
      .flag(
        "records", \.records, "Write a row for each service and each lost message (one run only)."),
      .flag("laws", \.laws, "Follow the laws of waits, sojourns and the number present."),
    ]
  }
}
