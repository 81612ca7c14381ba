/// Small experiments whose runs last a fraction of a second.
enum Experiment: String, CaseIterable, Sendable {
  /// One step.
  case single
  /// Two steps, one after the other.
  case pair
  /// Two branches, one of them of four steps.
  case branches
  /// The first two steps of `branches` and one of its own.
  case relative
  /// Four cases of one step.
  case sweep
  /// One step that takes many seconds, to be ended before.
  case long

  var steps: [String] {
    switch self {
    case .single: ["population"]
    case .pair: ["population", "traffic"]
    case .branches: ["arbitration", "assessment", "crowd", "population", "traffic"]
    case .relative: ["crowd", "population", "replay"]
    case .sweep: Array(repeating: "population", count: 4)
    case .long: ["traffic"]
    }
  }

  var manifest: String {
    let head = "kcpipe: 1\nexperiment: {name: \(rawValue), seed: 3}\n"
    return head + (self == .sweep ? Self.axes : "") + "stages:\n" + stages
  }

  private var stages: String {
    switch self {
    case .single: Self.population
    case .pair: Self.population + Self.traffic
    case .branches: Self.population + Self.crowd + Self.traffic + Self.verdicts
    case .relative: Self.population + Self.crowd + Self.replay
    case .sweep: Self.caseOfSweep
    case .long: "  traffic: {uses: traffic, with: {requests: 20000000}}\n"
    }
  }

  private static let population = """
      population: {uses: population, with: {nodes: 12, clients: 50}}

    """
  private static let crowd = """
      crowd: {uses: population, with: {nodes: 9, clients: 40}}

    """
  private static let traffic = """
      traffic:
        uses: traffic
        in: {population: population, truth: population.truth}
        with: {requests: 400}

    """
  private static let verdicts = """
      arbitration: {uses: arbitration, in: {events: traffic}}
      assessment: {uses: assessment, in: {verdicts: arbitration, truth: population.truth}}
    metrics: {auc: {from: assessment, path: auc_posterior, better: higher}}

    """
  private static let replay = """
      replay: {uses: traffic, in: {population: crowd}, with: {requests: 300}}

    """
  private static let axes = """
    params: {share: 0.1}
    sweep: {grid: {share: [0.1, 0.2]}, replicates: 2}

    """
  private static let caseOfSweep = """
      population:
        uses: population
        with: {nodes: 12, clients: 50, corrupt_share: "${share}"}
    metrics: {nodes: {from: population, path: node_count}}

    """
}
