import Kernels

/// Turns evidence into a verdict and an action, and lists what a human must see (requirement N8).
struct Court {
  /// What is found of one node and done to it.
  struct Ruling {
    let verdict: Verdict
    let confidence: Double
    let action: ArbiterAction
    let needsHuman: Bool
  }

  private let parameters: Arbitration.Parameters

  init(_ parameters: Arbitration.Parameters) {
    self.parameters = parameters
  }

  /// Rules on one node; nobody is convicted who was not accused, and only convicts are acted on.
  func ruling(isAccused: Bool, votesGuilty: Int, votesCast: Int, posterior: Double) -> Ruling {
    let strength = strength(votesGuilty, votesCast, posterior)
    let isConvicted = isAccused && convicts(votesGuilty, votesCast, posterior)
    return Ruling(
      verdict: isConvicted ? .corrupt : .honest,
      confidence: isConvicted ? strength : 1 - strength,
      action: isConvicted ? action(strength) : .none,
      needsHuman: isAccused && abs(strength - bar) < parameters.humanBand)
  }

  private func strength(_ votesGuilty: Int, _ votesCast: Int, _ posterior: Double) -> Double {
    switch parameters.detector {
    case .majority: votesCast == 0 ? 0 : Double(votesGuilty) / Double(votesCast)
    case .dawidSkene: posterior
    }
  }

  private func convicts(_ votesGuilty: Int, _ votesCast: Int, _ posterior: Double) -> Bool {
    switch parameters.detector {
    case .majority: 2 * votesGuilty > votesCast
    case .dawidSkene: posterior >= parameters.threshold
    }
  }

  /// The strength of evidence at which acquittal turns into conviction.
  private var bar: Double {
    switch parameters.detector {
    case .majority: 0.5
    case .dawidSkene: parameters.threshold
    }
  }

  /// The hardest action whose threshold the strength reaches.
  private func action(_ strength: Double) -> ArbiterAction {
    switch strength {
    case parameters.expelAt...: .expel
    case parameters.suspendAt...: .suspend
    case parameters.demoteAt...: .demote
    case parameters.warnAt...: .warn
    default: .none
    }
  }
}
