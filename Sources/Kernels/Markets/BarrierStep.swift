/// What one Newton direction allows, and what a full step along it would do to the barrier.
struct BarrierStep {
  /// The largest relative fall of a unit or a utility, per length of the step.
  var unitFall = 0.0
  /// The largest relative fall of a slack or a price, per length of the step.
  var slackFall = 0.0
  /// `sum z dx`, `sum x dz` and `sum dx dz`.
  var unitLinear = 0.0
  var slackLinear = 0.0
  var quadratic = 0.0

  /// The largest step that keeps units and utilities at or above 0, at most 1.
  var unitLength: Double { 1 / max(1, unitFall) }
  /// The largest step that keeps slacks and prices at or above 0, at most 1.
  var slackLength: Double { 1 / max(1, slackFall) }
}
