import Foundation

/// One run of the interior point on a Leontief market of supplies 1 and mean price 1.
struct LeontiefRun: ~Copyable {
  private static let innerTolerance = 1e-12
  /// A price below this part of the mean, and below what is left of the good, is 0.
  private static let priceFloor = 1e-6
  /// Steps without progress after which rounding is to blame.
  private static let patience = 6
  /// From here on plain steps keep to the middle: a predictor and corrector can go round in circles.
  private static let boldStepsMax = 60
  private static let cautiousCentering = 0.5

  private let settings: LeontiefInteriorPoint
  private let market: NormalisedMarket
  /// Parts of the supply per unit of utility, of each pair.
  private let needs: SolverColumn<Double>

  private let prices: SolverColumn<Double>
  private let slacks: SolverColumn<Double>
  /// `1 - sum a u - z` of each good.
  private let residuals: SolverColumn<Double>
  private let utilities: SolverColumn<Double>
  private let curvatures: SolverColumn<Double>
  private let diagonal: SolverColumn<Double>
  private let right: SolverColumn<Double>
  private let priceSteps: SolverColumn<Double>
  private let slackSteps: SolverColumn<Double>
  private let left: SolverColumn<Double>
  private let direction: SolverColumn<Double>
  private let image: SolverColumn<Double>

  private var leastResidual = Double.infinity
  private var patience = Self.patience
  private(set) var residual = 0.0
  private(set) var steps = 0
  private(set) var innerSteps = 0
  private(set) var history: [GapCheckpoint] = []
  private(set) var status: MarketEquilibrium.Status?

  init(
    _ normalised: NormalisedMarket, of market: FisherMarket, settings: LeontiefInteriorPoint
  ) {
    (self.market, self.settings) = (normalised, settings)
    let (buyerCount, goodCount) = (normalised.buyerCount, normalised.goodCount)
    needs = SolverColumn(repeating: 0, count: normalised.pairCount)
    prices = SolverColumn(repeating: 1, count: goodCount)
    slacks = SolverColumn(repeating: 1, count: goodCount)
    residuals = SolverColumn(repeating: 0, count: goodCount)
    utilities = SolverColumn(repeating: 0, count: buyerCount)
    curvatures = SolverColumn(repeating: 0, count: buyerCount)
    diagonal = SolverColumn(repeating: 0, count: goodCount)
    right = SolverColumn(repeating: 0, count: goodCount)
    priceSteps = SolverColumn(repeating: 0, count: goodCount)
    slackSteps = SolverColumn(repeating: 0, count: goodCount)
    left = SolverColumn(repeating: 0, count: goodCount)
    direction = SolverColumn(repeating: 0, count: goodCount)
    image = SolverColumn(repeating: 0, count: goodCount)
    if normalised.isEmpty { status = .exact }
    setNeeds(of: market)
  }

  /// Relative to each buyer's largest, which is a unit of its utility.
  private func setNeeds(of original: FisherMarket) {
    for buyer in 0..<market.buyerCount {
      var largest = 0.0
      for pair in market.pairs(of: buyer) {
        let place = Int(market.originalPair[pair])
        let need = original.values[place] / original.supplies[Int(original.goods[place])]
        needs.view[pair] = need
        largest = max(largest, need)
      }
      for pair in market.pairs(of: buyer) { needs.view[pair] /= largest }
    }
  }

  mutating func stop(_ status: MarketEquilibrium.Status) { self.status = status }

  /// Looks at the residual, and goes one step unless that was the last.
  mutating func advance() {
    residual = measure()
    history.append(GapCheckpoint(iteration: steps, gap: residual))
    patience = residual < 0.5 * leastResidual ? Self.patience : patience - 1
    leastResidual = min(leastResidual, residual)
    if residual <= settings.residualMax {
      status = .converged
    } else if steps >= settings.stepsMax {
      status = .stepLimit
    } else if !residual.isFinite || patience == 0 && residual < 1e-7 {
      status = residual <= 1e-10 ? .converged : .stalled
    } else {
      step()
      steps += 1
    }
  }

  /// Whether the good will cost nothing in the answer.
  @inline(__always)
  private func isFree(_ good: Int) -> Bool {
    let (price, slack) = (prices.view[good], slacks.view[good])
    return price < Self.priceFloor && price < slack
  }

  /// Renews bundles, what is left over and the diagonal of the Hessian; the largest residual.
  ///
  /// What a buyer still pays for goods that will be free counts too: to a poor one it may be much.
  private func measure() -> Double {
    let (needs, goods) = (needs.view, market.goods.span)
    let (prices, slacks, residuals) = (prices.view, slacks.view, residuals.view)
    let (utilities, curvatures, diagonal) = (utilities.view, curvatures.view, diagonal.view)
    residuals.fill(1)
    diagonal.fill(0)
    var largest = 0.0
    for buyer in 0..<market.buyerCount {
      let (row, budget) = (market.pairs(of: buyer), market.budgets[buyer])
      var (cost, freeCost) = (0.0, 0.0)
      for pair in row {
        let good = Int(goods[pair])
        let part = needs[pair] * prices[good]
        cost += part
        if isFree(good) { freeCost += part }
      }
      largest = largerOrNaN(largest, freeCost / cost)
      let utility = budget / cost
      utilities[buyer] = utility
      curvatures[buyer] = utility / cost
      for pair in row {
        let good = Int(goods[pair])
        residuals[good] -= needs[pair] * utility
        diagonal[good] += needs[pair] * needs[pair] * curvatures[buyer]
      }
    }
    for good in 0..<market.goodCount {
      residuals[good] -= slacks[good]
      largest = largerOrNaN(largest, abs(residuals[good]))
      largest = largerOrNaN(largest, min(prices[good], slacks[good]))
    }
    return largest
  }

  private mutating func step() {
    let (prices, slacks) = (prices.view, slacks.view)
    let (priceSteps, slackSteps) = (priceSteps.view, slackSteps.view)
    var barrier = 0.0
    for good in 0..<market.goodCount { barrier += prices[good] * slacks[good] }
    barrier /= Double(market.goodCount)
    let length =
      steps < Self.boldStepsMax
      ? solvePredicted(barrier: barrier) : solveCautiously(barrier: barrier)
    for good in 0..<market.goodCount {
      prices[good] += length * priceSteps[good]
      slacks[good] += length * slackSteps[good]
    }
  }

  /// A predictor and a corrector on one matrix (Mehrotra); how far the direction may be gone.
  private mutating func solvePredicted(barrier: Double) -> Double {
    let (prices, slacks) = (prices.view, slacks.view)
    let (priceSteps, slackSteps) = (priceSteps.view, slackSteps.view)
    solve(target: 0, isCorrector: false)
    let length = longest(1)
    var reached = 0.0
    for good in 0..<market.goodCount {
      reached +=
        (prices[good] + length * priceSteps[good]) * (slacks[good] + length * slackSteps[good])
    }
    let ratio = reached / Double(market.goodCount) / barrier
    solve(target: min(1, ratio * ratio * ratio) * barrier, isCorrector: true)
    return longest(0.99)
  }

  /// A plain Newton step towards half the barrier; how far it may be gone.
  private mutating func solveCautiously(barrier: Double) -> Double {
    solve(target: Self.cautiousCentering * barrier, isCorrector: false)
    return longest(0.9)
  }

  /// The largest step that keeps prices and slacks above 0, times `part`, at most 1.
  private func longest(_ part: Double) -> Double {
    var fall = part
    for good in 0..<market.goodCount {
      fall = max(fall, -priceSteps.view[good] / prices.view[good])
      fall = max(fall, -slackSteps.view[good] / slacks.view[good])
    }
    return min(1, part / fall)
  }

  /// `(A' D A + Z / P) dp = -r + c / p`, `dz = (c - z dp) / p` with `c = target - p z - dp dz`.
  private mutating func solve(target: Double, isCorrector: Bool) {
    let (prices, slacks, residuals) = (prices.view, slacks.view, residuals.view)
    let (priceSteps, slackSteps, right) = (priceSteps.view, slackSteps.view, right.view)
    for good in 0..<market.goodCount {
      let turn = isCorrector ? priceSteps[good] * slackSteps[good] : 0
      slackSteps[good] = (target - prices[good] * slacks[good] - turn) / prices[good]
      right[good] = slackSteps[good] - (residuals[good])
      // A demand that is too large raises the price: the residual is below 0 then.
    }
    conjugateGradients()
    for good in 0..<market.goodCount {
      slackSteps[good] -= slacks[good] / prices[good] * priceSteps[good]
    }
  }

  private mutating func conjugateGradients() {
    let (right, solution, left) = (right.view, priceSteps.view, left.view)
    let (diagonal, direction, image) = (diagonal.view, direction.view, image.view)
    let (prices, slacks) = (prices.view, slacks.view)
    let count = market.goodCount
    var energy = 0.0
    for good in 0..<count {
      solution[good] = 0
      left[good] = right[good]
      direction[good] = left[good] / (diagonal[good] + slacks[good] / prices[good])
      energy += left[good] * direction[good]
    }
    let goal = Self.innerTolerance * Self.innerTolerance * energy
    for _ in 0..<max(200, 4 * count) where energy > goal {
      multiply()
      innerSteps += 1
      var curvature = 0.0
      for good in 0..<count { curvature += direction[good] * image[good] }
      let length = energy / curvature
      var next = 0.0
      for good in 0..<count {
        solution[good] += length * direction[good]
        left[good] -= length * image[good]
        next += left[good] * left[good] / (diagonal[good] + slacks[good] / prices[good])
      }
      let ratio = next / energy
      energy = next
      for good in 0..<count {
        let scaled = left[good] / (diagonal[good] + slacks[good] / prices[good])
        direction[good] = scaled + ratio * direction[good]
      }
    }
  }

  /// The matrix times the direction.
  private func multiply() {
    let (needs, goods) = (needs.view, market.goods.span)
    let (direction, image) = (direction.view, image.view)
    for good in 0..<market.goodCount {
      image[good] = slacks.view[good] / prices.view[good] * direction[good]
    }
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      var sum = 0.0
      for pair in row { sum += needs[pair] * direction[Int(goods[pair])] }
      sum *= curvatures.view[buyer]
      for pair in row { image[Int(goods[pair])] += sum * needs[pair] }
    }
  }

  /// Prices and the smallest bundles, in the units and order of `original`.
  func answer(in original: FisherMarket) -> (prices: [Double], allocations: [Double]) {
    var found = Array(repeating: 0.0, count: original.goodCount)
    var allocations = Array(repeating: 0.0, count: original.pairCount)
    for good in 0..<market.goodCount {
      let place = market.originalGood[good]
      let price = prices.view[good] * market.moneyUnit / original.supplies[place]
      found[place] = isFree(good) ? 0 : price
    }
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer).map { Int(market.originalPair[$0]) }
      let cost = row.reduce(0) {
        $0 + original.values[$1] * found[Int(original.goods[$1])] / market.moneyUnit
      }
      for pair in row { allocations[pair] = market.budgets[buyer] / cost * original.values[pair] }
    }
    return (found, allocations)
  }
}
