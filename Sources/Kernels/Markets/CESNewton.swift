/// Newton's method on log prices for Fisher markets with CES utilities of either sign of `rho`.
///
///     let answer = CESNewton(rho: 0.5).solve(market)
///
/// With `sigma = 1 / (1 - rho)` and `alpha = a^sigma` a buyer spends the shares `theta` of its
/// budget, and the prices minimise the dual of the Eisenberg-Gale program:
///
///     theta_ij = alpha_ij p_j^(1-sigma) / sum_k alpha_ik p_k^(1-sigma),  d_j = sum_i B_i theta_ij
///     D(pi) = sum_j s_j e^pi_j - sum_i B_i log e_i,  log e_i = log(sum_k ...) / (1 - sigma)
///     gradient p s - d,   Hessian diag(p s) + (sigma - 1)(diag(d) - Theta' diag(B) Theta)
///
/// Where `sigma < 1` the Hessian takes `max(p s, d)` for `p s`, which keeps it positive definite and
/// changes nothing in the limit. Conjugate gradients with the diagonal as preconditioner, a line
/// search by Armijo. Some five steps; O(pairs) each, without allocation.
///
/// Source: Chen, Deng, Sun, Yao, "Fisher equilibrium price with a class of concave utility
/// functions", ESA 2004; Nocedal, Wright, "Numerical optimization", algorithm 7.1.
public struct CESNewton: Sendable, Equatable {
  /// The exponent: below 1, and not 0, where Cobb-Douglas is the limit.
  public let rho: Double
  /// The largest part of a supply by which demand may miss it at the end.
  public var residualMax: Double
  /// The number of Newton steps after which the iteration ends anyway.
  public var stepsMax: Int

  public init(rho: Double, residualMax: Double = 1e-13, stepsMax: Int = 200) {
    precondition(rho < 1 && rho != 0, "rho is below 1 and not 0")
    self.rho = rho
    self.residualMax = residualMax
    self.stepsMax = stepsMax
  }

  /// Prices and bundles of `market`, whose values are the weights `a`.
  ///
  /// - Parameters:
  ///   - market: weights, budgets, supplies.
  ///   - isCancelled: asked before each step; once true, the iterate at hand is returned.
  /// - Returns: prices and bundles in the market's units, with a status and the residual as gap.
  public func solve(
    _ market: FisherMarket, isCancelled: () -> Bool = { false }
  ) -> MarketEquilibrium {
    let normalised = NormalisedMarket(market)
    var run = CESRun(normalised, of: market, settings: self)
    while run.status == nil {
      if isCancelled() { run.stop(.cancelled) } else { run.advance() }
    }
    let (worths, spending) = run.answer(in: market)
    return MarketEquilibrium(
      of: market, worths: worths, spending: spending, .ces(rho: rho), steps: run.steps,
      innerSteps: run.innerSteps, history: run.history, gap: run.residual,
      status: run.status ?? .stalled)
  }
}
