import Foundation

/// One run of the interior point: its iterate, its checkpoints and why it stopped.
struct BarrierRun: ~Copyable {
  /// A gap below which the barrier cannot bring the iterate any nearer in double precision.
  private static let gapFloor = 1e-13
  private static let barrierFloor = 1e-19
  /// Below this gap the best iterate is kept.
  private static let keepGapMax = 1e-9
  /// Above this gap the iterate says too little about the support.
  private static let polishGapMax = 1e-6
  /// The gap falls by this factor from one try of the polish to the next.
  private static let polishRatio = 0.03
  /// Slack that a pair must exceed to be dropped, as a multiple of the square root of the gap: prices
  /// are that near.
  private static let dropScale = 6.0
  private static let dropGapMax = 3e-2
  /// A step that gets no further than this was led astray by its turn, and is replaced.
  private static let turnLengthMin = 0.1
  /// A step that gets no further than this leads nowhere.
  private static let lengthMin = 1e-8
  /// The least centering of a step without a turn.
  private static let straightCentering = 0.3
  /// How well the predictor is solved, which only chooses the centering.
  private static let predictorTolerance = 1e-2

  private let settings: InteriorPoint
  private let market: NormalisedMarket
  private var iterate: BarrierIterate
  private var order: SpanningForestOrder
  private var matrix: GroundedLaplacian
  private let solver: ConjugateGradients

  private var polishBelow = Self.polishGapMax
  private var mayDrop = true
  /// How much of the last direction was gone.
  private var length = 1.0
  /// The best iterate near the end, where rounding may spoil a later one.
  private var best: (iterate: MarketIterate, gap: Double)?

  private(set) var steps = 0
  private(set) var innerSteps = 0
  private(set) var history: [GapCheckpoint] = []
  private(set) var status: MarketEquilibrium.Status?
  private(set) var answer: MarketIterate?

  init(_ market: NormalisedMarket, settings: InteriorPoint) {
    (self.market, self.settings) = (market, settings)
    iterate = BarrierIterate(Self.start(market, sweeps: settings.sweeps), in: market)
    let vertexCount = market.buyerCount + market.goodCount
    order = SpanningForestOrder(
      buyerCount: market.buyerCount, goodCount: market.goodCount, pairCount: market.pairCount)
    matrix = GroundedLaplacian(vertexCount: vertexCount, pairCount: market.pairCount)
    solver = ConjugateGradients(vertexCount: vertexCount)
  }

  private static func start(_ market: NormalisedMarket, sweeps: Int) -> MarketIterate {
    let sweeper = ResponseSweeper(market)
    for step in StepCycle.warmUp(sweeps: sweeps) { sweeper.sweep(step: step) }
    return sweeper.iterate()
  }

  /// Ends the run with the iterate at hand, or with a better one from before.
  mutating func stop(_ status: MarketEquilibrium.Status) {
    self.status = status
    if status != .exact { answer = best?.iterate ?? current() }
  }

  /// Looks at the iterate, and goes one step unless that was the last.
  mutating func advance() {
    let measure = iterate.measure()
    history.append(GapCheckpoint(iteration: steps, gap: measure.gap))
    if measure.gap < min(Self.keepGapMax, best?.gap ?? .infinity) {
      best = (current(), measure.gap)
    }
    decide(measure)
    guard status == nil else { return }
    step(measure)
    steps += 1
  }

  private mutating func decide(_ measure: BarrierMeasure) {
    let isAtFloor = max(measure.gap, measure.barrier) < Self.gapFloor
    let isStuck =
      !measure.isFinite || isAtFloor || measure.barrier < Self.barrierFloor
      || length < Self.lengthMin
      || measure.gap > 1e3 * (best?.gap ?? .infinity)
    let isAtLimit = steps >= settings.stepsMax
    let isConverged = measure.reaches(settings)
    guard isStuck || isAtLimit || isConverged || measure.gap <= polishBelow else { return }
    polishBelow = measure.gap * Self.polishRatio
    if polish() { return stop(.exact) }
    guard isStuck || isAtLimit || isConverged else { return }
    let isProved = current().certifiedGap(in: market) <= settings.gapMax
    let isPartial = mayDrop && iterate.pairCount < market.pairCount
    if isConverged && isProved {
      stop(.converged)
    } else if isAtLimit {
      stop(.stepLimit)
    } else if isPartial && measure.isFinite && !isProved {
      restore(measure)
    } else if isStuck {
      stop(.stalled)
    }
  }

  /// A dropped pair was needed after all.
  private mutating func restore(_ measure: BarrierMeasure) {
    mayDrop = false
    best = nil
    iterate.restore(from: market, barrier: measure.barrier)
    _ = iterate.measure()
  }

  /// The iterate as shares and prices, which sum to the money.
  private func current() -> MarketIterate {
    var prices = iterate.prices.view.array(count: market.goodCount)
    let scale = Double(market.goodCount) / prices.reduce(0, +)
    for good in prices.indices { prices[good] *= scale }
    return MarketIterate(shares: iterate.shares(in: market), prices: prices)
  }

  private mutating func polish() -> Bool {
    guard let polish = settings.polish else { return false }
    let rough = best?.iterate ?? current()
    guard let exact = polish.equilibrium(near: rough, in: market) else { return false }
    answer = exact
    return true
  }

  /// A predictor and a corrector on one matrix (Mehrotra).
  ///
  /// The corrector counts on the predictor's `du dbeta` and `dx dz`. Where a buyer's price of utility
  /// would change by a large factor they are far off, and the corrector may hardly move or drive that
  /// price to 0; then a plain Newton step towards a higher barrier takes its place.
  private mutating func step(_ measure: BarrierMeasure) {
    let weights = iterate.unitSteps.view
    order.order(iterate.pairs, by: weights)
    matrix.resize(to: iterate.pairCount)
    matrix.assemble(iterate.pairs, order, weights: weights, goodExcess: iterate.goodExcess())
    let tolerance = min(max(measure.barrier, 1e-10), 1e-3)

    iterate.setPredictor()
    innerSteps += solver.solve(
      matrix, in: order, iterate.relativeSteps.view,
      tolerance: max(tolerance, Self.predictorTolerance))
    let predictor = iterate.takePredictor()

    let sigma = centering(predictor, barrier: measure.barrier)
    iterate.setCorrector(target: measure.barrier * sigma)
    length = solveLength(measure, tolerance)
    if length < Self.turnLengthMin {
      iterate.setStraight(target: measure.barrier * max(sigma, Self.straightCentering))
      length = solveLength(measure, tolerance)
    }
    iterate.advance(by: length)
    let slackMax = Self.dropScale * measure.gap.squareRoot()
    if mayDrop && measure.gap < Self.dropGapMax { _ = iterate.drop(beyond: slackMax) }
  }

  /// Solves for the right side at hand, and says how far its direction may be gone.
  private mutating func solveLength(_ measure: BarrierMeasure, _ tolerance: Double) -> Double {
    innerSteps += solver.solve(matrix, in: order, iterate.relativeSteps.view, tolerance: tolerance)
    let step = iterate.takeCorrector()
    let damping = max(0.99, 1 - measure.barrier)
    return min(1, damping / max(step.unitFall, step.slackFall))
  }

  /// `sigma = (mu after the predictor / mu)^3`.
  private func centering(_ predictor: BarrierStep, barrier: Double) -> Double {
    let (a, b) = (predictor.unitLength, predictor.slackLength)
    let count = Double(iterate.pairCount)
    let left = barrier + (a * predictor.unitLinear + b * predictor.slackLinear) / count
    let reached = (left + a * b * predictor.quadratic / count) / barrier
    return min(1, max(0, reached * reached * reached))
  }
}
