/// Conjugate gradients on a ``GroundedLaplacian``, preconditioned by its factor.
///
/// Two passes over the pairs a step. The forward substitution takes the new residual along and
/// yields `r' M^-1 r = sum_k d_k t_k^2`; so the next direction can be formed in the backward
/// substitution, and multiplied by the matrix while a vertex's pairs are still in the cache.
///
/// Source: Hestenes, Stiefel, 1952; the fusion of both passes as in Eisenstat, SISSC 1981, but
/// with the product in differences, which do not cancel.
struct ConjugateGradients: ~Copyable {
  /// Steps after which a solve ends with what it has.
  private static let stepsMax = 500

  private let residual: SolverColumn<Double>
  /// `t` of the forward substitution.
  private let forward: SolverColumn<Double>
  /// What earlier vertices pass on to later ones in the forward substitution.
  private let pending: SolverColumn<Double>
  /// What the backward substitution reads at a later vertex, side by side in one cache line.
  private let states: SolverColumn<VertexState>

  private struct VertexState: BitwiseCopyable {
    /// `z = M^-1 r`.
    var backward = 0.0
    var direction = 0.0
    /// The matrix times the direction.
    var image = 0.0
    /// The solution so far.
    var solution = 0.0
  }

  init(vertexCount: Int) {
    residual = SolverColumn(repeating: 0, count: vertexCount)
    forward = SolverColumn(repeating: 0, count: vertexCount)
    pending = SolverColumn(repeating: 0, count: vertexCount)
    states = SolverColumn(repeating: VertexState(), count: vertexCount)
  }

  /// Solves for the right side in `values`, which becomes the solution; vertices are buyers, goods.
  ///
  /// The preconditioned residual falls by the factor `tolerance`. Returns the number of steps.
  func solve(
    _ matrix: borrowing GroundedLaplacian, in order: borrowing SpanningForestOrder,
    _ values: ColumnView<Double>, tolerance: Double
  ) -> Int {
    start(order, values)
    var energy = substituteForwards(matrix, step: 0)
    guard energy > 0 else {
      values.fill(0)
      return 0
    }
    let goal = tolerance * tolerance * energy
    var ratio = 0.0
    var steps = 0
    while steps < Self.stepsMax {
      let curvature = substituteBackwards(matrix, ratio: ratio)
      let next = substituteForwards(matrix, step: energy / curvature)
      steps += 1
      guard next >= goal else { break }
      ratio = next / energy
      energy = next
    }
    finish(order, values)
    return steps
  }

  private func start(_ order: borrowing SpanningForestOrder, _ values: ColumnView<Double>) {
    let (vertices, residual) = (order.vertices.view, residual.view)
    for place in 0..<vertices.count { residual[place] = values[vertices[place]] }
    states.view.fill(VertexState())
    pending.view.fill(0)
  }

  private func finish(_ order: borrowing SpanningForestOrder, _ values: ColumnView<Double>) {
    let (vertices, states) = (order.vertices.view, states.view)
    for place in 0..<vertices.count { values[vertices[place]] = states[place].solution }
  }

  /// `x += alpha p`, `r -= alpha q`, then `t = (D + L)^-1 r`, earliest vertex first.
  ///
  /// - Returns: `r' M^-1 r`.
  private func substituteForwards(_ matrix: borrowing GroundedLaplacian, step: Double) -> Double {
    let (starts, heads, weights) = (
      matrix.rowStarts.view, matrix.heads.view, matrix.weights.view
    )
    let (pivots, pending, forward) = (matrix.inversePivots.view, pending.view, forward.view)
    let (residual, states) = (residual.view, states.view)
    var energy = 0.0
    var pair = Int(starts[0])
    for vertex in 0..<matrix.vertexCount {
      states[vertex].solution += step * states[vertex].direction
      let left = residual[vertex] - step * states[vertex].image
      residual[vertex] = left
      let sum = left + pending[vertex]
      pending[vertex] = 0
      let value = sum * pivots[vertex]
      forward[vertex] = value
      energy += sum * value
      let end = Int(starts[vertex + 1])
      while pair < end {
        pending[heads[pair]] += weights[pair] * value
        pair += 1
      }
    }
    return energy
  }

  /// `z = (I + D^-1 L')^-1 t`, `p = z + beta p` and `q = A p`, latest vertex first.
  ///
  /// - Returns: `p' A p`, as a sum of squares.
  private func substituteBackwards(_ matrix: borrowing GroundedLaplacian, ratio: Double) -> Double {
    let (starts, heads, weights) = (
      matrix.rowStarts.view, matrix.heads.view, matrix.weights.view
    )
    let (excess, pivots, forward) = (matrix.excess.view, matrix.inversePivots.view, forward.view)
    let states = states.view
    var curvature = 0.0
    var vertex = matrix.vertexCount - 1
    while vertex >= 0 {
      let row = Int(starts[vertex])..<Int(starts[vertex + 1])
      var sum = 0.0
      for pair in row { sum += weights[pair] * states[heads[pair]].backward }
      let value = forward[vertex] + sum * pivots[vertex]
      let here = value + ratio * states[vertex].direction
      states[vertex].backward = value
      states[vertex].direction = here
      var flow = excess[vertex] * here
      curvature += flow * here
      for pair in row {
        let head = heads[pair]
        let fall = here - states[head].direction
        let part = weights[pair] * fall
        flow += part
        states[head].image -= part
        curvature += part * fall
      }
      states[vertex].image = flow
      vertex -= 1
    }
    return curvature
  }
}
