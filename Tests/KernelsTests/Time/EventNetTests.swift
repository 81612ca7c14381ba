import Kernels
import TestSupport
import Testing

@Suite("EventNet") struct EventNetTests {
  private func net(_ ids: [String], _ edges: [(Int32, Int32)]) throws(EventNetError) -> EventNet {
    try EventNet(
      events: ids.map { NetEvent($0) }, causes: edges.map { $0.0 }, effects: edges.map { $0.1 })
  }

  private func ids(_ net: EventNet) -> [String] { net.order.map { net.events[Int($0)].id } }

  @Test func `of free events the smallest id comes next, digits counted as numbers`() throws {
    let net = try net(["e10", "e9", "e1", "e2"], [(0, 2)])
    #expect(ids(net) == ["e2", "e9", "e10", "e1"])
    #expect(net.times == [2, 1, 3, 0])
  }

  @Test func `isolated events appear in the order`() throws {
    let net = try net(["3", "2", "1"], [])
    #expect(ids(net) == ["1", "2", "3"])
    #expect(net.layers == [0, 0, 0])
    #expect(net.layerCount == 1)
    #expect(net.longestChain() == [2])
  }

  @Test func `layers and the longest chain`() throws {
    // A diamond with a tail, and a short cut.
    let net = try net(["a", "b", "c", "d", "e"], [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (0, 4)])
    #expect(net.layers == [0, 1, 1, 2, 3])
    #expect(net.layerCount == 4)
    #expect(net.longestChain() == [0, 1, 3, 4])
    #expect(net.effects(of: 0) == [1, 2, 4])
  }

  @Test func `a net of nothing is sound`() throws {
    let net = try net([], [])
    #expect(net.order.isEmpty && net.layerCount == 0 && net.longestChain().isEmpty)
  }

  @Test func `parallel edges count as one`() throws {
    #expect(try net(["a", "b"], [(0, 1), (0, 1), (0, 1)]).layers == [0, 1])
  }

  @Test(
    arguments: [
      ([(0, 1), (1, 2), (2, 1), (2, 3)], ["b", "c"]), ([(0, 0)], ["a"]),
      ([(3, 0), (0, 1), (1, 2), (2, 0)], ["a", "b", "c"]),
    ] as [([(Int32, Int32)], Set<String>)])
  func `a cycle is refused by name`(edges: [(Int32, Int32)], members: Set<String>) throws {
    let error = #expect(throws: EventNetError.self) { try net(["a", "b", "c", "d"], edges) }
    guard case .cycle(let ids) = error else {
      Issue.record("\(String(describing: error)) is no cycle")
      return
    }
    #expect(Set(ids) == members && ids.count == members.count)
    // Each named event causes the next.
    let names = ["a", "b", "c", "d"]
    for (cause, effect) in zip(ids, ids.dropFirst() + ids.prefix(1)) {
      #expect(edges.contains { names[Int($0.0)] == cause && names[Int($0.1)] == effect })
    }
    #expect("\(try #require(error))".contains(ids.joined(separator: " -> ")))
  }

  @Test func `wrong events and edges are refused`() {
    #expect(throws: EventNetError.duplicateEvent("a")) { try net(["a", "b", "a"], []) }
    #expect(throws: EventNetError.eventOutOfRange(edge: 1, event: 2, eventCount: 2)) {
      try net(["a", "b"], [(0, 1), (1, 2)])
    }
    #expect(throws: EventNetError.eventOutOfRange(edge: 0, event: -1, eventCount: 1)) {
      try net(["a"], [(-1, 0)])
    }
    #expect(throws: EventNetError.unequalLengths(causes: 1, effects: 0)) {
      try EventNet(events: [NetEvent("a")], causes: [0], effects: [])
    }
  }

  @Test(arguments: [1, 2, 10, 60, 300], 1...10 as ClosedRange<UInt64>)
  func `order, layers and longest chain of random nets are right`(size: Int, seed: UInt64) throws {
    var draw = SplitMix64(seed: seed)
    let shuffled = (0..<size).shuffled(using: &draw)
    var edges: [(Int32, Int32)] = []
    for _ in 0..<2 * size where size > 1 {
      let pair = [Int(draw.next() % UInt64(size)), Int(draw.next() % UInt64(size))].sorted()
      if pair[0] < pair[1] { edges.append((Int32(shuffled[pair[0]]), Int32(shuffled[pair[1]]))) }
    }
    let net = try net((0..<size).map { "e\($0)" }, edges)
    #expect(net.order.sorted() == (0..<Int32(size)).map { $0 }, "seed \(seed)")
    for (cause, effect) in edges { #expect(net.times[Int(cause)] < net.times[Int(effect)]) }
    #expect(net.order == slowOrder(size, edges), "seed \(seed)")
    // Layers by relaxation until nothing changes.
    var layers = [Int32](repeating: 0, count: size)
    for _ in 0..<size {
      for (cause, effect) in edges {
        layers[Int(effect)] = max(layers[Int(effect)], layers[Int(cause)] + 1)
      }
    }
    #expect(net.layers == layers, "seed \(seed)")
    let chain = net.longestChain()
    #expect(chain.count == net.layerCount, "seed \(seed)")
    for (cause, effect) in zip(chain, chain.dropFirst()) {
      #expect(edges.contains { $0 == (cause, effect) }, "seed \(seed)")
    }
  }

  /// Kahn's rule by looking at everything again for each event.
  private func slowOrder(_ size: Int, _ edges: [(Int32, Int32)]) -> [Int32] {
    var order: [Int32] = []
    while order.count < size {
      let next = (0..<Int32(size)).first { event in
        !order.contains(event)
          && edges.allSatisfy { $0.1 != event || order.contains($0.0) }
      }
      guard let next else { break }
      order.append(next)
    }
    return order
  }

  @Test(
    arguments: [
      ("e9", "e10", true), ("e10", "e9", false), ("a", "b", true), ("a", "a", false),
      ("a", "a1", true), ("x007", "x7", true), ("x7", "x007", false), ("a2b10", "a2b9", false),
      ("", "a", true), ("99999999999999999999998", "99999999999999999999999", true),
    ])
  func `names are ordered as people count`(a: String, b: String, isBefore: Bool) {
    #expect(NaturalOrder.precedes(a, b) == isBefore)
  }
}
