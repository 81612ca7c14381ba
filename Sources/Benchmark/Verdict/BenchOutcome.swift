/// What a comparison means for whoever waits for it: the exit code of `compare` and `bench`.
public enum BenchOutcome: Int32, Sendable, Equatable {
  /// Equal, better, or undecided where that is allowed.
  case fine = 0
  case regression = 2
  /// A case is missing, a result or the work differs, or the machine with `--strict-env`.
  case notComparable = 3
  case metricOutsideTolerance = 4
  /// With `--strict`.
  case inconclusive = 5
  case noBaseline = 6
}

/// What makes a comparison fail.
public struct FailurePolicy: Sendable, Equatable {
  public enum Trigger: String, Sendable, CaseIterable {
    case regression
    /// An improvement as well: something that was not meant to change has changed.
    case change
    /// No verdict and no metric; only records that cannot be compared.
    case never
  }

  public var trigger = Trigger.regression
  /// Undecided cases fail.
  public var isStrict = false
  /// Another machine is as bad as other work.
  public var isStrictAboutMachine = false

  public init() {}
}

extension BenchComparison {
  /// The first that applies: a metric outside its tolerance, records that cannot be compared, a
  /// regression, an undecided case.
  public func outcome(by policy: FailurePolicy) -> BenchOutcome {
    let judges = policy.trigger != .never
    if judges, metrics.contains(where: { !$0.isWithin }) { return .metricOutsideTolerance }
    if !obstacles.isEmpty || rows.isEmpty { return .notComparable }
    if policy.isStrictAboutMachine, !machineDifferences.isEmpty { return .notComparable }
    guard judges else { return .fine }
    if rows.contains(where: { fails($0.verdict, policy.trigger) }) { return .regression }
    if policy.isStrict, rows.contains(where: \.verdict.isUndecided) { return .inconclusive }
    return .fine
  }

  private func fails(_ verdict: Verdict, _ trigger: FailurePolicy.Trigger) -> Bool {
    verdict == .regression || (trigger == .change && verdict == .improvement)
  }
}
