/// A spanning forest of wanted pairs over buyers and goods, each tree walked from a rich buyer.
///
/// Vertices are the buyers `0 ..< n`, then the goods. `order` lists the trees one after another,
/// each vertex after its parent, so walking it backwards eliminates leaves first.
struct SupportForest {
  /// All vertices, tree by tree, roots first.
  private(set) var order: [Int32] = []
  /// Where in `order` each tree begins.
  private(set) var trees: [Int] = []
  /// Parent of each vertex; -1 at a root.
  private(set) var parent: [Int32]
  /// The pair that joins each vertex to its parent; -1 at a root.
  private(set) var parentPair: [Int]

  /// The maximum spanning forest of `pairs`, which come heaviest first (Kruskal); near linear.
  ///
  /// - Parameters:
  ///   - pairs: the candidates, heaviest first.
  ///   - buyerOf: the buyer of each pair of the market.
  ///   - roots: the buyers in the order in which they may become roots. Rich ones first: what
  ///     rounding leaves at a root is then small beside its budget.
  ///   - market: the market that the pairs belong to.
  init(of pairs: [Int32], buyerOf: [Int32], roots: [Int32], in market: NormalisedMarket) {
    let vertexCount = market.buyerCount + market.goodCount
    parent = Array(repeating: -1, count: vertexCount)
    parentPair = Array(repeating: -1, count: vertexCount)
    order.reserveCapacity(vertexCount)
    var arcs = ForestArcs(vertexCount: vertexCount)
    var sets = DisjointSets(count: vertexCount)
    for pair in pairs {
      let buyer = Int(buyerOf[Int(pair)])
      let good = market.buyerCount + Int(market.goods[Int(pair)])
      if sets.unite(buyer, good) { arcs.join(buyer, good, by: Int(pair)) }
    }
    var isPlaced = Array(repeating: false, count: vertexCount)
    for root in roots where !isPlaced[Int(root)] { walk(from: root, along: arcs, &isPlaced) }
    for root in market.buyerCount..<vertexCount where !isPlaced[root] {
      walk(from: Int32(root), along: arcs, &isPlaced)
    }
  }

  /// Appends the tree of `root` in breadth-first order.
  private mutating func walk(from root: Int32, along arcs: ForestArcs, _ isPlaced: inout [Bool]) {
    var next = order.count
    trees.append(next)
    order.append(root)
    isPlaced[Int(root)] = true
    while next < order.count {
      let vertex = order[next]
      next += 1
      arcs.forEach(at: vertex) { neighbour, pair in
        guard !isPlaced[Int(neighbour)] else { return }
        isPlaced[Int(neighbour)] = true
        parent[Int(neighbour)] = vertex
        parentPair[Int(neighbour)] = pair
        order.append(neighbour)
      }
    }
  }
}

/// The arcs of a forest in both directions, as linked lists over arrays.
private struct ForestArcs {
  private var first: [Int32]
  private var next: [Int32] = []
  private var head: [Int32] = []
  private var pair: [Int32] = []

  init(vertexCount: Int) {
    first = Array(repeating: -1, count: vertexCount)
    for column in [\Self.next, \.head, \.pair] {
      self[keyPath: column].reserveCapacity(2 * vertexCount)
    }
  }

  mutating func join(_ a: Int, _ b: Int, by pair: Int) {
    append(from: a, to: b, pair)
    append(from: b, to: a, pair)
  }

  private mutating func append(from tail: Int, to head: Int, _ pair: Int) {
    next.append(first[tail])
    first[tail] = Int32(self.head.count)
    self.head.append(Int32(head))
    self.pair.append(Int32(pair))
  }

  func forEach(at vertex: Int32, _ body: (_ neighbour: Int32, _ pair: Int) -> Void) {
    var arc = first[Int(vertex)]
    while arc >= 0 {
      body(head[Int(arc)], Int(pair[Int(arc)]))
      arc = next[Int(arc)]
    }
  }
}

/// Disjoint sets with path halving.
private struct DisjointSets {
  private var leader: [Int32]

  init(count: Int) {
    leader = Array(0..<Int32(count))
  }

  private mutating func find(_ member: Int) -> Int {
    var member = member
    while Int(leader[member]) != member {
      leader[member] = leader[Int(leader[member])]
      member = Int(leader[member])
    }
    return member
  }

  /// Unites the sets of `a` and `b`; false if they were one already.
  mutating func unite(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (find(a), find(b))
    leader[x] = Int32(y)
    return x != y
  }
}
