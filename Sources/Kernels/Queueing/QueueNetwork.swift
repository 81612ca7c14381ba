/// Stations with servers, the sources that feed them, and the ways between them.
///
///     var network = QueueNetwork()
///     network.stations = [.init(servers: 4, service: .exponential(mean: 1))]
///     network.sources = [.init(gap: .exponential(mean: 1 / 3.2), entry: .station(0))]
///
/// Messages are of classes, numbered from 0, the most urgent one; a source sends one class. In a
/// closed network `population` messages circulate in place of sources: one that would leave begins
/// its next round at once.
public struct QueueNetwork: Sendable {
  public var stations: [Station] = []
  public var sources: [Source] = []
  /// What holds for the messages of each class.
  public var classes: [MessageClass] = [MessageClass()]
  /// A closed network's messages, all of class 0; 0 for an open network.
  public var population = 0
  /// Where a round of a closed network begins.
  public var entry = Route.station(0)

  public init() {}

  public struct Station: Sendable {
    public var servers: Int
    /// The most messages that may wait or be served, beyond which they are lost; nil for no bound.
    public var capacity: Int?
    /// One law, or one for each class.
    public var services: [ServiceLaw]
    public var discipline = Discipline.firstCome
    /// Where a message goes next: one way, or one for each class.
    public var routes: [Route]
    public var balking = Balking.never
    /// Messages that one server takes at once; they share the service time of the first.
    public var batch = 1
    /// Speed of all servers by the number of messages at the station; empty for 1.
    ///
    /// With n messages it is element min(n, count) - 1. A service that is under way goes on at the
    /// new speed.
    public var speeds: [Double] = []
    public var breakdown: Breakdown?

    public init(
      servers: Int = 1, capacity: Int? = nil, service: ServiceLaw, route: Route = .leave
    ) {
      self.servers = servers
      self.capacity = capacity
      services = [service]
      routes = [route]
    }
  }

  /// Who is served next.
  public enum Discipline: Sendable {
    /// In the order of arrival.
    case firstCome
    /// The most urgent class first; who is being served is not disturbed.
    case priority
    /// An urgent message interrupts one of a lesser class, whose service is resumed later.
    case preemptiveResume
  }

  public enum Route: Sendable, Equatable {
    case leave
    case station(Int)
    /// Leaves with this probability, else goes to any station of the network alike.
    case uniform(leaving: Double)
    /// To station i with a probability in the ratio of weight i; the last weight is of leaving.
    case split([Double])
    /// To that of the stations with the fewest messages for each server, the first of equals.
    case leastLoaded([Int])
  }

  /// When a message does not join because of what it finds.
  public enum Balking: Sendable, Equatable {
    case never
    /// Where this many messages or more are present.
    case from(Int)
    /// It joins n messages with probability 1 / (1 + rate n).
    case discouraged(rate: Double)
  }

  /// All servers of a station fail together; interrupted services are resumed.
  public struct Breakdown: Sendable, Equatable {
    public var working: ServiceLaw
    public var repair: ServiceLaw

    public init(working: ServiceLaw, repair: ServiceLaw) {
      self.working = working
      self.repair = repair
    }
  }

  public struct Source: Sendable {
    /// Time from one message to the next.
    public var gap: ServiceLaw
    public var messageClass: Int
    public var entry: Route
    /// Times of birth that do not fall, in place of gaps; the source ends with them.
    public var times: [Double] = []
    /// Service that each of those messages needs at its first station; empty, or not a number, for
    /// what the station's law says.
    public var works: [Double] = []

    public init(gap: ServiceLaw, messageClass: Int = 0, entry: Route = .station(0)) {
      self.gap = gap
      self.messageClass = messageClass
      self.entry = entry
    }
  }

  public struct MessageClass: Sendable, Equatable {
    /// How long a message waits for its service at a station before it gives up; nil for ever.
    public var patience: ServiceLaw?
    /// From birth to leaving; one that takes longer is counted as late.
    public var deadline = Double.infinity

    public init(patience: ServiceLaw? = nil, deadline: Double = .infinity) {
      self.patience = patience
      self.deadline = deadline
    }
  }

  /// Whether messages circulate for ever.
  public var isClosed: Bool { population > 0 }
}
