/// Kahn's algorithm with a rank among events that are free at once, and the layers on the way.
struct CausalSorting {
  /// Events in order; those on a cycle, and their effects, are missing.
  private(set) var order: [Int32] = []
  /// Edges of the longest chain that ends at each event.
  private(set) var layers: [Int32]
  private var causesLeft: [Int32]
  private let starts: [Int]
  private let effects: [Int32]

  /// Sorts; `ranks` is a permutation, and of the free events the one with the smallest rank comes
  /// next; effects of event i are at `starts[i]..<starts[i + 1]`.
  init(ranks: [Int32], _ starts: [Int], _ effects: [Int32]) {
    self.starts = starts
    self.effects = effects
    layers = [Int32](repeating: 0, count: ranks.count)
    causesLeft = [Int32](repeating: 0, count: ranks.count)
    for effect in effects { causesLeft[Int(effect)] += 1 }
    sort(ranks)
  }

  private mutating func sort(_ ranks: [Int32]) {
    var eventOfRank = ranks
    for (event, rank) in ranks.enumerated() { eventOfRank[Int(rank)] = Int32(event) }
    var free = EventQueue(capacity: max(1, ranks.count), isMonotone: false)
    for (event, rank) in ranks.enumerated() where causesLeft[event] == 0 {
      free.push(time: Double(rank), payload: UInt64(rank))
    }
    order.reserveCapacity(ranks.count)
    while let next = free.pop() {
      let event = Int(eventOfRank[Int(next.payload)])
      order.append(Int32(event))
      for effect in effects[starts[event]..<starts[event + 1]] {
        layers[Int(effect)] = max(layers[Int(effect)], layers[event] + 1)
        causesLeft[Int(effect)] -= 1
        guard causesLeft[Int(effect)] == 0 else { continue }
        free.push(time: Double(ranks[Int(effect)]), payload: UInt64(ranks[Int(effect)]))
      }
    }
  }

  /// A cycle, where there is one: every event that is left has a cause that is left, so going back
  /// from cause to cause comes round.
  func cycle() -> [Int32] {
    var cause = [Int32](repeating: -1, count: causesLeft.count)
    for event in causesLeft.indices where causesLeft[event] > 0 {
      for effect in effects[starts[event]..<starts[event + 1]] { cause[Int(effect)] = Int32(event) }
    }
    guard var event = causesLeft.indices.first(where: { causesLeft[$0] > 0 }) else { return [] }
    for _ in causesLeft { event = Int(cause[event]) }
    let last = Int32(event)
    var backwards = [last]
    while let before = backwards.last.map({ cause[Int($0)] }), before != last {
      backwards.append(before)
    }
    return backwards.reversed()
  }
}
