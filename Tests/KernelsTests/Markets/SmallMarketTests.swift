import Foundation
import Kernels
import Testing

/// Small markets by the thousand: budgets, values and supplies far apart, ties, zeros, nobody's goods.
@Suite struct SmallMarketTests {
  /// Markets that one test draws, in batches of so many.
  private static let batch: UInt64 = 250
  static let batches: [UInt64] = Array(0..<12)

  @Test(arguments: [MarketUtility.linear, .quasilinear], batches)
  func `a small market is solved exactly`(utility: MarketUtility, batch: UInt64) throws {
    for seed in batch * Self.batch..<(batch + 1) * Self.batch {
      let market = try Self.draw(seed, decades: 6)
      let answer = MarketSolver().solve(market, utility)
      let certificate = try EquilibriumCertificate(of: market, answer, utility)
      guard Self.hasTrade(market) else { continue }
      #expect(answer.status == .exact, "seed \(seed)")
      #expect(certificate.holds(within: 1e-9), "seed \(seed): \(certificate)")
    }
  }

  @Test(
    arguments: [
      MarketUtility.ces(rho: 0.9), .ces(rho: 0.1), .ces(rho: -0.2), .ces(rho: -5), .cobbDouglas,
      .leontief,
    ], batches)
  func `a small market of smooth utilities is certified`(
    utility: MarketUtility, batch: UInt64
  ) throws {
    for seed in batch * Self.batch..<(batch + 1) * Self.batch {
      let market = try Self.draw(seed, decades: 2)
      let answer = MarketSolver().solve(market, utility)
      let certificate = try EquilibriumCertificate(of: market, answer, utility)
      guard Self.hasTrade(market) else { continue }
      #expect([.exact, .converged].contains(answer.status), "seed \(seed)")
      #expect(certificate.holds(within: 1e-9), "seed \(seed): \(certificate)")
    }
  }

  /// The barrier drove the poor buyer's price of utility to 0, and the answer was NaN.
  @Test func `a buyer with a thousandth of the money does not stall the solver`() throws {
    let market = try FisherMarket(
      values: [
        [0.7014211345599255, 1.0820714793909192], [0.33496038787618865, 0.5803594155166262],
      ], budgets: [0.9704727329298002, 0.0009050698991159845])
    let answer = MarketSolver().solve(market, .quasilinear)
    #expect(answer.status == .exact)
    let certificate = try EquilibriumCertificate(of: market, answer, .quasilinear)
    #expect(certificate.holds(within: 1e-12), "\(certificate)")
    #expect(answer.prices.allSatisfy { $0 > 0 && $0.isFinite })
  }

  /// The same fault in the linear market whose third good is the kept money.
  @Test(arguments: [0.0009, 0.0015, 0.0025, 0.0035])
  func `a good that hardly anybody can pay does not stall the barrier`(supply: Double) throws {
    let market = try FisherMarket(
      values: [
        [0.7014211345599255, 1.0820714793909192, 1], [0.33496038787618865, 0.5803594155166262, 1],
      ], budgets: [0.9704727329298002, 0.0009050698991159845], supplies: [1, 1, supply])
    let answer = InteriorPoint(polish: nil).solve(market)
    #expect(answer.status == .converged)
    #expect(answer.gap <= 1e-9)
  }

  /// Mehrotra's corrector went round in circles.
  @Test func `a needy pair of poor buyers does not keep Leontief prices moving`() throws {
    let market = try FisherMarket(
      values: [[1, 0, 0, 0, 0], [0, 0, 0, 0, 1], [1, 0, 1, 0, 1], [0, 0, 1, 0, 1]],
      budgets: [
        0.5274162931999238, 0.00044840309468092857, 0.9060441985742349, 0.0009290456045742572,
      ])
    let answer = MarketSolver().solve(market, .leontief)
    #expect(answer.status == .converged)
    #expect(try EquilibriumCertificate(of: market, answer, .leontief).holds(within: 1e-9))
  }

  /// With `sigma = 1/31` a good that is plentiful by 10^6 costs some 10^-180 of the others.
  @Test func `prices of near perfect complements may lie 180 powers of 10 apart`() throws {
    let market = try FisherMarket(
      values: [[1, 1], [2, 1]], budgets: [1, 3], supplies: [1, 1e6])
    let answer = MarketSolver().solve(market, .ces(rho: -30))
    #expect(answer.status == .converged)
    #expect(answer.prices[1] / answer.prices[0] < 1e-150)
    #expect(try EquilibriumCertificate(of: market, answer, .ces(rho: -30)).holds(within: 1e-9))
  }

  /// Whether a buyer has money and wants something.
  private static func hasTrade(_ market: FisherMarket) -> Bool {
    (0..<market.buyerCount).contains { buyer in
      market.budgets[buyer] > 0 && market.pairs(of: buyer).contains { market.values[$0] > 0 }
    }
  }

  /// Up to 6 x 6; each of values, budgets and supplies even, tied, mixed or over `decades` either way.
  private static func draw(_ seed: UInt64, decades: Double) throws -> FisherMarket {
    var draw = RandomStream(seed: seed, name: "test.small").sequence()
    func count(_ draw: inout RandomSequence, _ bound: Int) -> Int {
      Int(draw.unit() * Double(bound))
    }
    func wide(_ draw: inout RandomSequence, _ decades: Double) -> Double {
      pow(10, (2 * draw.unit() - 1) * decades)
    }
    let (buyers, goods) = (1 + count(&draw, 6), 1 + count(&draw, 6))
    let (valueKind, budgetKind, supplyKind) = (
      count(&draw, 4), count(&draw, 4), count(&draw, 3)
    )
    let absence = 0.3 * Double(count(&draw, 3))
    let values = (0..<buyers).map { _ in
      (0..<goods).map { _ -> Double in
        guard draw.unit() >= absence else { return 0 }
        return switch valueKind {
        case 0: draw.unit() + 1e-3
        case 1: Double(1 + count(&draw, 3))
        case 2: wide(&draw, decades)
        default: 0.95 + 0.1 * draw.unit()
        }
      }
    }
    let budgets = (0..<buyers).map { _ -> Double in
      switch budgetKind {
      case 0: draw.unit() + 1e-6
      case 1: 1
      case 2: wide(&draw, decades)
      default: draw.unit() < 0.3 ? (draw.unit() < 0.2 ? 0 : 1e-3 * draw.unit()) : draw.unit()
      }
    }
    let supplies = (0..<goods).map { _ -> Double in
      switch supplyKind {
      case 0: 1
      case 1: draw.unit() + 0.1
      default: wide(&draw, 2)
      }
    }
    return try FisherMarket(values: values, budgets: budgets, supplies: supplies)
  }
}
