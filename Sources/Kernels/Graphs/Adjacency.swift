/// The arcs of a graph in compressed sparse row form, without weights.
///
/// The successors of node `v` are `targets[offsets[v]..<offsets[v + 1]]`.
struct Adjacency: Sendable {
  let offsets: [Int32]
  let targets: [Int32]

  var nodeCount: Int { offsets.count - 1 }

  @inline(__always)
  func arcs(of node: Int) -> Range<Int> {
    Int(offsets[node])..<Int(offsets[node + 1])
  }

  func degrees() -> [Int32] {
    (0..<nodeCount).map { offsets[$0 + 1] - offsets[$0] }
  }

  /// The tail of each arc, in the order of `targets`.
  func sources() -> [Int32] {
    var sources: [Int32] = []
    sources.reserveCapacity(targets.count)
    for node in 0..<nodeCount {
      sources.append(contentsOf: repeatElement(Int32(node), count: arcs(of: node).count))
    }
    return sources
  }

  /// Every arc reversed.
  ///
  /// Each node's list comes out ascending, since sources are met in order.
  func transposed() -> Adjacency {
    let offsets = Self.offsets(counting: targets, nodeCount: nodeCount)
    return Adjacency(
      offsets: offsets, targets: Self.scatter(sources(), by: targets, offsets: offsets))
  }
}

// MARK: - Counting sort

extension Adjacency {
  /// Where the arcs of each node begin once arcs are sorted by the node in `keys`.
  static func offsets(counting keys: [Int32], nodeCount: Int) -> [Int32] {
    var offsets = [Int32](repeating: 0, count: nodeCount + 1)
    for key in keys { offsets[Int(key) + 1] += 1 }
    for node in 0..<nodeCount { offsets[node + 1] += offsets[node] }
    return offsets
  }

  /// The `values` ordered by their keys, those of one key in the order of the input.
  static func scatter<Value: BitwiseCopyable>(
    _ values: [Value], by keys: [Int32], offsets: [Int32]
  ) -> [Value] {
    var next = offsets
    var sorted = values
    for index in keys.indices {
      let key = Int(keys[index])
      sorted[Int(next[key])] = values[index]
      next[key] += 1
    }
    return sorted
  }
}
