/// The slow, clear maximum flow: shortest augmenting paths in a matrix of residuals.
struct EdmondsKarp {
  private(set) var value: Int64 = 0
  private var residual: [[Int64]]

  init(_ arcs: RandomArcs, from source: Int, to sink: Int) {
    let row = [Int64](repeating: 0, count: arcs.nodeCount)
    residual = Array(repeating: row, count: arcs.nodeCount)
    for arc in arcs.arcs {
      residual[Int(arcs.tails[arc])][Int(arcs.heads[arc])] += arcs.weights[arc]
    }
    while let path = shortestPath(from: source, to: sink) { augment(path) }
  }

  /// Whether each node can still send something to `sink`.
  func reaches(_ sink: Int) -> [Bool] {
    residual.indices.map { $0 == sink || shortestPath(from: $0, to: sink) != nil }
  }

  private func shortestPath(from source: Int, to sink: Int) -> [Int]? {
    var parent = [Int](repeating: -1, count: residual.count)
    parent[source] = source
    var queue = [source]
    var next = 0
    while next < queue.count, parent[sink] < 0 {
      let node = queue[next]
      next += 1
      for head in residual.indices where parent[head] < 0 && residual[node][head] > 0 {
        parent[head] = node
        queue.append(head)
      }
    }
    guard parent[sink] >= 0 else { return nil }
    var path = [sink]
    while let first = path.last, first != source { path.append(parent[first]) }
    return path.reversed()
  }

  private mutating func augment(_ path: [Int]) {
    let steps = zip(path, path.dropFirst())
    let amount = steps.map { residual[$0][$1] }.min() ?? 0
    for (tail, head) in steps {
      residual[tail][head] -= amount
      residual[head][tail] += amount
    }
    value += amount
  }
}
