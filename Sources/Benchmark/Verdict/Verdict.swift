/// What a comparison of two series says.
public enum Verdict: Sendable, Equatable {
  /// Worse: significant, the interval on the wrong side of 1, and beyond the threshold.
  case regression
  /// Better, by the same three conditions mirrored.
  case improvement
  /// The whole interval lies within the threshold.
  case equal
  /// None of these; `needed` values per program would probably decide, where that can be told.
  case inconclusive(needed: Int?)
  /// Fewer values than any verdict needs.
  case tooFew(count: Int)

  public var word: String {
    switch self {
    case .regression: "regression"
    case .improvement: "improvement"
    case .equal: "equal"
    case .inconclusive: "inconclusive"
    case .tooFew: "no verdict"
    }
  }

  /// The word, and what would help.
  public var sentence: String {
    switch self {
    case .regression, .improvement, .equal: word
    case .inconclusive(let needed?): "\(word) (n ≈ \(needed) would decide)"
    case .inconclusive(nil): "\(word) (more samples would not decide)"
    case .tooFew(let count): "\(word) (\(count) of \(VerdictRule.samplesMin) samples)"
    }
  }

  public var isUndecided: Bool {
    switch self {
    case .regression, .improvement, .equal: false
    case .inconclusive, .tooFew: true
    }
  }
}
