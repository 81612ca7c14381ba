/// The kernels that a microbenchmark can run.
///
/// The solver of Fisher markets and the replay of traffic are measured through their stages, which
/// do little else.
public enum KernelUnderTest: String, CaseIterable, Sendable {
  case philox
  case variates
  case permutation
  case aliasTable = "alias_table"
  case eventQueue = "event_queue"
  case messageBroker = "message_broker"
  case historicLog = "historic_log"
  case strongComponents = "strong_components"
  case coreDecomposition = "core_decomposition"
  case directedCores = "directed_cores"
  case maximumFlow = "maximum_flow"
  case inequality
  case moments
  case quantiles
  case quantileSketch = "quantile_sketch"
  case histogram
  case mannWhitney = "mann_whitney"
  case hodgesLehmann = "hodges_lehmann"
  case medianRatio = "median_ratio"
  case rankCorrelation = "rank_correlation"
  case powerLaw = "power_law"
  case receiverOperatingCurve = "receiver_operating_curve"
  case changePoints = "change_points"
  case majorityVote = "majority_vote"
  case dawidSkene = "dawid_skene"
  case committeeCapture = "committee_capture"
  case coinLedger = "coin_ledger"
  case doubleAuction = "double_auction"

  /// Runs the kernel; a number that depends on all that it did.
  func work(_ load: Workload) throws -> Double {
    switch self {
    case .philox, .variates, .permutation, .aliasTable, .eventQueue: load.drawing(self)
    case .messageBroker: load.messages()
    case .historicLog: try load.decodeLog()
    case .strongComponents, .coreDecomposition, .directedCores, .maximumFlow, .inequality:
      try load.graph(self)
    case .moments, .quantiles, .quantileSketch, .histogram, .powerLaw: load.summary(self)
    case .mannWhitney, .hodgesLehmann, .medianRatio, .rankCorrelation, .receiverOperatingCurve,
      .changePoints:
      load.comparison(self)
    case .majorityVote, .dawidSkene, .committeeCapture: try load.trust(self)
    case .coinLedger: try load.payments()
    case .doubleAuction: try load.auction()
    }
  }
}
