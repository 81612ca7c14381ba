/// A chain in continuous time, solved slowly and plainly.
///
/// States are numbers; `moves` calls what it is given with each state that one goes to, and the rate.
struct MarkovChain {
  private struct Move {
    let to: Int
    let rate: Double
  }

  let shares: [Double]

  /// The steady state by uniformisation; O(steps x transitions).
  init(states count: Int, steps: Int = 30_000, moves: (Int, (Int, Double) -> Void) -> Void) {
    var all = [[Move]](repeating: [], count: count)
    for state in 0..<count { moves(state) { all[state].append(Move(to: $0, rate: $1)) } }
    let fastest = all.map { list in list.reduce(0.0) { $0 + $1.rate } }.max() ?? 1
    var now = [Double](repeating: 1 / Double(count), count: count)
    for _ in 0..<steps {
      var next = now
      for (from, list) in all.enumerated() {
        for move in list {
          let flow = now[from] * move.rate / (fastest * 1.01)
          next[from] -= flow
          next[move.to] += flow
        }
      }
      now = next
    }
    shares = now
  }

  func mean(_ value: (Int) -> Double) -> Double {
    shares.indices.reduce(0.0) { $0 + shares[$1] * value($1) }
  }
}
