/// A chain in continuous time, solved slowly and plainly.
///
/// States are numbers; `moves` gives for each the states it goes to and the rates.
struct MarkovChain {
  let shares: [Double]

  /// The steady state by uniformisation; O(steps x transitions).
  init(states count: Int, steps: Int = 30_000, moves: (Int) -> [(to: Int, rate: Double)]) {
    let all = (0..<count).map(moves)
    let fastest = all.map { $0.reduce(0) { $0 + $1.rate } }.max() ?? 1
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
    shares.indices.reduce(0) { $0 + shares[$1] * value($1) }
  }
}
