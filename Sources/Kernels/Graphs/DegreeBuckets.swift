/// Nodes sorted by a degree that only falls: the bucket array of Batagelj and Zaversnik.
///
/// Lowering a node's degree by one is a swap with the first node of its bucket, so the order stays
/// sorted at O(1) a step.
struct DegreeBuckets: ~Copyable {
  private let degrees: GraphBuffer<Int32>
  private let order: GraphBuffer<Int32>
  private let position: GraphBuffer<Int32>
  private let start: GraphBuffer<Int32>

  /// Room for nodes `0..<nodeCount` with degrees up to `degreeMax`.
  init(nodeCount: Int, degreeMax: Int) {
    degrees = GraphBuffer(repeating: 0, count: nodeCount)
    order = GraphBuffer(repeating: 0, count: nodeCount)
    position = GraphBuffer(repeating: 0, count: nodeCount)
    start = GraphBuffer(repeating: 0, count: degreeMax + 2)
  }

  /// Sorts `nodes` by their entries in `degrees`, by counting: O(nodes + greatest degree).
  func fill(_ nodes: [Int32], degrees initial: borrowing GraphBuffer<Int32>) {
    var degreeMax = 0
    for node in nodes { degreeMax = max(degreeMax, Int(initial[node])) }
    for degree in 0...(degreeMax + 1) { start[degree] = 0 }
    for node in nodes { start[initial[node] + 1] += 1 }
    for degree in 0...degreeMax { start[degree + 1] += start[degree] }
    for node in nodes {
      let slot = start[initial[node]]
      start[initial[node]] += 1
      degrees[node] = initial[node]
      place(node, at: slot)
    }
    for degree in stride(from: degreeMax, to: 0, by: -1) { start[degree] = start[degree - 1] }
    start[0] = 0
  }

  @inline(__always)
  func degree(of node: Int32) -> Int32 { degrees[node] }

  /// The node at a place of the order, which is ascending by degree.
  @inline(__always)
  func node(at place: Int) -> Int32 { order[place] }

  /// Takes one from the degree of `node`, which must be above that of the node being removed.
  @inline(__always)
  func lower(_ node: Int32) {
    let degree = degrees[node]
    let first = start[degree]
    place(order[first], at: position[node])
    place(node, at: first)
    start[degree] = first &+ 1
    degrees[node] = degree &- 1
  }

  @inline(__always)
  private func place(_ node: Int32, at slot: Int32) {
    order[slot] = node
    position[node] = slot
  }
}
