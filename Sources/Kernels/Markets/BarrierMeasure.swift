/// How far a ``BarrierIterate`` is from the equilibrium of its pairs.
struct BarrierMeasure {
  /// The mean of `x z`.
  var barrier = 0.0
  /// The certified gap, over the pairs of the iterate.
  var gap = 0.0
  /// The largest `|B - beta u| / B` of a buyer.
  var budgetResidual = 0.0
  /// The largest `|1 - sold|` of a good.
  var clearingResidual = 0.0

  /// Whether this is good enough to stop: the gap, and every buyer and good.
  func reaches(_ goal: InteriorPoint) -> Bool {
    gap <= goal.gapMax && budgetResidual <= goal.residualMax
      && clearingResidual <= goal.residualMax
  }

  var isFinite: Bool { gap.isFinite && barrier.isFinite }
}
