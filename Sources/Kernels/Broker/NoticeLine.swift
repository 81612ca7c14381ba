/// What the broker has to say, first in, first out: a ring that doubles when it is full.
///
/// O(1) amortised at both ends; no allocation once it has reached its size.
struct NoticeLine<Notice: Sendable>: Sendable {
  private var ring: [Notice?] = []
  private var first = 0
  private(set) var count = 0

  mutating func append(_ notice: Notice) {
    if count == ring.count { grow() }
    ring[(first &+ count) & (ring.count &- 1)] = notice
    count &+= 1
  }

  mutating func popFirst() -> Notice? {
    guard count > 0 else { return nil }
    let notice = ring[first]
    first = (first &+ 1) & (ring.count &- 1)
    count &-= 1
    return notice
  }

  private mutating func grow() {
    let held = (0..<count).map { ring[(first + $0) & (ring.count - 1)] }
    ring = held + [Notice?](repeating: nil, count: max(16, held.count))
    first = 0
  }
}
