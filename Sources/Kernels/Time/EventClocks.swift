/// The clocks of all events of a net: Lamport's, vector clocks and hybrid ones (requirement N25).
///
///     let clocks = try EventClocks(net, physical: nanoseconds)
///     clocks.lamport[2]                                    // 1 + the largest of its causes
///     clocks.vectors[0].order(against: clocks.vectors[2])  // .before, exactly if it happened before
///
/// An event hears of all its causes at once and counts one step. A net says nothing of processes, so
/// vector clocks count along chains of causes and effects: an event goes on with the chain of its first
/// cause that is the end of one, else it begins a new chain. Since each chain is in causal order, two
/// vector clocks compare exactly as happened-before does. O(events + edges), and for vector clocks
/// times the chains that an event has heard of.
///
/// Sources: Lamport (1978); Mattern (1989), with chains in place of processes as in Jagadish, "A
/// compression technique to materialize transitive closure", ACM TODS 15 (1990); Kulkarni et al. (2014).
public struct EventClocks: Sendable {
  /// From 1 on.
  public private(set) var lamport: [Int64]
  /// Chain of each event, in the order of their first events.
  public private(set) var chains: [Int32]
  public private(set) var chainCount = 0
  /// By chain; empty where they were not asked for.
  public private(set) var vectors: [VectorClock]
  public private(set) var hybrid: [HybridTimestamp]

  /// The clocks of a net whose events happened at these readings of physical clocks.
  ///
  /// Without readings all are 0, and the hybrid clock counts layers. No vector clocks are made for a
  /// bound of 0 entries.
  /// - Throws: where the vector clocks together would hold more than `entriesMax` entries.
  public init(
    _ net: EventNet, physical: [Int64] = [], entriesMax: Int = 100_000_000
  ) throws(EventNetError) {
    let count = net.events.count
    precondition(physical.isEmpty || physical.count == count, "a reading for each event")
    lamport = [Int64](repeating: 1, count: count)
    chains = [Int32](repeating: -1, count: count)
    vectors = [VectorClock](repeating: VectorClock(), count: entriesMax > 0 ? count : 0)
    hybrid = [HybridTimestamp](repeating: HybridTimestamp(time: 0, counter: 0), count: count)
    let causes = net.causes()
    var ends: [Int32] = []
    var entries = 0
    for event in net.order.map(Int.init) {
      let mine = causes.heads[causes.starts[event]..<causes.starts[event + 1]]
      for cause in mine { lamport[event] = max(lamport[event], lamport[Int(cause)] + 1) }
      hybrid[event] = stamp(after: mine, physical: physical.isEmpty ? 0 : physical[event])
      let tail = mine.first { ends[Int(chains[Int($0)])] == $0 }
      let chain = tail.map { Int(chains[Int($0)]) } ?? ends.count
      if chain == ends.count { ends.append(-1) }
      ends[chain] = Int32(event)
      chains[event] = Int32(chain)
      guard entriesMax > 0 else { continue }
      for cause in mine { vectors[event].merge(vectors[Int(cause)]) }
      vectors[event].tick(UInt32(chain))
      entries += vectors[event].nodes.count
      guard entries <= entriesMax else { throw .tooManyEntries(entriesMax) }
    }
    chainCount = ends.count
  }

  /// The hybrid stamp of an event that hears of its causes at a reading of the physical clock.
  private func stamp(after causes: ArraySlice<Int32>, physical: Int64) -> HybridTimestamp {
    guard let latest = causes.map({ hybrid[Int($0)] }).max(), latest.time >= physical else {
      return HybridTimestamp(time: physical, counter: 0)
    }
    return HybridTimestamp(time: latest.time, counter: latest.counter + 1)
  }
}

extension EventNet {
  /// The causes of event i at `starts[i]..<starts[i + 1]`, in the order of the causes' numbers.
  func causes() -> (starts: [Int], heads: [Int32]) {
    var starts = [Int](repeating: 0, count: events.count + 1)
    for effect in effects { starts[Int(effect) + 1] += 1 }
    for i in events.indices { starts[i + 1] += starts[i] }
    var place = starts
    var heads = [Int32](repeating: 0, count: effects.count)
    for cause in events.indices {
      for effect in effects(of: Int32(cause)) {
        heads[place[Int(effect)]] = Int32(cause)
        place[Int(effect)] += 1
      }
    }
    return (starts, heads)
  }
}
