import Kernels
import TestSupport
import Testing

@Suite("Logical clocks") struct LogicalClockTests {
  static let seeds: ClosedRange<UInt64> = 1...20

  @Test(arguments: seeds)
  func `what happened before has the smaller Lamport number`(seed: UInt64) {
    let history = RandomHistory(seed: seed)
    var clocks = history.clocks.map { _ in LamportClock() }
    var stamps: [UInt64] = []
    for event in history.events {
      if let cause = event.cause {
        stamps.append(clocks[event.node].receive(stamps[cause]))
      } else {
        stamps.append(clocks[event.node].tick())
      }
    }
    for (cause, effect) in history.causalPairs {
      #expect(stamps[cause] < stamps[effect], "seed \(seed): \(cause) before \(effect)")
    }
  }

  @Test(arguments: seeds)
  func `vector clocks stand to each other exactly as their events do`(seed: UInt64) {
    let history = RandomHistory(seed: seed)
    var clocks = history.clocks.map { _ in VectorClock() }
    var stamps: [VectorClock] = []
    for event in history.events {
      // Far apart, so that a clock is sparse.
      let node = UInt32(event.node) * 1_000_003
      if let cause = event.cause {
        clocks[event.node].receive(stamps[cause], at: node)
      } else {
        clocks[event.node].tick(node)
      }
      stamps.append(clocks[event.node])
    }
    for a in stamps.indices {
      for b in stamps.indices {
        let order = stamps[a].order(against: stamps[b])
        #expect(order == history.order(a, b), "seed \(seed): \(a), \(b)")
      }
    }
    #expect(stamps.allSatisfy { $0.nodes.count <= history.clocks.count })
  }

  @Test(arguments: seeds)
  func `hybrid clocks respect causes and stay near their physical clocks`(seed: UInt64) {
    let history = RandomHistory(seed: seed)
    var clocks = history.clocks.map { _ in HybridLogicalClock() }
    var stamps: [HybridTimestamp] = []
    for event in history.events {
      if let cause = event.cause {
        stamps.append(clocks[event.node].receive(stamps[cause], physical: event.physical))
      } else {
        stamps.append(clocks[event.node].tick(physical: event.physical))
      }
    }
    for (cause, effect) in history.causalPairs {
      #expect(stamps[cause] < stamps[effect], "seed \(seed): \(cause) before \(effect)")
    }
    let errorMax = history.clocks.map { $0.errorMax(until: 11) }.max() ?? 0
    for (event, stamp) in zip(history.events, stamps) {
      #expect(stamp.time >= event.physical, "seed \(seed)")
      let ahead = Double(stamp.time - event.physical) / 1000
      #expect(ahead <= 2 * errorMax + 0.001, "seed \(seed)")
      #expect(stamp.counter <= UInt32(history.events.count), "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `all kinds of logical time agree with happened-before`(seed: UInt64) throws {
    let history = RandomHistory(seed: seed)
    var edges: [(Int32, Int32)] = []
    for (number, event) in history.events.enumerated() {
      for cause in [event.cause, event.previous].compactMap({ $0 }) {
        edges.append((Int32(cause), Int32(number)))
      }
    }
    let net = try EventNet(
      events: history.events.indices.map { NetEvent("e\($0)") }, causes: edges.map(\.0),
      effects: edges.map(\.1))
    for (cause, effect) in history.causalPairs {
      #expect(net.times[cause] < net.times[effect], "seed \(seed)")
      #expect(net.layers[cause] < net.layers[effect], "seed \(seed)")
    }
  }

  @Test func `the clocks of the papers' examples`() {
    // Lamport's figure: p1 sends, q2 receives.
    var (p, q) = (LamportClock(), LamportClock())
    let sent = p.tick()
    #expect(q.tick() == 1)
    #expect(q.receive(sent) == 2)
    #expect(p.receive(7) == 8)
    // Kulkarni et al.: the counter grows while the physical clock stands, and starts again.
    var hybrid = HybridLogicalClock()
    #expect(hybrid.tick(physical: 10) == HybridTimestamp(time: 10, counter: 0))
    #expect(hybrid.tick(physical: 10) == HybridTimestamp(time: 10, counter: 1))
    let ahead = HybridTimestamp(time: 12, counter: 3)
    #expect(hybrid.receive(ahead, physical: 11) == HybridTimestamp(time: 12, counter: 4))
    #expect(hybrid.tick(physical: 13) == HybridTimestamp(time: 13, counter: 0))
  }

  @Test func `a fresh vector clock is the same as another and before all others`() {
    var clock = VectorClock()
    #expect(clock.order(against: VectorClock()) == .same)
    clock.tick(4)
    #expect(VectorClock().order(against: clock) == .before)
    #expect(clock[4] == 1 && clock[5] == 0)
    var other = VectorClock()
    other.tick(5)
    #expect(clock.order(against: other) == .concurrent)
  }

  @Test(arguments: [(0, 0), (0.25, 40), (-3, -100), (0, 1e6)] as [(Double, Double)])
  func `a skewed clock can be read backwards`(skew: Double, drift: Double) {
    let clock = SkewedClock(skewSeconds: skew, driftPartsPerMillion: drift)
    for time in [0, 1, 3600, 1e9] as [Double] {
      let reading = clock.reading(at: time)
      #expect(abs(clock.trueTime(of: reading) - time) <= 1e-9 * max(1, time))
      #expect(abs(reading - time) <= clock.errorMax(until: time) + 1e-6)
    }
    #expect(clock.reading(at: 0) == skew)
  }
}
