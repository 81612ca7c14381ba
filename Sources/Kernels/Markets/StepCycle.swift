/// Which steps the sweeps of proportional response take, in turn.
///
/// A sweep is a step of mirror descent on Shmyrev's program. Near the equilibrium it multiplies an
/// error of the eigenvalue `l`, between 0 and 1, by `1 - l`, and a sweep with `g` times the step by
/// `1 - g l`. One long step alone would diverge, but a cycle whose product stays within -1 and 1 does
/// not, just as in Chebyshev's iteration: `(1 - 8 l)(1 - 2 l)(1 - l)` does, and its three sweeps go as
/// far as eleven. Steps are whole numbers, so that a sweep multiplies where it would need a power.
///
/// Far from the equilibrium nothing is promised: who uses a cycle looks at the gap, and goes back to
/// a shorter one when it does not fall.
///
/// Source: Birnbaum, Devanur, Xiao, EC 2011 (mirror descent); Young, J. Math. Phys. 1953 (Chebyshev's
/// steps in Richardson's iteration).
enum StepCycle: Int {
  case plain
  case two
  case three

  /// The steps, the plain one last: after it bids answer to prices that are no leap away.
  var steps: [Int] {
    switch self {
    case .plain: [1]
    case .two: [4, 1]
    case .three: [8, 2, 1]
    }
  }

  /// The steps of a run of sweeps that nobody watches: plain at first, longer as the bids settle.
  static func warmUp(sweeps: Int) -> [Int] {
    var steps: [Int] = []
    while steps.count < sweeps {
      let cycle: StepCycle = steps.count < 4 ? .plain : steps.count < 8 ? .two : .three
      steps += cycle.steps.count <= sweeps - steps.count ? cycle.steps : [1]
    }
    return steps
  }

  var shorter: StepCycle { StepCycle(rawValue: rawValue - 1) ?? .plain }
  var longer: StepCycle { StepCycle(rawValue: rawValue + 1) ?? .three }
}
