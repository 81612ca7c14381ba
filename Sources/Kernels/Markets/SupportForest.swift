/// A spanning forest of wanted pairs over buyers and goods, each tree walked from a rich buyer.
///
/// Vertices are the buyers `0 ..< n`, then the goods. `order` lists the trees one after another,
/// each vertex after its parent, so walking it backwards eliminates leaves first. Its memory serves
/// one forest after another.
struct SupportForest: ~Copyable {
  let vertexCount: Int
  /// All vertices, tree by tree, roots first.
  let order: SolverColumn<Int32>
  /// Parent of each vertex; -1 at a root.
  let parent: SolverColumn<Int32>
  /// The pair that joins each vertex to its parent; -1 at a root.
  let parentPair: SolverColumn<Int32>
  /// Where in `order` each tree begins.
  private(set) var trees: [Int] = []

  private let leaders: SolverColumn<Int32>
  private let firstArc: SolverColumn<Int32>
  private let nextArc: SolverColumn<Int32>
  private let arcHead: SolverColumn<Int32>
  private let arcPair: SolverColumn<Int32>
  private var arcCount = 0

  init(vertexCount: Int) {
    self.vertexCount = vertexCount
    order = SolverColumn(repeating: 0, count: vertexCount)
    parent = SolverColumn(repeating: 0, count: vertexCount)
    parentPair = SolverColumn(repeating: 0, count: vertexCount)
    leaders = SolverColumn(repeating: 0, count: vertexCount)
    firstArc = SolverColumn(repeating: 0, count: vertexCount)
    nextArc = SolverColumn(repeating: 0, count: 2 * vertexCount)
    arcHead = SolverColumn(repeating: 0, count: 2 * vertexCount)
    arcPair = SolverColumn(repeating: 0, count: 2 * vertexCount)
  }

  /// The maximum spanning forest of `pairs`, which come heaviest first (Kruskal); near linear.
  ///
  /// - Parameters:
  ///   - pairs: the candidates, heaviest first.
  ///   - buyerOf: the buyer of each pair of the market.
  ///   - firstRoot: a vertex that is a root in any case, or none.
  ///   - roots: the buyers in the order in which they may become roots. Rich ones first: what
  ///     rounding leaves at a root is then small beside its budget.
  ///   - market: the market that the pairs belong to.
  mutating func grow(
    from pairs: borrowing FloatKeySort, buyerOf: ColumnView<Int32>, firstRoot: Int?,
    roots: ColumnView<Int32>, in market: NormalisedMarket
  ) {
    clear()
    let leaders = leaders.view
    let goods = market.goods.span
    for rank in 0..<pairs.count {
      let pair = pairs.candidate(rank)
      let (buyer, good) = (buyerOf[pair], Int32(market.buyerCount) + goods[pair])
      let (a, b) = (leader(buyer), leader(good))
      guard a != b else { continue }
      leaders[a] = b
      addArc(from: buyer, to: good, by: Int32(pair))
      addArc(from: good, to: buyer, by: Int32(pair))
    }
    walk(from: firstRoot, roots, buyerCount: market.buyerCount)
  }

  private mutating func clear() {
    trees.removeAll(keepingCapacity: true)
    arcCount = 0
    firstArc.view.fill(-1)
    parentPair.view.fill(-1)
    // No parent yet: not even that of a root.
    parent.view.fill(-2)
    let leaders = leaders.view
    for vertex in 0..<vertexCount { leaders[vertex] = Int32(vertex) }
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
  private mutating func addArc(from tail: Int32, to head: Int32, by pair: Int32) {
    arcHead.view[arcCount] = head
    arcPair.view[arcCount] = pair
    nextArc.view[arcCount] = firstArc.view[tail]
    firstArc.view[tail] = Int32(arcCount)
    arcCount += 1
  }

  private mutating func walk(
    from firstRoot: Int?, _ roots: ColumnView<Int32>, buyerCount: Int
  ) {
    var found = 0
    if let firstRoot {
      trees.append(0)
      found = walkTree(of: Int32(firstRoot), from: 0)
    }
    for index in 0..<vertexCount {
      let root = index < buyerCount ? roots[index] : Int32(index)
      guard parent.view[root] == -2 else { continue }
      trees.append(found)
      found = walkTree(of: root, from: found)
    }
  }

  /// Lists the tree of `root` in breadth-first order from the place `start`; its end.
  private func walkTree(of root: Int32, from start: Int) -> Int {
    let (order, parent, parentPair) = (order.view, parent.view, parentPair.view)
    let (firstArc, nextArc, arcHead, arcPair) = (
      firstArc.view, nextArc.view, arcHead.view, arcPair.view
    )
    order[start] = root
    parent[root] = -1
    var (walked, found) = (start, start + 1)
    while walked < found {
      let vertex = order[walked]
      walked += 1
      var arc = firstArc[vertex]
      while arc >= 0 {
        let neighbour = arcHead[arc]
        if parent[neighbour] == -2 {
          parent[neighbour] = vertex
          parentPair[neighbour] = arcPair[arc]
          order[found] = neighbour
          found += 1
        }
        arc = nextArc[arc]
      }
    }
    return found
  }
}
