public import Pipeline

extension Traffic {
  /// Where the times of sending come from.
  public enum Source: String, CaseIterable, Sendable {
    /// The clients' rates.
    case generate
    /// A historic request and reply log of 256-byte records.
    case historicLog = "historic_log"
    /// A CSV file with a column of times.
    case csv
  }

  /// What a worker of the CPU pool does with a request that it has prepared (requirement N24c).
  public enum Handover: String, CaseIterable, Sendable {
    /// Puts it into the node's queue and takes the next one.
    case asynchronous
    /// Calls the node and waits for the reply: a remote procedure call.
    case synchronous
  }

  public struct Parameters: StageParameters {
    public var source = Source.generate
    public var requests = 10_000
    public var log = InputFile.none
    public var lenient = false
    public var timeColumn = "time"
    public var nodes = 1
    public var servers = 1
    public var serviceMean = 1.0
    public var utilisation = 0.8
    public var cpuPoolShare = 0.3
    public var memoryPoolShare = 0.3
    public var cpuPoolWorkers = 8
    public var memoryPoolWorkers = 16
    public var cpuPoolMean = 0.02
    public var cpuPoolHandover = Handover.asynchronous
    public var memoryPoolMean = 0.01
    public var replySeconds = 0.005
    public var timeout = 60.0
    public var suggestionShare = 0.01
    public var epoch = 1_439_827_200

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .choice("source", \.source, "Where the times of sending come from."),
      .integer("requests", \.requests, 0...1_000_000_000, "Requests to generate."),
      .file("log", \.log, "The recorded log or CSV file."),
      .flag("lenient", \.lenient, "Skip and count malformed records instead of refusing the file."),
      .text("time_column", \.timeColumn, "CSV: the column of times in seconds."),
      .integer("nodes", \.nodes, 1...10_000_000, "Nodes, where no population is given."),
      .integer("servers", \.servers, 1...1_000_000, "Servers of a node, likewise."),
      .number(
        "service_mean_s", \.serviceMean, 0...1e9, open: true, unit: "s",
        "Mean of the exponential service time, likewise."),
      .number(
        "utilisation", \.utilisation, 0...1000, open: true, unit: "1",
        "Offered load per server, likewise; above 1 the queues grow."),
      .number(
        "cpu_pool_share", \.cpuPoolShare, 0...1, unit: "1",
        "Share of requests that enter through the CPU-pool front end."),
      .number(
        "memory_pool_share", \.memoryPoolShare, 0...1, unit: "1",
        "Share that enters through the memory-pool front end; the rest goes straight to the queue."),
      .integer("cpu_pool_workers", \.cpuPoolWorkers, 1...1_000_000, "Workers of that front end."),
      .integer(
        "memory_pool_workers", \.memoryPoolWorkers, 1...1_000_000, "Workers of that front end."),
      .number(
        "cpu_pool_mean_s", \.cpuPoolMean, 0...1e9, unit: "s",
        "Mean exponential delay in the CPU-pool front end."),
      .choice(
        "cpu_pool_handover", \.cpuPoolHandover,
        "Whether a worker of the CPU pool hands a request over to the node's queue (asynchronous), or "
          + "calls the node and is held until the reply, or until the time-out where none comes "
          + "(synchronous)."),
      .number(
        "memory_pool_mean_s", \.memoryPoolMean, 0...1e9, unit: "s",
        "Mean exponential delay in the memory-pool front end."),
      .number(
        "reply_s", \.replySeconds, 0...1e9, unit: "s",
        "Time that a client takes for each reply in its queue."),
      .number(
        "timeout_s", \.timeout, 0...1e9, open: true, unit: "s",
        "When a client gives up waiting for a reply."),
      .number(
        "suggestion_share", \.suggestionShare, 0...1, unit: "1",
        "Probability that a suggestion comes with a request."),
      .integer(
        "epoch", \.epoch, 0...253_402_300_799, unit: "s",
        "Simulated time 0 as seconds since 1970, for the identifiers."),
    ]
  }
}
