/// Logical time in a cloud: events as vertices, causes as edges, and an order of all events in which
/// no effect comes before its cause (requirement N25).
///
///     let net = try EventNet(events: ["e1", "e2", "e3"].map { NetEvent($0) }, causes: [0], effects: [2])
///     net.order                     // e1, e2, e3 as numbers: 0, 1, 2
///     net.layers                    // 0, 0, 1
///
/// The order is Kahn's with a stated rule: of all events whose causes are done, the one with the
/// smallest id comes next, digits counted as numbers. An event's layer is the number of edges of
/// the longest chain that ends there. O((events + edges) log events) at the start, O(1) afterwards.
///
/// Source: Kahn, "Topological sorting of large networks", Communications of the ACM 5 (1962).
public struct EventNet: Sendable {
  public let events: [NetEvent]
  /// All events, no effect before its cause.
  public let order: [Int32]
  /// For each event its place in the order: its logical time.
  public let times: [Int32]
  /// For each event its layer.
  public let layers: [Int32]
  /// Effects of event i at `effectStart[i]..<effectStart[i + 1]`.
  let effectStart: [Int]
  let effects: [Int32]

  /// A net in which event `causes[k]` happened before event `effects[k]` for each k.
  public init(events: [NetEvent], causes: [Int32], effects: [Int32]) throws(EventNetError) {
    self.events = events
    try Self.check(events, causes, effects)
    let rows = Self.grouped(causes, effects, count: events.count)
    (effectStart, self.effects) = rows
    let sorting = CausalSorting(ranks: Self.ranks(of: events), rows.starts, rows.heads)
    guard sorting.order.count == events.count else {
      throw .cycle(sorting.cycle().map { events[Int($0)].id })
    }
    order = sorting.order
    layers = sorting.layers
    var times = [Int32](repeating: 0, count: events.count)
    for (time, event) in sorting.order.enumerated() { times[Int(event)] = Int32(time) }
    self.times = times
  }

  /// The number of layers, which is the number of events of the longest chain.
  public var layerCount: Int { layers.max().map { Int($0) + 1 } ?? 0 }

  /// The edges that leave an event.
  public func effects(of event: Int32) -> ArraySlice<Int32> {
    effects[effectStart[Int(event)]..<effectStart[Int(event) + 1]]
  }

  /// A longest chain of causes and effects; of several the one that is smallest by logical time,
  /// read from its end.
  ///
  /// O(events + edges).
  public func longestChain() -> [Int32] {
    guard let depth = layers.max() else { return [] }
    var cause = [Int32](repeating: -1, count: events.count)
    for event in order {
      for effect in effects(of: event)
      where layers[Int(effect)] == layers[Int(event)] + 1 && cause[Int(effect)] < 0 {
        cause[Int(effect)] = event
      }
    }
    var chain: [Int32] = []
    var event = order.first { layers[Int($0)] == depth } ?? -1
    while event >= 0 {
      chain.append(event)
      event = cause[Int(event)]
    }
    return chain.reversed()
  }
}

extension EventNet {
  private static func check(
    _ events: [NetEvent], _ causes: [Int32], _ effects: [Int32]
  ) throws(EventNetError) {
    guard causes.count == effects.count else {
      throw .unequalLengths(causes: causes.count, effects: effects.count)
    }
    for (edge, ends) in zip(causes, effects).enumerated() {
      for event in [ends.0, ends.1] where !events.indices.contains(Int(event)) {
        throw .eventOutOfRange(edge: edge, event: Int(event), eventCount: events.count)
      }
    }
    var known: Set<String> = []
    for event in events where !known.insert(event.id).inserted {
      throw .duplicateEvent(event.id)
    }
  }

  /// The place of each event among the ids, digits counted as numbers.
  private static func ranks(of events: [NetEvent]) -> [Int32] {
    let sorted = events.indices.sorted { NaturalOrder.precedes(events[$0].id, events[$1].id) }
    var ranks = [Int32](repeating: 0, count: events.count)
    for (rank, event) in sorted.enumerated() { ranks[event] = Int32(rank) }
    return ranks
  }

  /// Edges by their tails, in the order of the input.
  private static func grouped(
    _ tails: [Int32], _ heads: [Int32], count: Int
  ) -> (starts: [Int], heads: [Int32]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for tail in tails { starts[Int(tail) + 1] += 1 }
    for node in 0..<count { starts[node + 1] += starts[node] }
    var place = starts
    var sorted = [Int32](repeating: 0, count: heads.count)
    for (tail, head) in zip(tails, heads) {
      sorted[place[Int(tail)]] = head
      place[Int(tail)] += 1
    }
    return (starts, sorted)
  }
}
