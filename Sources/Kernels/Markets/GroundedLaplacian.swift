/// The matrix of a Newton step: a bipartite graph Laplacian with an excess on the diagonal, and its
/// incomplete factor, both in the order in which a maximum spanning forest is eliminated.
///
///     (L y)_k = ex_k y_k + sum_l a_kl (y_k - y_l)
///
/// Each pair is stored once, at its earlier vertex. The factor is MIC(0): row sums are kept, level-0
/// fill falls on the diagonal only as the graph is bipartite, and the forest part is exact. Nothing
/// is subtracted, so nothing cancels, however far the weights are apart:
///
///     S_k = sum of weights to later vertices,  d_k = S_k + ex_k,  ex_l += a_kl ex_k / d_k
///
/// As the barrier falls the weights concentrate on a forest, and a solve ends within three steps.
/// O(pairs) time and memory. Source: Gustafsson, "A class of first order factorization methods",
/// BIT 1978; Vaidya's spanning tree preconditioners, in Spielman, Teng, SIMAX 2014.
struct GroundedLaplacian: ~Copyable {
  let vertexCount: Int
  /// Where each vertex's pairs to later vertices begin.
  let rowStarts: SolverColumn<Int32>
  /// The later vertex of each pair.
  private(set) var heads: SolverColumn<Int32>
  private(set) var weights: SolverColumn<Double>
  let excess: SolverColumn<Double>
  /// 1 / d_k.
  let inversePivots: SolverColumn<Double>

  init(vertexCount: Int, pairCount: Int) {
    self.vertexCount = vertexCount
    rowStarts = SolverColumn(repeating: 0, count: vertexCount + 2)
    heads = SolverColumn(room: pairCount)
    weights = SolverColumn(room: pairCount)
    excess = SolverColumn(repeating: 0, count: vertexCount)
    inversePivots = SolverColumn(repeating: 0, count: vertexCount)
  }

  /// Makes room for so many pairs and no more.
  mutating func resize(to pairCount: Int) {
    guard pairCount != heads.count else { return }
    heads = SolverColumn(room: pairCount)
    weights = SolverColumn(room: pairCount)
  }

  /// Lays out the pairs in the order of elimination, by counting, and factors the matrix.
  ///
  /// The weights are the `a` of the pairs; the excess of a good is the money spent on it, buyers
  /// have none.
  func assemble(
    _ pairs: borrowing ActivePairs, _ order: borrowing SpanningForestOrder,
    weights pairWeights: ColumnView<Double>, goodExcess: ColumnView<Double>
  ) {
    let (positions, next) = (order.positions.view, rowStarts.view)
    let (heads, weights) = (heads.view, weights.view)
    let (offsets, goods) = (pairs.offsets.view, pairs.goods.view)
    next.fill(0)
    for buyer in 0..<pairs.buyerCount {
      let here = positions[buyer]
      for pair in Int(offsets[buyer])..<Int(offsets[buyer + 1]) {
        let there = positions[pairs.buyerCount + Int(goods[pair])]
        next[Int(min(here, there)) + 2] += 1
      }
    }
    for vertex in 0..<vertexCount { next[vertex + 2] += next[vertex + 1] }
    for buyer in 0..<pairs.buyerCount {
      let here = positions[buyer]
      for pair in Int(offsets[buyer])..<Int(offsets[buyer + 1]) {
        let there = positions[pairs.buyerCount + Int(goods[pair])]
        let first = Int(min(here, there)) + 1
        heads[next[first]] = max(here, there)
        weights[next[first]] = pairWeights[pair]
        next[first] += 1
      }
    }
    place(goodExcess, positions, buyerCount: pairs.buyerCount)
    factor()
  }

  private func place(
    _ goodExcess: ColumnView<Double>, _ positions: ColumnView<Int32>, buyerCount: Int
  ) {
    let excess = excess.view
    excess.fill(0)
    for good in 0..<goodExcess.count { excess[positions[buyerCount + good]] = goodExcess[good] }
  }

  private func factor() {
    let (starts, heads, weights) = (rowStarts.view, heads.view, weights.view)
    let pivots = inversePivots.view
    pivots.copy(excess.view)
    for vertex in 0..<vertexCount {
      let row = Int(starts[vertex])..<Int(starts[vertex + 1])
      var sum = 0.0
      for pair in row { sum += weights[pair] }
      let excess = pivots[vertex]
      let inverse = 1 / (sum + excess)
      let part = excess * inverse
      if part > 0 { for pair in row { pivots[heads[pair]] += weights[pair] * part } }
      pivots[vertex] = inverse
    }
  }
}
