import Kernels
import TestSupport

/// Events of a few nodes that do things, send messages, and receive them late and out of order; and
/// what happened before what, by definition.
struct RandomHistory {
  struct Event {
    let node: Int
    /// The event of sending, where this one is of receiving.
    var cause: Int?
    /// The node's event before.
    var previous: Int?
    /// What the node's clock showed, in milliseconds.
    let physical: Int64
  }

  private(set) var events: [Event] = []
  let clocks: [SkewedClock]
  /// `past[e]` holds what happened before e.
  private(set) var past: [Set<Int>] = []

  init(seed: UInt64, nodes: Int = 5, events count: Int = 120) {
    var draw = SplitMix64(seed: seed)
    clocks = (0..<nodes).map { _ in
      SkewedClock(
        skewSeconds: Double(draw.next() % 1000) / 1000 - 0.5,
        driftPartsPerMillion: Double(draw.next() % 200) - 100)
    }
    var latest = [Int?](repeating: nil, count: nodes)
    var underWay: [Int] = []
    for number in 0..<count {
      let node = Int(draw.next() % UInt64(nodes))
      // Steps below a millisecond, so that many events share one.
      let shown = clocks[node].reading(at: 10 + Double(number) * 0.0004)
      var event = Event(
        node: node, previous: latest[node], physical: Int64((shown * 1000).rounded(.down)))
      if draw.next() % 2 == 0, !underWay.isEmpty {
        event.cause = underWay.remove(at: Int(draw.next() % UInt64(underWay.count)))
      }
      events.append(event)
      latest[node] = number
      if draw.next() % 2 == 0 { underWay.append(number) }
      past.append(
        [event.cause, event.previous].compactMap { $0 }.reduce(into: []) {
          $0.formUnion(past[$1])
          $0.insert($1)
        })
    }
  }

  /// How two events stand to each other, by definition.
  func order(_ a: Int, _ b: Int) -> CausalOrder {
    if a == b { return .same }
    if past[b].contains(a) { return .before }
    return past[a].contains(b) ? .after : .concurrent
  }

  /// All pairs of events of which the first happened before the second.
  var causalPairs: [(Int, Int)] {
    events.indices.flatMap { effect in past[effect].sorted().map { ($0, effect) } }
  }
}
