import Kernels
import Testing

@Suite struct FisherMarketTests {
  @Test func `a matrix becomes compressed rows without its zeros`() throws {
    let market = try FisherMarket(values: [[2, 0, 1], [0, 0, 0]], budgets: [1, 1])
    #expect(market.offsets == [0, 2, 2])
    #expect(market.goods == [0, 2])
    #expect(market.values == [2, 1])
    #expect(market.supplies == [1, 1, 1])
    #expect(market.matrix(market.values) == [[2, 0, 1], [0, 0, 0]])
  }

  @Test func `compressed rows and a matrix make the same market`() throws {
    let rows = try FisherMarket(
      offsets: [0, 2, 3], goods: [0, 1, 1], values: [1, 2, 3], budgets: [4, 5], supplies: [1, 1])
    #expect(try rows == FisherMarket(values: [[1, 2], [0, 3]], budgets: [4, 5]))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, -1])
  func `a value that is no amount is named with buyer and good`(value: Double) {
    #expect {
      try FisherMarket(values: [[1, 1], [1, value]], budgets: [1, 1])
    } throws: { error in
      guard case MarketError.invalidValue(buyer: 1, good: 1, let found) = error else {
        return false
      }
      return found.bitPattern == value.bitPattern
    }
  }

  @Test(arguments: [Double.nan, .infinity, -1])
  func `a budget that is no amount is named with its buyer`(budget: Double) {
    #expect {
      try FisherMarket(values: [[1], [1]], budgets: [1, budget])
    } throws: { error in
      if case MarketError.invalidBudget(buyer: 1, _) = error { true } else { false }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -1, 0])
  func `a supply that is not above 0 is named with its good`(supply: Double) {
    #expect {
      try FisherMarket(values: [[1, 1]], budgets: [1], supplies: [1, supply])
    } throws: { error in
      if case MarketError.invalidSupply(good: 1, _) = error { true } else { false }
    }
  }

  @Test func `wrong shapes are facts`() {
    #expect(throws: MarketError.noBuyers) { try FisherMarket(values: [], budgets: []) }
    #expect(throws: MarketError.noGoods) { try FisherMarket(values: [[]], budgets: [1]) }
    #expect(throws: MarketError.wrongRowLength(buyer: 1, expected: 2, found: 1)) {
      try FisherMarket(values: [[1, 1], [1]], budgets: [1, 1])
    }
    #expect(throws: MarketError.wrongCount(of: .budgets, expected: 1, found: 2)) {
      try FisherMarket(values: [[1, 1]], budgets: [1, 1])
    }
    #expect(throws: MarketError.wrongCount(of: .supplies, expected: 2, found: 1)) {
      try FisherMarket(values: [[1, 1]], budgets: [1], supplies: [1])
    }
  }

  @Test func `broken compressed rows are facts`() {
    func market(_ offsets: [Int], _ goods: [Int32]) throws -> FisherMarket {
      try FisherMarket(
        offsets: offsets, goods: goods, values: goods.map { _ in 1 }, budgets: [1, 1],
        supplies: [1, 1])
    }
    #expect(throws: MarketError.wrongCount(of: .offsets, expected: 3, found: 2)) {
      try market([0, 1], [0])
    }
    #expect(throws: MarketError.wrongOffset(buyer: 0, offset: 1)) { try market([1, 1, 1], [0]) }
    #expect(throws: MarketError.wrongOffset(buyer: 2, offset: 1)) {
      try market([0, 2, 1], [0, 1])
    }
    #expect(throws: MarketError.wrongOffset(buyer: 2, offset: 2)) { try market([0, 1, 2], [0]) }
    #expect(throws: MarketError.unknownGood(buyer: 1, good: 2)) { try market([0, 1, 2], [0, 2]) }
    #expect(throws: MarketError.unknownGood(buyer: 1, good: -1)) {
      try market([0, 1, 2], [0, -1])
    }
    #expect(throws: MarketError.repeatedGood(buyer: 0, good: 1)) { try market([0, 2, 2], [1, 1]) }
  }
}
