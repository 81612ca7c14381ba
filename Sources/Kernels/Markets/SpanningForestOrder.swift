/// The order in which a maximum spanning forest of weighted pairs is eliminated, leaves first.
///
/// Kruskal with a filter: only the heaviest pairs, a few more than there are vertices, are sorted
/// at once; of the others those are left over whose ends they did not join, mostly none. Trees are
/// walked breadth first from goods, and the walk is reversed. Vertices are buyers, then goods.
///
/// Near O(pairs), without allocation. Source: Osipov, Sanders, Singler, "The filter-Kruskal
/// minimum spanning tree algorithm", ALENEX 2009.
struct SpanningForestOrder: ~Copyable {
  /// Pairs that are sorted at first, per vertex.
  private static let heavyPerVertex = 1.25
  /// The bits of a key that tell heavy pairs from light ones.
  private static let bucketShift: UInt32 = 19

  let buyerCount: Int
  let vertexCount: Int
  /// Vertices in the order of elimination.
  let vertices: SolverColumn<Int32>
  /// The place of each vertex in that order.
  let positions: SolverColumn<Int32>

  private var sorted: FloatKeySort
  private let bucketCounts = SolverColumn<Int32>(repeating: 0, count: 1 << 12)
  private let leaders: SolverColumn<Int32>
  private let firstArc: SolverColumn<Int32>
  private let nextArc: SolverColumn<Int32>
  private let arcHead: SolverColumn<Int32>
  private var arcCount = 0

  init(buyerCount: Int, goodCount: Int, pairCount: Int) {
    self.buyerCount = buyerCount
    vertexCount = buyerCount + goodCount
    vertices = SolverColumn(repeating: 0, count: vertexCount)
    positions = SolverColumn(repeating: 0, count: vertexCount)
    sorted = FloatKeySort(capacity: pairCount)
    leaders = SolverColumn(repeating: 0, count: vertexCount)
    firstArc = SolverColumn(repeating: 0, count: vertexCount)
    nextArc = SolverColumn(repeating: 0, count: 2 * vertexCount)
    arcHead = SolverColumn(repeating: 0, count: 2 * vertexCount)
  }

  /// Renews the order for the weights of the pairs.
  mutating func order(_ pairs: borrowing ActivePairs, by weights: ColumnView<Double>) {
    clear()
    let cut = heavyCut(pairs.count, weights)
    sorted.removeAll()
    for pair in 0..<pairs.count {
      let key = FloatKeySort.key(weights[pair])
      if key >> Self.bucketShift >= cut { sorted.append(pair, key: key) }
    }
    joinSorted(pairs)
    sorted.removeAll()
    appendLight(pairs, weights, below: cut)
    joinSorted(pairs)
    walk()
  }

  private mutating func clear() {
    arcCount = 0
    firstArc.view.fill(-1)
    positions.view.fill(-1)
    let leaders = leaders.view
    for vertex in 0..<vertexCount { leaders[vertex] = Int32(vertex) }
  }

  /// The bucket of keys from which on a pair is heavy.
  private func heavyCut(_ pairCount: Int, _ weights: ColumnView<Double>) -> UInt32 {
    let counts = bucketCounts.view
    counts.fill(0)
    for pair in 0..<pairCount {
      counts[Int(FloatKeySort.key(weights[pair]) >> Self.bucketShift)] += 1
    }
    let enough = Int32(min(Double(pairCount), Self.heavyPerVertex * Double(vertexCount)))
    var heavy: Int32 = 0
    var bucket = counts.count
    while heavy < enough && bucket > 0 {
      bucket -= 1
      heavy += counts[bucket]
    }
    return UInt32(bucket)
  }

  /// The light pairs whose ends the heavy ones did not join.
  private mutating func appendLight(
    _ pairs: borrowing ActivePairs, _ weights: ColumnView<Double>, below cut: UInt32
  ) {
    guard arcCount < 2 * (vertexCount - 1) else { return }
    let (offsets, goods) = (pairs.offsets.view, pairs.goods.view)
    for buyer in 0..<buyerCount {
      for pair in Int(offsets[buyer])..<Int(offsets[buyer + 1]) {
        let key = FloatKeySort.key(weights[pair])
        guard key >> Self.bucketShift < cut else { continue }
        guard leader(Int32(buyer)) != leader(Int32(buyerCount) + goods[pair]) else { continue }
        sorted.append(pair, key: key)
      }
    }
  }

  private mutating func joinSorted(_ pairs: borrowing ActivePairs) {
    sorted.sort()
    let (buyers, goods, leaders) = (pairs.buyers.view, pairs.goods.view, leaders.view)
    for rank in 0..<sorted.count {
      let pair = sorted.candidate(rank)
      let (buyer, good) = (buyers[pair], Int32(buyerCount) + goods[pair])
      let (a, b) = (leader(buyer), leader(good))
      guard a != b else { continue }
      leaders[a] = b
      addArc(from: buyer, to: good)
      addArc(from: good, to: buyer)
    }
  }

  /// The set that a vertex belongs to, with path halving.
  @inline(__always)
  private func leader(_ vertex: Int32) -> Int32 {
    let leaders = leaders.view
    var vertex = vertex
    while leaders[vertex] != vertex {
      leaders[vertex] = leaders[leaders[vertex]]
      vertex = leaders[vertex]
    }
    return vertex
  }

  @inline(__always)
  private mutating func addArc(from tail: Int32, to head: Int32) {
    arcHead.view[arcCount] = head
    nextArc.view[arcCount] = firstArc.view[tail]
    firstArc.view[tail] = Int32(arcCount)
    arcCount += 1
  }

  /// Breadth first from goods, which carry the excess, then reversed: leaves come first.
  private func walk() {
    let (vertices, positions) = (vertices.view, positions.view)
    var (walked, found) = (0, 0)
    for index in 0..<vertexCount {
      let root = Int32((buyerCount + index) % vertexCount)
      guard positions[root] < 0 else { continue }
      vertices[found] = root
      positions[root] = 0
      found += 1
      while walked < found {
        found = reach(from: vertices[walked], found)
        walked += 1
      }
    }
    for place in 0..<vertexCount / 2 {
      let other = vertices[place]
      vertices[place] = vertices[vertexCount - 1 - place]
      vertices[vertexCount - 1 - place] = other
    }
    for place in 0..<vertexCount { positions[vertices[place]] = Int32(place) }
  }

  @inline(__always)
  private func reach(from vertex: Int32, _ found: Int) -> Int {
    let (vertices, positions) = (vertices.view, positions.view)
    let (next, head) = (nextArc.view, arcHead.view)
    var found = found
    var arc = firstArc.view[vertex]
    while arc >= 0 {
      let neighbour = head[arc]
      if positions[neighbour] < 0 {
        positions[neighbour] = 0
        vertices[found] = neighbour
        found += 1
      }
      arc = next[arc]
    }
    return found
  }
}
