/// Compares the order and the clocks of a net with happened-before, which is found by searching the net.
///
///     CausalityCheck(net, clocks, sources: 100).faults     // 0
///
/// From each of some events, evenly spread over the order, all effects are searched; each pair of such
/// an event and another is compared. An effect must have the later place and the larger stamps; a vector
/// clock must be larger for effects and for nothing else. O(sources x (events + edges + entries)).
public struct CausalityCheck: Sendable, Equatable {
  /// Pairs that were compared, and those of them in which the first happened before the second.
  public private(set) var pairs = 0
  public private(set) var causalPairs = 0
  public private(set) var orderFaults = 0
  public private(set) var lamportFaults = 0
  public private(set) var vectorFaults = 0
  public private(set) var hybridFaults = 0

  public var faults: Int { orderFaults + lamportFaults + vectorFaults + hybridFaults }

  /// Compares all pairs whose first event is one of `sources` events.
  public init(_ net: EventNet, _ clocks: EventClocks, sources: Int) {
    let count = net.events.count
    guard sources > 0, count > 0 else { return }
    let checked = min(sources, count)
    for i in 0..<checked {
      let source = Int(net.order[i * count / checked])
      let effects = Self.effects(of: source, in: net)
      for other in 0..<count where other != source {
        compare(source, other, effects[other], net, clocks)
      }
    }
  }

  private mutating func compare(
    _ source: Int, _ other: Int, _ isEffect: Bool, _ net: EventNet, _ clocks: EventClocks
  ) {
    pairs += 1
    if !clocks.vectors.isEmpty {
      let isLarger = clocks.vectors[source].order(against: clocks.vectors[other]) == .before
      if isLarger != isEffect { vectorFaults += 1 }
    }
    guard isEffect else { return }
    causalPairs += 1
    if net.times[source] >= net.times[other] { orderFaults += 1 }
    if clocks.lamport[source] >= clocks.lamport[other] { lamportFaults += 1 }
    if clocks.hybrid[source] >= clocks.hybrid[other] { hybridFaults += 1 }
  }

  /// Which events an event happened before, by a search along the edges.
  private static func effects(of source: Int, in net: EventNet) -> [Bool] {
    var reached = [Bool](repeating: false, count: net.events.count)
    var open = [Int32(source)]
    while let event = open.popLast() {
      for effect in net.effects(of: event) where !reached[Int(effect)] {
        reached[Int(effect)] = true
        open.append(effect)
      }
    }
    return reached
  }
}
