/// One run of proportional response: its iterate, its checkpoints and why it stopped.
struct ResponseRun: ~Copyable {
  /// Checkpoints follow one another by this factor, so that their cost stays a small part.
  private static let checkpointRatio = 1.4
  /// Above this gap the iterate says too little about the support.
  private static let polishGapMax = 1e-4
  /// Tries of the polish follow one another by this factor of sweeps.
  private static let polishRatio = 1.5

  private let settings: ProportionalResponse
  private let sweeper: ResponseSweeper
  /// Pairs are dropped below this gap, if their bang per buck is worse than the best by so many times
  /// the square root of the gap: prices are that near.
  private static let dropGapMax = 1e-2
  private static let dropScale = 6.0
  private static let droppedPairsMin = 50_000

  /// From this gap on, and no earlier, the longest cycle of steps is tried.
  private static let longCycleGapMax = 3e-2

  private var nextCheckpoint = 4
  private var mayDrop: Bool
  private var nextPolish = 0
  private var cycle = StepCycle.plain
  private var cycleMax: StepCycle
  /// The steps of the cycle that are still to be taken.
  private var stepsLeft: ArraySlice<Int> = []

  private(set) var iterate = MarketIterate(shares: [], prices: [])
  private(set) var sweeps = 0
  private(set) var history: [GapCheckpoint] = []
  private(set) var status: MarketEquilibrium.Status?

  /// The certified gap of the iterate at which it stopped, where it was measured there.
  var gap: Double? {
    let isMeasured = status == .converged || status == .sweepLimit
    return isMeasured ? history.last?.gap : nil
  }

  init(_ market: NormalisedMarket, settings: ProportionalResponse) {
    self.settings = settings
    sweeper = ResponseSweeper(market, threads: settings.threads)
    cycleMax = settings.isAccelerated ? .three : .plain
    mayDrop = market.pairCount >= Self.droppedPairsMin
    if market.isEmpty { stop(.exact) }
  }

  mutating func stop(_ status: MarketEquilibrium.Status) {
    iterate = sweeper.iterate()
    self.status = status
  }

  /// One sweep, and at a checkpoint, which is the end of a cycle, the question whether it was the last.
  mutating func advance(in market: NormalisedMarket) {
    if sweeps < settings.sweepsMax {
      sweeper.sweep(step: nextStep())
      sweeps += 1
    }
    let isLast = sweeps >= settings.sweepsMax
    guard isLast || sweeps >= nextCheckpoint && stepsLeft.isEmpty else { return }
    let gap = sweeper.gap()
    // The gap falls about like 1 / sweeps: the next look is due where it should be reached.
    let ratio = max(1.01, min(Self.checkpointRatio, gap / max(settings.gapMax, 1e-300)))
    nextCheckpoint = max(sweeps + 1, Int(Double(sweeps) * ratio))
    history.append(GapCheckpoint(iteration: sweeps, gap: gap))
    let isConverged = gap <= settings.gapMax
    if isLast || isConverged { stop(isConverged ? .converged : .sweepLimit) }
    polish(market, gap: gap)
    guard status == nil else { return }
    adapt(to: gap)
  }

  /// The next step of the cycle at hand, or the first of a new one that ends before the limit of sweeps.
  private mutating func nextStep() -> Int {
    if stepsLeft.isEmpty {
      let fits = cycle.steps.count <= settings.sweepsMax - sweeps
      stepsLeft = (fits ? cycle : .plain).steps[...]
    }
    return stepsLeft.removeFirst()
  }

  /// Longer steps and fewer pairs as long as the gap falls, which is over all pairs; else the reverse.
  private mutating func adapt(to gap: Double) {
    let last = history.dropLast().last?.gap ?? .infinity
    guard gap < 0.99 * last else {
      cycleMax = cycle.shorter
      cycle = cycleMax
      if mayDrop && last < Self.dropGapMax {
        mayDrop = false
        sweeper.restore()
      }
      return
    }
    let longest = gap < Self.longCycleGapMax ? cycleMax : .two
    cycle = cycle.rawValue < min(longest.rawValue, cycleMax.rawValue) ? cycle.longer : cycle
    if mayDrop && gap < Self.dropGapMax { sweeper.drop(beyond: Self.dropScale * gap.squareRoot()) }
  }

  /// Replaces the iterate by the equilibrium where the polish finds it.
  private mutating func polish(_ market: NormalisedMarket, gap: Double) {
    guard let polish = settings.polish else { return }
    guard status != nil || gap <= Self.polishGapMax && sweeps >= nextPolish else { return }
    nextPolish = Int(Self.polishRatio * Double(sweeps))
    let near = status == nil ? sweeper.iterate() : iterate
    guard let exact = polish.equilibrium(near: near, in: market) else { return }
    iterate = exact
    status = .exact
  }
}
