/// A proof in exact fractions that prices are the equilibrium of a small linear market.
///
///     let answer = InteriorPoint().solve(market)
///     let proof = RationalCertificate(of: market, near: answer)
///     proof.isProved     // every condition holds with equality or inequality, without rounding
///     proof.prices       // 4/3, 2/3
///
/// Of an answer only the support is taken: which pairs carry money, and how much on those that close
/// cycles. Prices then follow from equal bang per buck along a spanning forest of the support, and
/// bids from eliminating its leaves. Proved are: no bid is below 0, every budget is spent, every good
/// earns its worth, and no pair offers more than its buyer's support. That is an equilibrium.
///
/// Numbers grow with the depth of the trees: for markets of some thousand pairs.
public struct RationalCertificate: Sendable {
  public let isProved: Bool
  /// The exact price of each good; none where nothing is proved.
  public let prices: [Rational]
  /// Pairs in the spanning forest of the support.
  public private(set) var supportPairs = 0
  /// Trees of that forest.
  public private(set) var components = 0

  /// - Parameters:
  ///   - market: a linear market.
  ///   - answer: an equilibrium of it in doubles, by whatever method.
  ///   - exact: the market's numbers, where they are not those decimals.
  public init(
    of market: FisherMarket, near answer: MarketEquilibrium, exact: RationalMarket? = nil
  ) {
    var forest = RationalForest(market, exact ?? RationalMarket(market), spending: answer.spending)
    forest.solve()
    isProved = forest.isEquilibrium()
    prices = isProved ? forest.prices : []
    supportPairs = forest.joined
    components = forest.roots.count
  }
}
