/// The variables of the interior point on a market of supplies 1, as the paper names them.
///
/// Of pairs: units `x`, slack `z = p_j - beta_i v`. Of buyers: utility `u = sum v x` and the price
/// of utility `beta`. Of goods: the price `p`. All stay above 0; at the equilibrium `x z = 0`,
/// `beta u = B` and `sum x = 1`. The linear relations for `z` and `u` hold at every step.
struct BarrierIterate: ~Copyable {
  var pairs: ActivePairs
  let budgets: SolverColumn<Double>

  private(set) var units: SolverColumn<Double>
  private(set) var slacks: SolverColumn<Double>
  /// Steps of units and slacks; the former first holds the weights of the Newton matrix.
  private(set) var unitSteps: SolverColumn<Double>
  private(set) var slackSteps: SolverColumn<Double>

  let utilities: SolverColumn<Double>
  let utilityPrices: SolverColumn<Double>
  let utilitySteps: SolverColumn<Double>

  let prices: SolverColumn<Double>
  /// The part of each good's supply that is sold.
  let sold: SolverColumn<Double>
  /// A number per good for the pass at hand: 1 / p, the price step, the least slack.
  let goodScratch: SolverColumn<Double>
  let keptParts: SolverColumn<Double>

  /// Relative steps `w` of the buyers, then `y` of the goods: the right side, then the solution.
  let relativeSteps: SolverColumn<Double>

  init(_ start: MarketIterate, in market: NormalisedMarket) {
    pairs = ActivePairs(market)
    budgets = SolverColumn(market.budgets)
    let (n, m, e) = (market.buyerCount, market.goodCount, market.pairCount)
    units = SolverColumn(start.shares)
    slacks = SolverColumn(room: e)
    unitSteps = SolverColumn(room: e)
    slackSteps = SolverColumn(room: e)
    utilities = SolverColumn(repeating: 0, count: n)
    utilityPrices = SolverColumn(repeating: 0, count: n)
    utilitySteps = SolverColumn(repeating: 0, count: n)
    prices = SolverColumn(start.prices)
    sold = SolverColumn(repeating: 0, count: m)
    goodScratch = SolverColumn(repeating: 0, count: m)
    keptParts = SolverColumn(repeating: 0, count: m)
    relativeSteps = SolverColumn(repeating: 0, count: n + m)
    moveInside()
  }

  var pairCount: Int { pairs.count }

  /// Gives the memory of dropped pairs back.
  mutating func shrink() {
    pairs.shrink()
    units.shrink(to: pairCount)
    slacks.shrink(to: pairCount)
    unitSteps.shrink(to: pairCount)
    slackSteps.shrink(to: pairCount)
  }

  /// Room for all pairs of the market again.
  mutating func expand(to market: NormalisedMarket) {
    pairs.restore(from: market)
    units = SolverColumn(room: pairCount)
    slacks = SolverColumn(room: pairCount)
    unitSteps = SolverColumn(room: pairCount)
    slackSteps = SolverColumn(room: pairCount)
  }
  var buyerCount: Int { pairs.buyerCount }
  var goodCount: Int { pairs.goodCount }

  @inline(__always)
  func row(_ buyer: Int) -> Range<Int> {
    let offsets = pairs.offsets.view
    return Int(offsets[buyer])..<Int(offsets[buyer + 1])
  }

  /// Goes from shares to a point off the boundary whose goods are sold out.
  ///
  ///     x = 0.9 b / p + 0.1 / degree(j),  beta = B / u,  p = 1.1 max_i beta_i v
  private func moveInside() {
    let (goods, values, units) = (pairs.goods.view, pairs.values.view, units.view)
    let (prices, degrees, budgets) = (prices.view, goodScratch.view, budgets.view)
    let (utilities, utilityPrices) = (utilities.view, utilityPrices.view)
    degrees.fill(0)
    for pair in 0..<pairCount { degrees[goods[pair]] += 1 }
    for buyer in 0..<buyerCount {
      var utility = 0.0
      for pair in row(buyer) {
        let good = goods[pair]
        units[pair] = 0.9 * units[pair] * budgets[buyer] / prices[good] + 0.1 / degrees[good]
        utility += values[pair] * units[pair]
      }
      utilities[buyer] = utility
      utilityPrices[buyer] = budgets[buyer] / utility
    }
    prices.fill(0)
    for buyer in 0..<buyerCount {
      for pair in row(buyer) {
        let worth = 1.1 * utilityPrices[buyer] * values[pair]
        if worth > prices[goods[pair]] { prices[goods[pair]] = worth }
      }
    }
    renewSlacks()
    renewSold()
  }

  /// `z = p_j - beta_i v`.
  func renewSlacks() {
    let (goods, values, slacks) = (pairs.goods.view, pairs.values.view, slacks.view)
    let (prices, utilityPrices) = (prices.view, utilityPrices.view)
    for buyer in 0..<buyerCount {
      for pair in row(buyer) {
        slacks[pair] = prices[goods[pair]] - utilityPrices[buyer] * values[pair]
      }
    }
  }

  /// `sum_i x` of each good.
  func renewSold() {
    let (goods, units, sold) = (pairs.goods.view, units.view, sold.view)
    sold.fill(0)
    for pair in 0..<pairCount { sold[goods[pair]] += units[pair] }
  }
}
