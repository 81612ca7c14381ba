extension FisherMarket {
  /// Throws the first thing that makes these columns no market.
  func validate() throws(MarketError) {
    guard buyerCount > 0 else { throw .noBuyers }
    guard goodCount > 0 else { throw .noGoods }
    for (buyer, budget) in budgets.enumerated() where !isAmount(budget) {
      throw .invalidBudget(buyer: buyer, value: budget)
    }
    for (good, supply) in supplies.enumerated() where !isAmount(supply) || supply == 0 {
      throw .invalidSupply(good: good, value: supply)
    }
    try validateOffsets()
    try validatePairs()
  }

  private func validateOffsets() throws(MarketError) {
    guard values.count == goods.count else {
      throw .wrongCount(of: .values, expected: goods.count, found: values.count)
    }
    guard offsets.count == buyerCount + 1 else {
      throw .wrongCount(of: .offsets, expected: buyerCount + 1, found: offsets.count)
    }
    guard offsets[0] == 0 else { throw .wrongOffset(buyer: 0, offset: offsets[0]) }
    for buyer in 0..<buyerCount where offsets[buyer + 1] < offsets[buyer] {
      throw .wrongOffset(buyer: buyer + 1, offset: offsets[buyer + 1])
    }
    guard offsets[buyerCount] == pairCount else {
      throw .wrongOffset(buyer: buyerCount, offset: offsets[buyerCount])
    }
  }

  private func validatePairs() throws(MarketError) {
    var lastBuyer = Array(repeating: -1, count: goodCount)
    for buyer in 0..<buyerCount {
      for pair in pairs(of: buyer) {
        let good = Int(goods[pair])
        guard lastBuyer.indices.contains(good) else {
          throw .unknownGood(buyer: buyer, good: good)
        }
        guard lastBuyer[good] != buyer else { throw .repeatedGood(buyer: buyer, good: good) }
        guard isAmount(values[pair]) else {
          throw .invalidValue(buyer: buyer, good: good, value: values[pair])
        }
        lastBuyer[good] = buyer
      }
    }
  }
}

/// Finite and at least 0; a NaN fails the comparison.
private func isAmount(_ value: Double) -> Bool { value >= 0 && value.isFinite }
