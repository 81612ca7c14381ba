import Kernels
public import Pipeline

extension Messaging {
  /// The broker whose rules apply.
  public enum Profile: String, CaseIterable, Sendable {
    case model, activemq, rabbitmq

    var rules: BrokerProfile {
      switch self {
      case .model: .model
      case .activemq: .activemq
      case .rabbitmq: .rabbitmq
      }
    }
  }

  /// Where publishers send to.
  public enum Destination: String, CaseIterable, Sendable {
    /// One queue, whose consumers compete.
    case queue
    /// One topic, to which each consumer has a durable subscription.
    case topic
  }

  /// What a full queue does.
  public enum Overflow: String, CaseIterable, Sendable {
    /// What the profile does.
    case profile
    case block
    case dropNew = "drop_new"
    case dropOld = "drop_old"

    var rule: QueueOverflow? { QueueOverflow(rawValue: rawValue) }
  }

  /// When a message counts as done.
  public enum Acknowledgement: String, CaseIterable, Sendable {
    case auto, client, individual

    var mode: AcknowledgementMode { AcknowledgementMode(rawValue: rawValue) ?? .individual }
  }

  public struct Parameters: StageParameters {
    public var profile = Profile.model
    public var destination = Destination.queue
    public var messages = 10_000
    public var publishers = 4
    public var consumers = 4
    public var rate = 3.2
    public var serviceMean = 1.0
    public var window = 10
    public var acknowledgement = Acknowledgement.individual
    public var capacity = 0
    public var overflow = Overflow.profile
    public var priorityLevels = 1
    public var timeToLive = 0.0
    public var deliveryLimit = 0
    public var types = 1
    public var selective = false
    public var persistentShare = 1.0
    public var refusedShare = 0.0
    public var failureRate = 0.0
    public var repairMean = 10.0
    public var endTime = 1e6

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .choice("profile", \.profile, "The broker whose rules apply."),
      .choice("destination", \.destination, "What publishers send to."),
      .integer("messages", \.messages, 0...100_000_000, "Messages to send."),
      .integer("publishers", \.publishers, 1...1_000_000, "Publishers, who send in turn."),
      .integer("consumers", \.consumers, 0...1_000_000, "Consumers of the queue or topic."),
      .number(
        "rate", \.rate, 0...1e9, open: true, unit: "s-1",
        "Messages per second of all publishers together, Poisson."),
      .number(
        "service_mean_s", \.serviceMean, 0...1e9, open: true, unit: "s",
        "Mean of a consumer's exponential service time."),
      .integer("window", \.window, 1...1_000_000, "Prefetch window of a consumer."),
      .choice("acknowledgement", \.acknowledgement, "When a message counts as done."),
      .integer(
        "capacity", \.capacity, 0...1_000_000_000, "Messages that a queue holds; 0 for any number."),
      .choice("overflow", \.overflow, "What a full queue does."),
      .integer(
        "priority_levels", \.priorityLevels, 1...10,
        "Levels of priority, from which messages draw evenly; with 1 there are none."),
      .number(
        "time_to_live_s", \.timeToLive, 0...1e9, unit: "s",
        "How long a message may wait in a queue; 0 for ever."),
      .integer(
        "delivery_limit", \.deliveryLimit, 0...255,
        "Deliveries after which a message is dead-lettered; 0 for none."),
      .integer("types", \.types, 1...65_536, "Types of messages, drawn evenly."),
      .flag(
        "selective", \.selective, "Whether each consumer takes one type only, types going round."),
      .number(
        "persistent_share", \.persistentShare, 0...1, unit: "1", "Share of persistent messages."),
      .number(
        "refused_share", \.refusedShare, 0...0.99, unit: "1",
        "Probability that a consumer refuses a message after its service."),
      .number(
        "failure_rate", \.failureRate, 0...1e9, unit: "s-1",
        "Failures per second of a consumer that is up, exponential."),
      .number(
        "repair_mean_s", \.repairMean, 0...1e9, open: true, unit: "s",
        "Mean exponential time until a failed consumer is back."),
      .number(
        "end_s", \.endTime, 0...1e15, open: true, unit: "s",
        "When the simulation ends if messages are still left."),
    ]
  }
}
