/// Pearce's depth-first search for strongly connected components, without recursion.
///
/// `rank[v]` (Pearce's rindex) is 0 before the visit, then the smallest visiting number known to be
/// reachable from `v`, and at last the number of its component, counted down from a value above
/// every visiting number. Nodes on the path of the search and nodes that wait for the root of their
/// component are disjoint, so their two stacks grow towards each other in one buffer.
struct PearceSearch: ~Copyable {
  private let graph: Adjacency
  private let rank: GraphBuffer<Int32>
  private let isRoot: GraphBuffer<Bool>
  private let nextArc: GraphBuffer<Int32>
  private let stack: GraphBuffer<Int32>
  private var pathCount = 0
  private var waitingTop: Int
  private var visitNumber: Int32 = 1
  private var component = Int32.max

  init(_ graph: Adjacency) {
    let count = graph.nodeCount
    self.graph = graph
    rank = GraphBuffer(repeating: 0, count: count)
    isRoot = GraphBuffer(repeating: true, count: count)
    nextArc = GraphBuffer(repeating: 0, count: count)
    stack = GraphBuffer(repeating: 0, count: count)
    waitingTop = count
    for node in 0..<count where rank[node] == 0 { visit(node) }
  }

  /// A number in `0..<n` that the nodes of one component share, in no useful order.
  func component(of node: Int) -> Int { Int(Int32.max - rank[node]) }

  private mutating func visit(_ start: Int) {
    beginVisiting(start)
    while pathCount > 0 {
      let node = Int(stack[pathCount - 1])
      if let child = nextUnvisited(from: node) {
        beginVisiting(child)
      } else {
        finishVisiting(node)
      }
    }
  }

  @inline(__always)
  private mutating func beginVisiting(_ node: Int) {
    stack[pathCount] = Int32(truncatingIfNeeded: node)
    pathCount &+= 1
    rank[node] = visitNumber
    visitNumber &+= 1
    nextArc[node] = graph.offsets[node]
  }

  /// Follows the arcs of `node` up to the first unvisited head, lowering its rank by the others'.
  ///
  /// An arc to an unvisited head stays the current one: it is finished on the return from there.
  @inline(__always)
  private func nextUnvisited(from node: Int) -> Int? {
    var lowest = rank[node]
    var arc = Int(nextArc[node])
    let end = Int(graph.offsets[node + 1])
    var child: Int?
    while arc < end {
      let head = Int(graph.targets[arc])
      let headRank = rank[head]
      if headRank == 0 {
        child = head
        break
      }
      lowest = min(lowest, headRank)
      arc &+= 1
    }
    if lowest < rank[node] { lower(node, to: lowest) }
    nextArc[node] = Int32(truncatingIfNeeded: arc)
    return child
  }

  @inline(__always)
  private func lower(_ node: Int, to lowest: Int32) {
    rank[node] = lowest
    isRoot[node] = false
  }

  @inline(__always)
  private mutating func finishVisiting(_ node: Int) {
    pathCount &-= 1
    if isRoot[node] {
      closeComponent(of: node)
    } else {
      waitingTop &-= 1
      stack[waitingTop] = Int32(truncatingIfNeeded: node)
    }
  }

  /// Everything that waits with the root's visiting number or a later one belongs to the root.
  @inline(__always)
  private mutating func closeComponent(of root: Int) {
    let rootNumber = rank[root]
    while waitingTop < stack.count, rank[stack[waitingTop]] >= rootNumber {
      rank[stack[waitingTop]] = component
      waitingTop &+= 1
      visitNumber &-= 1
    }
    rank[root] = component
    visitNumber &-= 1
    component &-= 1
  }
}
