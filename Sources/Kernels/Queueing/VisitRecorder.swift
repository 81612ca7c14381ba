/// What wants to know of every message of a running network; calls are resolved at compile time.
protocol VisitRecorder {
  /// A service at a station ended.
  mutating func visited(_ station: Int, _ message: borrowing NetworkMessage, now: Double)
  /// A message left the network from a station or was lost at one.
  mutating func left(
    _ station: Int, _ message: borrowing NetworkMessage, _ end: MessageEnd, now: Double)
  /// `present` messages were there for `duration`.
  mutating func elapsed(_ duration: Double, present: Int)
}

/// How a message's way ended.
public enum MessageEnd: Int8, CaseIterable, Sendable {
  case served
  /// The station was full.
  case blocked
  /// It did not join because of what it found.
  case balked
  /// It lost patience while it waited.
  case reneged
}

/// Records nothing, at no cost.
struct NoRecorder: VisitRecorder {
  func visited(_: Int, _: borrowing NetworkMessage, now: Double) {}
  func left(_: Int, _: borrowing NetworkMessage, _: MessageEnd, now: Double) {}
  func elapsed(_: Double, present: Int) {}
}

/// A row for each service of a message at a station, in the order in which services end, and one
/// for each message that was lost.
public struct VisitRecords: Sendable {
  public private(set) var source: [Int32] = []
  /// The message's number among those of its source.
  public private(set) var number: [Int64] = []
  /// Where it was served or lost.
  public private(set) var station: [Int32] = []
  public private(set) var queued: [Double] = []
  /// Not a number where no service began.
  public private(set) var started: [Double] = []
  public private(set) var ended: [Double] = []
  public private(set) var end: [Int8] = []

  public init() {}

  public var count: Int { ended.count }

  public mutating func removeAll() {
    source.removeAll(keepingCapacity: true)
    number.removeAll(keepingCapacity: true)
    station.removeAll(keepingCapacity: true)
    queued.removeAll(keepingCapacity: true)
    started.removeAll(keepingCapacity: true)
    ended.removeAll(keepingCapacity: true)
    end.removeAll(keepingCapacity: true)
  }
}

extension VisitRecords: VisitRecorder {
  @inline(__always)
  mutating func visited(_ station: Int, _ message: borrowing NetworkMessage, now: Double) {
    add(message, station: station, .served, now)
  }

  @inline(__always)
  mutating func left(
    _ station: Int, _ message: borrowing NetworkMessage, _ end: MessageEnd, now: Double
  ) {
    if end != .served { add(message, station: station, end, now) }
  }

  func elapsed(_: Double, present: Int) {}

  @inline(__always)
  private mutating func add(
    _ message: borrowing NetworkMessage, station: Int, _ end: MessageEnd, _ now: Double
  ) {
    source.append(Int32(truncatingIfNeeded: message.source))
    number.append(Int64(truncatingIfNeeded: message.entity & 0xFF_FFFF_FFFF))
    self.station.append(Int32(truncatingIfNeeded: station))
    queued.append(message.queued)
    started.append(message.started)
    ended.append(now)
    self.end.append(end.rawValue)
  }
}

/// The laws of waits and sojourns, and how long how many messages were present.
public struct QueueDetail: Sendable {
  /// Waits for service at a station, of messages that count.
  public private(set) var waits: QuantileSketch
  /// From birth to leaving, of messages that count and were served.
  public private(set) var sojourns: QuantileSketch
  /// The waits in the order of the ends of services, in batches.
  public private(set) var waitBatches = BatchSeries()
  /// Time with n messages present; the last element with that many or more.
  public private(set) var timeAtCount: [Double]

  public init(relativeError: Double = 0.005, countsMax: Int = 128) {
    waits = QuantileSketch(relativeError: relativeError, bucketsMax: 8192)
    sojourns = waits
    timeAtCount = [Double](repeating: 0, count: countsMax + 1)
  }

  /// The share of time with exactly `count` messages, or with `count` or more.
  public func share(of count: Int) -> Double {
    timeAtCount[count] / timeAtCount.reduce(0, +)
  }

  public func share(from count: Int) -> Double {
    timeAtCount[count...].reduce(0, +) / timeAtCount.reduce(0, +)
  }
}

extension QueueDetail: VisitRecorder {
  mutating func visited(_ station: Int, _ message: borrowing NetworkMessage, now: Double) {
    guard message.isCounted else { return }
    let wait = message.started - message.queued
    waits.add(wait)
    waitBatches.add(wait)
  }

  mutating func left(
    _ station: Int, _ message: borrowing NetworkMessage, _ end: MessageEnd, now: Double
  ) {
    if message.isCounted, end == .served { sojourns.add(now - message.born) }
  }

  mutating func elapsed(_ duration: Double, present: Int) {
    timeAtCount[min(present, timeAtCount.count - 1)] += duration
  }
}
