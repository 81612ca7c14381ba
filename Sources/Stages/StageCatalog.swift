import Kernels
public import Pipeline

/// Every stage that a manifest may name.
///
/// A new stage is one folder, and one line here; the folder is named after the type.
public let stageCatalog = StageCatalog([
  describe(Population.self),
  describe(Traffic.self),
  describe(Messaging.self),
  describe(Ledger.self),
  describe(Trading.self),
  describe(MoneyFlow.self),
  describe(Arbitration.self),
  describe(Assessment.self),
  describe(Equilibrium.self),
  describe(Process.self),
  describe(Relay.self),
  describe(Microbenchmark.self),
  describe(Arrivals.self),
  describe(Queueing.self),
  describe(Causality.self),
  describe(Validation.self),
])

/// Versions of what computes besides our own code; part of every key.
public let computingLibraries = ["swift": CodeFingerprint.compiler, "gsl": gslLibraryVersion]

/// A digest of all sources of this program.
public let buildIdentity = CodeFingerprint.build

private func describe<S: Stage>(_ stage: S.Type) -> StageDescription {
  // `String(describing:)` would search all conformances of the program, for each stage.
  let folder = _typeName(stage, qualified: false)
  guard let code = CodeFingerprint.results[folder], let report = CodeFingerprint.reports[folder]
  else { preconditionFailure("the stage \(folder) must live in Sources/Stages/\(folder)") }
  return StageDescription(stage, codeFingerprint: code, reportFingerprint: report)
}

/// Mean, standard deviation and Student's 95 % interval, for the replicates of a sweep.
@Sendable public func replicateInterval(_ sample: [Double]) -> Spread {
  let moments = RunningMoments(sample)
  return Spread(
    mean: moments.mean, standardDeviation: moments.variance.squareRoot(),
    halfWidth: MeanInterval(moments).halfWidth)
}
