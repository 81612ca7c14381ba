import Kernels
import TestSupport
import Testing

@Suite("Clocks of an EventNet")
struct EventClocksTests {
  /// A net in which each event has up to three causes among the ones before it in a random order.
  private func net(seed: UInt64, events count: Int) throws -> (EventNet, past: [Set<Int>]) {
    var draw = SplitMix64(seed: seed)
    var places = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      places.swapAt(i, Int(draw.next() % UInt64(i + 1)))
    }
    var (causes, effects): ([Int32], [Int32]) = ([], [])
    var past = [Set<Int>](repeating: [], count: count)
    for i in 1..<max(1, count) {
      for _ in 0..<Int(draw.next() % 4) {
        let j = Int(draw.next() % UInt64(i))
        causes.append(Int32(places[j]))
        effects.append(Int32(places[i]))
        past[places[i]].formUnion(past[places[j]])
        past[places[i]].insert(places[j])
      }
    }
    let events = (0..<count).map { NetEvent("e\($0)") }
    return (try EventNet(events: events, causes: causes, effects: effects), past)
  }

  @Test(arguments: [1, 2, 3, 10, 60, 200], 1...6 as ClosedRange<UInt64>)
  func `every clock agrees with happened-before by definition`(count: Int, seed: UInt64) throws {
    let (net, past) = try net(seed: seed, events: count)
    let physical = (0..<count).map { Int64($0 * 7919 % 13) }
    let clocks = try EventClocks(net, physical: physical)
    #expect(clocks.lamport == net.layers.map { Int64($0) + 1 })
    for a in 0..<count {
      #expect(clocks.hybrid[a].time >= physical[a])
      for b in 0..<count where a != b {
        let order = clocks.vectors[a].order(against: clocks.vectors[b])
        let expected: CausalOrder =
          past[b].contains(a) ? .before : past[a].contains(b) ? .after : .concurrent
        #expect(order == expected, "seed \(seed): \(a), \(b)")
        if expected == .before {
          #expect(clocks.lamport[a] < clocks.lamport[b] && clocks.hybrid[a] < clocks.hybrid[b])
          #expect(net.times[a] < net.times[b])
        } else if expected == .concurrent {
          // A chain holds no two events that could not have caused one another.
          #expect(clocks.chains[a] != clocks.chains[b])
        }
      }
    }
    let check = CausalityCheck(net, clocks, sources: count)
    #expect(check.faults == 0)
    #expect(check.pairs == count * (count - 1))
    #expect(check.causalPairs == past.reduce(0) { $0 + $1.count })
  }

  @Test func `clocks of another net are found out`() throws {
    let (one, _) = try net(seed: 1, events: 40)
    let (other, _) = try net(seed: 2, events: 40)
    let check = CausalityCheck(one, try EventClocks(other), sources: 40)
    #expect(check.lamportFaults > 0 && check.vectorFaults > 0 && check.hybridFaults > 0)
    #expect(check.orderFaults == 0)
  }

  @Test func `vector clocks that would not fit are refused, or left out`() throws {
    let (net, _) = try net(seed: 3, events: 100)
    #expect(throws: EventNetError.tooManyEntries(50)) { try EventClocks(net, entriesMax: 50) }
    let without = try EventClocks(net, entriesMax: 0)
    #expect(without.vectors.isEmpty && CausalityCheck(net, without, sources: 9).faults == 0)
  }

  @Test func `without physical clocks the hybrid one counts layers`() throws {
    let (net, _) = try net(seed: 4, events: 50)
    let clocks = try EventClocks(net)
    #expect(clocks.hybrid.map { Int32($0.counter) } == net.layers)
    #expect(clocks.hybrid.allSatisfy { $0.time == 0 })
  }
}
