extension SparseGraph {
  /// Number of arcs that leave `node`: O(1).
  public func outDegree(of node: Int) -> Int { Int(offsets[node + 1] - offsets[node]) }

  /// Number of arcs that leave each node: O(n).
  public func outDegrees() -> [Int32] { adjacency.degrees() }

  /// Number of arcs that enter each node: O(n + m).
  public func inDegrees() -> [Int32] {
    var degrees = [Int32](repeating: 0, count: nodeCount)
    for head in targets { degrees[Int(head)] += 1 }
    return degrees
  }

  /// What each node pays and receives in all: O(n + m).
  public func strengths() -> NodeStrengths {
    var out = [Int64](repeating: 0, count: nodeCount)
    var into = out
    for node in 0..<nodeCount {
      for arc in Int(offsets[node])..<Int(offsets[node + 1]) {
        out[node] += weights[arc]
        into[Int(targets[arc])] += weights[arc]
      }
    }
    return NodeStrengths(out: out, in: into)
  }
}
