import Kernels
import Testing

@Suite struct EventQueueTests {
  @Test func `an empty queue has nothing to give`() {
    var queue = EventQueue()
    #expect(queue.pop() == nil)
    #expect(queue.peekTime == nil)
    #expect(queue.count == 0 && queue.isEmpty)
    #expect(queue.now == -.infinity)
  }

  @Test func `the earliest event comes first`() {
    var queue = EventQueue()
    queue.push(time: 3, payload: 30)
    queue.push(time: 1, payload: 10)
    queue.push(time: 2, payload: 20)
    #expect(queue.peekTime == 1)
    #expect(queue.count == 3)
    #expect(queue.pop() == Event(time: 1, sequence: 1, payload: 10))
    #expect(queue.now == 1)
    #expect(queue.pop()?.payload == 20)
    #expect(queue.pop()?.payload == 30)
  }

  @Test(arguments: [1, 2, 5, 100, 1000])
  func `equal times are served in order of arrival`(size: Int) {
    var queue = EventQueue()
    for payload in 0..<UInt64(size) {
      queue.push(time: payload % 2 == 0 ? 0.0 : -0.0, payload: payload)
    }
    #expect(drain(&queue).map(\.payload) == (0..<size).map(UInt64.init))
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 21, 22, 100, 5000], 1...4 as ClosedRange<UInt64>)
  func `a queue serves events as sorting does`(size: Int, seed: UInt64) {
    var draw = RandomStream(seed: seed, name: "events").sequence()
    var queue = EventQueue(capacity: 1)
    var events: [Event] = []
    for i in 0..<size {
      // Few distinct times, so that many are equal.
      let time = Double(draw.index(below: max(1, size / 3)))
      queue.push(time: time, payload: draw.next())
      events.append(Event(time: time, sequence: UInt64(i), payload: 0))
      expectSound(queue)
    }
    let served = drain(&queue)
    let sorted = events.sorted { ($0.time, $0.sequence) < ($1.time, $1.sequence) }
    #expect(served.map(\.sequence) == sorted.map(\.sequence))
    #expect(served.map(\.time) == sorted.map(\.time))
  }

  @Test(
    arguments: [(1, 100), (10, 100), (300, 1000), (10, 8), (300, 64), (300, 290)],
    1...4 as ClosedRange<UInt64>)
  func `a running simulation pops what a sorted list would`(
    sizes: (pending: Int, radixFrom: Int), seed: UInt64
  ) {
    let pending = sizes.pending
    var draw = RandomStream(seed: seed, name: "hold").sequence()
    var queue = EventQueue(capacity: 4, radixFrom: sizes.radixFrom)
    var list: [Event] = []
    var pushed: UInt64 = 0
    func schedule(_ time: Double, _ queue: inout EventQueue) {
      queue.push(time: time, payload: pushed)
      list.append(Event(time: time, sequence: pushed, payload: pushed))
      pushed += 1
    }
    for _ in 0..<pending { schedule(draw.unit(), &queue) }
    for _ in 0..<2000 {
      guard let next = list.indices.min(by: { list[$0].precedes(list[$1]) }) else { break }
      let expected = list.remove(at: next)
      #expect(queue.pop() == expected)
      // Steps in quarters make ties; none, one or two events follow one.
      let followers = list.count < pending / 2 ? 2 : draw.index(below: 3)
      for _ in 0..<followers { schedule(queue.now + Double(draw.index(below: 8)) / 4, &queue) }
      expectSound(queue)
      #expect(queue.count == list.count)
    }
  }

  @Test(arguments: [8, 100, 1024], 1...3 as ClosedRange<UInt64>)
  func `a queue that grows and empties turns to a radix heap and back`(
    radixFrom: Int, seed: UInt64
  ) {
    var draw = RandomStream(seed: seed, name: "waves").sequence()
    var queue = EventQueue(radixFrom: radixFrom)
    var heap = EventQueue(radixFrom: .max)
    for wave in 1...3 {
      for _ in 0..<(wave * radixFrom) {
        let delay = draw.unit() < 0.3 ? 0 : Double(draw.index(below: 1 << 20)) * 0x1p-10
        let time = max(0, queue.now) + delay
        queue.push(time: time, payload: draw.next())
        heap.push(time: time, payload: 0)
      }
      expectSound(queue)
      for _ in 0..<(wave * radixFrom * 3 / 4 + wave) {
        let (event, expected) = (queue.pop(), heap.pop())
        #expect(event?.sequence == expected?.sequence && event?.time == expected?.time)
        #expect(queue.peekTime == heap.peekTime)
        expectSound(queue)
      }
    }
    while let expected = heap.pop() { #expect(queue.pop()?.sequence == expected.sequence) }
    #expect(queue.count == 0)
  }

  @Test func `times of every magnitude and sign keep their order in a radix heap`() {
    let times = [
      -.infinity, -1e300, -2, -1, -1e-300, -0.0, 0, Double.leastNonzeroMagnitude, 1e-300, 0.5, 1,
      1.0.nextUp, 2, 1e15,
      1e15.nextUp, 1e300, .infinity,
    ]
    var queue = EventQueue(radixFrom: 8)
    for time in times.reversed() + times { queue.push(time: time, payload: 0) }
    expectSound(queue)
    #expect(drain(&queue).map(\.time) == (times + times).sorted())
  }

  @Test func `memory doubles and is kept`() {
    var queue = EventQueue(capacity: 16)
    var doublings = 0
    for i in 0..<10_000 {
      let before = queue.capacity
      queue.push(time: Double(10_000 - i), payload: 0)
      if queue.capacity != before {
        #expect(queue.capacity == 2 * before)
        doublings += 1
      }
    }
    #expect(doublings == 10)
    _ = drain(&queue)
    #expect(queue.capacity == 16_384)
  }

  @Test func `an event takes 24 bytes`() {
    #expect(MemoryLayout<Event>.stride == 24)
  }

  @Test func `an event at the present is no event before it`() {
    var queue = EventQueue()
    queue.push(time: 2, payload: 1)
    _ = queue.pop()
    queue.push(time: 2, payload: 2)
    #expect(queue.pop()?.payload == 2)
  }

  @Test func `a queue that is not monotone takes events before the present`() {
    var queue = EventQueue(isMonotone: false)
    queue.push(time: 2, payload: 1)
    _ = queue.pop()
    queue.push(time: 1, payload: 2)
    #expect(queue.faults == [])
    #expect(queue.pop()?.payload == 2)
  }

  @Test func `scheduling before the present is a mistake`() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue()
      queue.push(time: 2, payload: 1)
      _ = queue.pop()
      queue.push(time: 1.5, payload: 2)
    }
  }

  @Test func `a time that is no number is a mistake`() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue(isMonotone: false)
      queue.push(time: .nan, payload: 1)
    }
  }

  private func drain(_ queue: inout EventQueue) -> [Event] {
    var events: [Event] = []
    while let event = queue.pop() {
      events.append(event)
      expectSound(queue)
    }
    return events
  }

  /// Looks at every event, so at large queues only now and then.
  private func expectSound(_ queue: borrowing EventQueue) {
    guard queue.count < 64 || queue.count % 250 == 0 else { return }
    #expect(queue.faults == [])
  }
}
