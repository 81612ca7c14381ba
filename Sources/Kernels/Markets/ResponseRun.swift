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

  private var nextCheckpoint = 4
  private var mayDrop: Bool
  private var nextPolish = 0

  private(set) var iterate: MarketIterate
  private(set) var sweeps = 0
  private(set) var history: [GapCheckpoint] = []
  private(set) var status: MarketEquilibrium.Status?

  init(_ market: NormalisedMarket, settings: ProportionalResponse) {
    self.settings = settings
    sweeper = ResponseSweeper(market, threads: settings.threads)
    iterate = sweeper.iterate()
    mayDrop = market.pairCount >= Self.droppedPairsMin
    if market.isEmpty { status = .exact }
  }

  mutating func stop(_ status: MarketEquilibrium.Status) {
    iterate = sweeper.iterate()
    self.status = status
  }

  /// One sweep, and at a checkpoint the question whether it was the last.
  mutating func advance(in market: NormalisedMarket) {
    if sweeps < settings.sweepsMax {
      sweeper.sweep()
      sweeps += 1
    }
    let isLast = sweeps >= settings.sweepsMax
    guard isLast || sweeps >= nextCheckpoint else { return }
    iterate = sweeper.iterate()
    let gap = iterate.certifiedGap(in: market)
    // The gap falls about like 1 / sweeps: the next look is due where it should be reached.
    let ratio = max(1.01, min(Self.checkpointRatio, gap / max(settings.gapMax, 1e-300)))
    nextCheckpoint = max(sweeps + 1, Int(Double(sweeps) * ratio))
    history.append(GapCheckpoint(iteration: sweeps, gap: gap))
    let isConverged = gap <= settings.gapMax
    if isLast || isConverged { status = isConverged ? .converged : .sweepLimit }
    polish(market, gap: gap)
    dropIdlePairs(gap)
  }

  /// Drops pairs that carry nothing; all come back when the gap, which is over all, ceases to fall.
  private mutating func dropIdlePairs(_ gap: Double) {
    guard mayDrop, status == nil, gap < Self.dropGapMax else { return }
    if let last = history.dropLast().last, last.gap < Self.dropGapMax, gap > 0.99 * last.gap {
      mayDrop = false
      sweeper.restore()
    } else {
      sweeper.drop(beyond: Self.dropScale * gap.squareRoot())
    }
  }

  /// Replaces the iterate by the equilibrium where the polish finds it.
  private mutating func polish(_ market: NormalisedMarket, gap: Double) {
    guard let polish = settings.polish else { return }
    guard status != nil || gap <= Self.polishGapMax && sweeps >= nextPolish else { return }
    nextPolish = Int(Self.polishRatio * Double(sweeps))
    guard let exact = polish.equilibrium(near: iterate, in: market) else { return }
    iterate = exact
    status = .exact
  }
}
