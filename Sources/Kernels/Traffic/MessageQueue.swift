/// A first-come-first-served line of message numbers; O(1) amortised at both ends.
struct MessageQueue {
  private var numbers: [Int] = []
  private var head = 0

  var isEmpty: Bool { head == numbers.count }

  mutating func append(_ number: Int) { numbers.append(number) }

  mutating func popFirst() -> Int? {
    guard head < numbers.count else { return nil }
    let number = numbers[head]
    head += 1
    if head == numbers.count {
      numbers.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 1024, head * 2 > numbers.count {
      numbers.removeFirst(head)
      head = 0
    }
    return number
  }
}
