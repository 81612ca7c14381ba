/// Tails of unimodal laws on whole numbers, from the ratios of neighbouring probabilities.
///
/// Weights are built outwards from the mode and divided by their sum, so there is no logarithm of
/// a factorial to cancel: for n values the relative error is about n machine units, however small
/// the tail. O(n).
enum DiscreteTail {
  /// P(X > bound); `ratio(k)` is P(k + 1) / P(k) for k in the support but its last.
  static func above(
    _ bound: Int, support: ClosedRange<Int>, mode: Int, ratio: (Int) -> Double
  ) -> Double {
    var inTail = 0.0
    var below = 0.0
    func count(_ k: Int, _ weight: Double) {
      if k > bound { inTail += weight } else { below += weight }
    }
    count(mode, 1)
    var weight = 1.0
    for k in mode..<support.upperBound where weight > 0 {
      weight *= ratio(k)
      count(k + 1, weight)
    }
    weight = 1
    for k in (support.lowerBound..<mode).reversed() where weight > 0 {
      weight /= ratio(k)
      count(k, weight)
    }
    return inTail / (inTail + below)
  }

  /// P(X > bound) for the successes in `trials` trials of probability `p`.
  static func binomial(above bound: Int, trials: Int, p: Double) -> Double {
    precondition(trials >= 0 && p >= 0 && p <= 1)
    let mode = min(trials, Int(Double(trials + 1) * p))
    return above(bound, support: 0...trials, mode: mode) { k in
      Double(trials - k) / Double(k + 1) * (p / (1 - p))
    }
  }

  /// P(X > bound) for the marked among `draws` drawn without replacement from `population`.
  static func hypergeometric(above bound: Int, population: Int, marked: Int, draws: Int) -> Double {
    precondition(marked >= 0 && marked <= population && draws >= 0 && draws <= population)
    let first = max(0, draws + marked - population)
    let last = min(draws, marked)
    let peak = Int(Double(draws + 1) * Double(marked + 1) / Double(population + 2))
    let unmarkedLeft = population - marked - draws
    return above(bound, support: first...last, mode: min(max(peak, first), last)) { k in
      Double(marked - k) / Double(k + 1) * (Double(draws - k) / Double(unmarkedLeft + k + 1))
    }
  }
}
