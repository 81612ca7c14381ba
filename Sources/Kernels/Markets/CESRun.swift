import Foundation

/// One run of Newton's method on a CES market of supplies 1.
struct CESRun: ~Copyable {
  private static let armijo = 1e-4
  private static let lengthMin = 1e-6
  /// A step on logarithms that has to be cut below this is the last one.
  private static let logarithmicLengthMin = 0.1
  private static let innerStepsMax = 10_000
  /// Weights, and powers of prices, whose logarithms differ by less give products of at least 1e-261.
  static let mildRange = 300.0
  /// Steps without progress after which rounding is to blame.
  private static let patience = 3

  private let settings: CESNewton
  let market: NormalisedMarket
  let elasticity: Double
  /// `alpha` of each pair, per whole supply, over the largest of its row; its logarithm where it may
  /// be too small.
  let weights: SolverColumn<Double>
  let areWeightsLogarithms: Bool
  /// The largest `log alpha` of each buyer's row.
  let rowLogs: SolverColumn<Double>
  /// `theta` of each pair at the prices of the last evaluation.
  let shares: SolverColumn<Double>

  /// `p^(1 - sigma)` of each good, over the largest of them.
  let powers: SolverColumn<Double>
  private let logPrices: SolverColumn<Double>
  private let trial: SolverColumn<Double>
  let prices: SolverColumn<Double>
  let demands: SolverColumn<Double>
  private let diagonal: SolverColumn<Double>
  private let step: SolverColumn<Double>
  private let left: SolverColumn<Double>
  private let direction: SolverColumn<Double>
  private let image: SolverColumn<Double>

  private var isLogarithmic: Bool
  private var objective = 0.0
  private var leastResidual = Double.infinity
  private var patience = Self.patience
  private(set) var residual = 0.0
  private(set) var steps = 0
  private(set) var innerSteps = 0
  private(set) var history: [GapCheckpoint] = []
  private(set) var status: MarketEquilibrium.Status?

  init(_ normalised: NormalisedMarket, of market: FisherMarket, settings: CESNewton) {
    (self.market, self.settings) = (normalised, settings)
    elasticity = 1 / (1 - settings.rho)
    isLogarithmic = settings.rho < 0
    let (pairCount, goodCount) = (normalised.pairCount, normalised.goodCount)
    weights = SolverColumn(repeating: 0, count: pairCount)
    rowLogs = SolverColumn(repeating: 0, count: normalised.buyerCount)
    powers = SolverColumn(repeating: 0, count: goodCount)
    shares = SolverColumn(repeating: 0, count: pairCount)
    logPrices = SolverColumn(repeating: 0, count: goodCount)
    trial = SolverColumn(repeating: 0, count: goodCount)
    prices = SolverColumn(repeating: 0, count: goodCount)
    demands = SolverColumn(repeating: 0, count: goodCount)
    diagonal = SolverColumn(repeating: 0, count: goodCount)
    step = SolverColumn(repeating: 0, count: goodCount)
    left = SolverColumn(repeating: 0, count: goodCount)
    direction = SolverColumn(repeating: 0, count: goodCount)
    image = SolverColumn(repeating: 0, count: goodCount)
    let least = Self.setLogWeights(
      weights.view, rowLogs.view, normalised, market, elasticity: elasticity)
    areWeightsLogarithms = !(least > -Self.mildRange)
    if !areWeightsLogarithms {
      for pair in 0..<pairCount { weights.view[pair] = exp(weights.view[pair]) }
    }
    objective = evaluate(logPrices.view)
    if normalised.isEmpty { status = .exact }
  }

  mutating func stop(_ status: MarketEquilibrium.Status) { self.status = status }

  /// Looks at the residual, and goes one Newton step unless that was the last.
  mutating func advance() {
    residual = largestResidual()
    history.append(GapCheckpoint(iteration: steps, gap: residual))
    patience = residual < 0.5 * leastResidual ? Self.patience : patience - 1
    leastResidual = min(leastResidual, residual)
    if residual <= settings.residualMax {
      status = .converged
    } else if steps >= settings.stepsMax {
      status = .stepLimit
    } else if residual < 1e-9 && patience == 0 {
      status = residual <= 1e-11 ? .converged : .stalled
    } else {
      goStep()
      steps += 1
    }
  }

  private func largestResidual() -> Double {
    let (prices, demands) = (prices.view, demands.view)
    var largest = 0.0
    for good in 0..<market.goodCount {
      largest = largerOrNaN(largest, abs(prices[good] - demands[good]) / prices[good])
    }
    return largest
  }

  /// Newton on `log d = log p s` where complements allow, else on the dual objective.
  ///
  /// Prices of complements may lie hundreds of powers of 10 apart, and logarithms of demands are
  /// nearly linear in those of prices. Where that direction does not lower the objective, the other
  /// one does.
  private mutating func goStep() {
    var slope = solveNewton()
    if isLogarithmic && !(slope < 0) {
      isLogarithmic = false
      slope = solveNewton()
    }
    let length = searchLine(slope)
    if length < Self.logarithmicLengthMin { isLogarithmic = false }
  }

  /// Solves for the Newton step; the slope of the objective along it.
  private mutating func solveNewton() -> Double {
    let (prices, demands, diagonal) = (prices.view, demands.view, diagonal.view)
    let (step, left, direction, image) = (step.view, left.view, direction.view, image.view)
    renewDiagonal()
    var energy = 0.0
    for good in 0..<market.goodCount {
      step[good] = 0
      left[good] =
        isLogarithmic
        ? demands[good] * log(demands[good] / prices[good]) : demands[good] - prices[good]
      direction[good] = left[good] / diagonal[good]
      energy += left[good] * direction[good]
    }
    let part = min(1e-2, residual) * 0.1
    let goal = part * part * energy
    for _ in 0..<Self.innerStepsMax where energy > goal {
      multiply()
      innerSteps += 1
      var curvature = 0.0
      for good in 0..<market.goodCount { curvature += direction[good] * image[good] }
      let length = energy / curvature
      var next = 0.0
      for good in 0..<market.goodCount {
        step[good] += length * direction[good]
        left[good] -= length * image[good]
        next += left[good] * left[good] / diagonal[good]
      }
      let ratio = next / energy
      energy = next
      for good in 0..<market.goodCount {
        direction[good] = left[good] / diagonal[good] + ratio * direction[good]
      }
    }
    var slope = 0.0
    for good in 0..<market.goodCount { slope += (prices[good] - demands[good]) * step[good] }
    return slope
  }

  /// What stands for `p s` in the Hessian.
  @inline(__always)
  private func worth(_ price: Double, _ demand: Double) -> Double {
    isLogarithmic ? demand : elasticity < 1 ? max(price, demand) : price
  }

  private func renewDiagonal() {
    let (shares, goods, diagonal) = (shares.view, market.goods.span, diagonal.view)
    let (prices, demands) = (prices.view, demands.view)
    for good in 0..<market.goodCount {
      diagonal[good] =
        worth(prices[good], demands[good]) + (elasticity - 1) * demands[good]
    }
    for buyer in 0..<market.buyerCount {
      let factor = (elasticity - 1) * market.budgets[buyer]
      for pair in market.pairs(of: buyer) {
        diagonal[Int(goods[pair])] -= factor * shares[pair] * shares[pair]
      }
    }
  }

  /// The Hessian times the direction.
  private func multiply() {
    let (shares, goods) = (shares.view, market.goods.span)
    let (prices, demands, direction, image) = (
      prices.view, demands.view, direction.view, image.view
    )
    for good in 0..<market.goodCount {
      let diagonal = worth(prices[good], demands[good]) + (elasticity - 1) * demands[good]
      image[good] = diagonal * direction[good]
    }
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      var sum = 0.0
      for pair in row { sum += shares[pair] * direction[Int(goods[pair])] }
      let factor = (elasticity - 1) * market.budgets[buyer] * sum
      for pair in row { image[Int(goods[pair])] -= factor * shares[pair] }
    }
  }

  /// Halves the step until the objective falls enough (Armijo); the part of it that is gone.
  private mutating func searchLine(_ slope: Double) -> Double {
    let (trial, logPrices, step) = (trial.view, logPrices.view, step.view)
    let before = objective
    var length = 1.0
    while true {
      for good in 0..<market.goodCount { trial[good] = logPrices[good] + length * step[good] }
      objective = evaluate(trial)
      let enough = before + Self.armijo * length * slope + 1e-12 * abs(before)
      if objective <= enough || length < Self.lengthMin { break }
      length /= 2
    }
    logPrices.copy(trial)
    return length
  }

  /// What supplies are worth and pairs carry, in the units and order of `original`.
  func answer(in original: FisherMarket) -> (worths: [Double], spending: [Double]) {
    var worths = Array(repeating: 0.0, count: original.goodCount)
    var spending = Array(repeating: 0.0, count: original.pairCount)
    for good in 0..<market.goodCount {
      worths[market.originalGood[good]] = prices.view[good] * market.moneyUnit
    }
    for buyer in 0..<market.buyerCount {
      for pair in market.pairs(of: buyer) {
        let money = market.budgets[buyer] * shares.view[pair]
        spending[Int(market.originalPair[pair])] = money * market.moneyUnit
      }
    }
    return (worths, spending)
  }
}
