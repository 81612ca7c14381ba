import Kernels
public import Pipeline

extension Queueing {
  /// A law of durations by its name; the squared variation is variance / mean^2.
  public enum Law: String, CaseIterable, Sendable {
    case exponential, deterministic
    /// From 0 to twice the mean; squared variation 1/3.
    case uniform
    /// The sum of equal exponential phases, 1 / squared variation of them, rounded.
    case erlang
    /// Two exponential phases of balanced means; squared variation from 1 on.
    case hyperexponential
    case lognormal
    /// The shape that gives the squared variation.
    case pareto
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
    public var capacity = 0
    public var customers = 100_000
    public var warmup = 0
    public var steady = false
    public var replications = 1
    public var records = false
    public var laws = true

    public init() {}

    public static let fields: [ParameterField<Self>] = [
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
      .choice("gap_law", \.gapLaw, "Law of the times from one message to the next."),
      .number(
        "gap_variation", \.gapVariation, 0...1e6, unit: "1",
        "Their squared variation, for the laws that have a choice."),
      .integer(
        "capacity", \.capacity, 0...1_000_000_000,
        "Most messages at a station, others are lost; 0 for no bound."),
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

extension Queueing.Law {
  /// - Throws: where the law has no such squared variation.
  func law(
    mean: Double, variation: Double, _ parameter: String
  ) throws(ParameterError) -> ServiceLaw {
    func check(_ holds: Bool, _ expected: String) throws(ParameterError) {
      guard holds else {
        throw ParameterError(
          parameter, "\(variation) is no squared variation of the law \(rawValue): \(expected)")
      }
    }
    switch self {
    case .exponential: return .exponential(mean: mean)
    case .deterministic: return .deterministic(mean)
    case .uniform: return .uniform(0...(2 * mean))
    case .erlang:
      try check(variation >= 0.001 && variation <= 1, "it lies in 0.001 ... 1")
      return .erlang(phases: Int((1 / variation).rounded()), mean: mean)
    case .hyperexponential:
      try check(variation >= 1, "it is 1 or more")
      return .hyperexponential(mean: mean, squaredVariation: variation)
    case .lognormal: return .lognormal(mean: mean, squaredVariation: variation)
    case .pareto:
      try check(variation > 0, "it is positive")
      // Squared variation 1 / (shape (shape - 2)).
      let shape = 1 + (1 + 1 / variation).squareRoot()
      return .pareto(shape: shape, minimum: mean * (shape - 1) / shape)
    }
  }
}
