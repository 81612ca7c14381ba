/// Finished messages as columns, in the order of sending.
public struct MessageRecords: Sendable {
  public var idHigh: [UInt64] = []
  public var idLow: [UInt64] = []
  public var client: [Int32] = []
  public var node: [Int32] = []
  public var service: [Int32] = []
  public var route: [Int8] = []
  public var sent: [Double] = []
  public var queued: [Double] = []
  public var started: [Double] = []
  public var served: [Double] = []
  public var replied: [Double] = []
  public var quoted: [Int64] = []
  public var charged: [Int64] = []
  public var quality: [Double] = []
  /// 0 served, 1 late, 2 unanswered.
  public var outcome: [Int8] = []

  public init() {}

  public var count: Int { sent.count }

  mutating func removeAll() {
    idHigh.removeAll(keepingCapacity: true)
    idLow.removeAll(keepingCapacity: true)
    client.removeAll(keepingCapacity: true)
    node.removeAll(keepingCapacity: true)
    service.removeAll(keepingCapacity: true)
    route.removeAll(keepingCapacity: true)
    sent.removeAll(keepingCapacity: true)
    queued.removeAll(keepingCapacity: true)
    started.removeAll(keepingCapacity: true)
    served.removeAll(keepingCapacity: true)
    replied.removeAll(keepingCapacity: true)
    quoted.removeAll(keepingCapacity: true)
    charged.removeAll(keepingCapacity: true)
    quality.removeAll(keepingCapacity: true)
    outcome.removeAll(keepingCapacity: true)
  }
}

/// Problem reports and suggestions, few beside the messages.
public struct MessageReports: Sendable {
  public struct Report: Sendable {
    public let time: Double
    public let message: Int64
    public let client: Int32
    public let node: Int32
    /// 0 overcharged, 1 poor quality, 2 late, 3 no reply.
    public let reason: Int8
  }

  public struct Suggestion: Sendable {
    public let time: Double
    public let client: Int32
  }

  public internal(set) var reports: [Report] = []
  public internal(set) var suggestions: [Suggestion] = []

  /// By time, and by message where two are filed at once.
  mutating func sort() {
    reports.sort { ($0.time, $0.message) < ($1.time, $1.message) }
    suggestions.sort { ($0.time, $0.client) < ($1.time, $1.client) }
  }
}

/// Figures over a whole replay.
public struct ReplaySummary: Sendable {
  public internal(set) var messages = 0
  public internal(set) var replies = 0
  public internal(set) var events = 0
  /// Waits in the nodes' queues, seconds.
  public internal(set) var waits = RunningMoments()
  /// From sending to having the reply, seconds.
  public internal(set) var sojourns = RunningMoments()
  /// The same for each route: CPU pool, memory pool, direct.
  public internal(set) var routeSojourns = [RunningMoments](repeating: RunningMoments(), count: 3)
  /// Of the last reply, seconds.
  public internal(set) var horizon = 0.0
  public internal(set) var busySeconds = 0.0
  public internal(set) var serverCount = 0

  /// Busy share of all servers.
  public var utilisation: Double {
    horizon > 0 && serverCount > 0 ? busySeconds / (horizon * Double(serverCount)) : 0
  }

  /// Requests under way, averaged over time: the sum of all sojourns over the horizon, which is
  /// Little's law as an identity.
  public var inSystemMean: Double {
    horizon > 0 ? sojourns.mean * Double(sojourns.count) / horizon : 0
  }
}
