/// The vertices of each label below n: a stack of active ones and a linked list of inactive ones.
///
/// Inactive vertices leave from the middle of their list when a push reaches them; active ones only
/// from the top. So both share the links, and all operations are O(1).
struct LabelBuckets: ~Copyable {
  private static let none: Int32 = -1

  private let firstActive: GraphBuffer<Int32>
  private let firstInactive: GraphBuffer<Int32>
  private let next: GraphBuffer<Int32>
  private let previous: GraphBuffer<Int32>

  /// No active vertex has a greater label.
  private var highestActive: Int32 = none

  /// No vertex at all has a greater label, those that are being discharged excepted.
  private var highest: Int32 = none

  init(nodeCount: Int) {
    firstActive = GraphBuffer(repeating: Self.none, count: nodeCount)
    firstInactive = GraphBuffer(repeating: Self.none, count: nodeCount)
    next = GraphBuffer(repeating: Self.none, count: nodeCount)
    previous = GraphBuffer(repeating: Self.none, count: nodeCount)
  }

  @inline(__always)
  func isEmpty(_ label: Int32) -> Bool {
    firstActive[label] == Self.none && firstInactive[label] == Self.none
  }

  mutating func removeAll() {
    for label in 0..<(highest &+ 1) {
      firstActive[label] = Self.none
      firstInactive[label] = Self.none
    }
    highest = Self.none
    highestActive = Self.none
  }

  @inline(__always)
  mutating func add(_ vertex: Int32, label: Int32, isActive: Bool) {
    if isActive {
      addActive(vertex, label: label)
    } else {
      addInactive(vertex, label: label)
    }
  }

  @inline(__always)
  mutating func addInactive(_ vertex: Int32, label: Int32) {
    let second = firstInactive[label]
    next[vertex] = second
    previous[vertex] = Self.none
    if second != Self.none { previous[second] = vertex }
    firstInactive[label] = vertex
    highest = max(highest, label)
  }

  @inline(__always)
  private mutating func addActive(_ vertex: Int32, label: Int32) {
    next[vertex] = firstActive[label]
    firstActive[label] = vertex
    highestActive = max(highestActive, label)
    highest = max(highest, label)
  }

  /// Moves an inactive vertex over to the active ones of its label.
  @inline(__always)
  mutating func activate(_ vertex: Int32, label: Int32) {
    let (before, after) = (previous[vertex], next[vertex])
    if before == Self.none {
      firstInactive[label] = after
    } else {
      next[before] = after
    }
    if after != Self.none { previous[after] = before }
    addActive(vertex, label: label)
  }

  /// Takes out an active vertex of the highest label that has one.
  @inline(__always)
  mutating func popHighestActive() -> Int32? {
    while highestActive >= 0 {
      let vertex = firstActive[highestActive]
      if vertex != Self.none {
        firstActive[highestActive] = next[vertex]
        return vertex
      }
      highestActive &-= 1
    }
    return nil
  }

  /// Takes out an inactive vertex of a label above the given one, highest first.
  mutating func popInactive(above label: Int32) -> Int32? {
    while highest > label {
      let vertex = firstInactive[highest]
      if vertex != Self.none {
        firstInactive[highest] = next[vertex]
        return vertex
      }
      highest &-= 1
    }
    return nil
  }
}
