/// What quasilinear utilities make of a linear market: kept money is one good more, of price 1.
extension FisherMarket {
  var pairs: Range<Int> { 0..<pairCount }

  /// The linear market in which so much money can be kept, as its last good.
  func keeping(_ kept: Double) throws(MarketError) -> FisherMarket {
    var offsets = [0]
    var (goods, values) = ([Int32](), [Double]())
    goods.reserveCapacity(pairCount + buyerCount)
    values.reserveCapacity(pairCount + buyerCount)
    for buyer in 0..<buyerCount {
      goods += self.goods[pairs(of: buyer)] + [Int32(goodCount)]
      values += self.values[pairs(of: buyer)] + [1]
      offsets.append(goods.count)
    }
    return try FisherMarket(
      offsets: offsets, goods: goods, values: values, budgets: budgets,
      supplies: supplies + [kept])
  }

  /// The equilibrium on the support of a linear market with `kept` units of kept money, or nil where
  /// it has another one: the polish with the price of kept money pinned at 1.
  func pinned(
    _ answer: MarketEquilibrium, of linear: FisherMarket, kept: Double
  ) -> MarketEquilibrium? {
    let normalised = NormalisedMarket(linear)
    guard let good = normalised.originalGood.firstIndex(of: goodCount) else { return nil }
    let near = MarketIterate(answer, of: normalised, in: linear)
    return pinned(
      near, in: normalised, good, kept: kept, sweeps: answer.sweeps, steps: answer.steps,
      innerSteps: answer.innerSteps, history: answer.history)
  }

  func pinned(
    _ near: MarketIterate, in normalised: NormalisedMarket, _ good: Int, kept: Double,
    sweeps: Int, steps: Int = 0, innerSteps: Int = 0, history: [GapCheckpoint] = []
  ) -> MarketEquilibrium? {
    let pinned = PinnedPrice(good: good, price: kept / normalised.moneyUnit)
    let polish = ExactPolish()
    guard var exact = polish.equilibrium(near: near, in: normalised, pinned: pinned) else {
      return nil
    }
    let money = normalised.money(on: good, exact)
    // The same market with what is kept in the end is a linear one with this equilibrium.
    guard let end = try? keeping(money * normalised.moneyUnit) else { return nil }
    exact.prices[good] = money
    let found = MarketEquilibrium(
      exact, of: NormalisedMarket(end), in: end, sweeps: sweeps, steps: steps,
      innerSteps: innerSteps, history: history, status: .exact)
    return withoutKept(found, price: 1)
  }

  /// Money that is kept at a price of 1, if money keeps going where it goes.
  func kept(in answer: MarketEquilibrium, price: Double) -> Double {
    let (buyers, goods) = tree(of: answer)
    let money = budgets.indices.reduce(0) { buyers[$1] ? $0 + budgets[$1] : $0 }
    let worth = supplies.indices.reduce(0) {
      goods[$1] ? $0 + answer.prices[$1] * supplies[$1] : $0
    }
    return money - worth / price
  }

  /// The buyers and goods that carry money to one another and to what is kept.
  private func tree(of answer: MarketEquilibrium) -> (buyers: [Bool], goods: [Bool]) {
    var buyers = Array(repeating: false, count: buyerCount)
    var goods = Array(repeating: false, count: goodCount) + [true]
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for buyer in 0..<buyerCount {
        // Each row of the answer has one more pair, for what is kept.
        let shift = buyer
        let used = pairs(of: buyer).filter { answer.spending[$0 + shift] > 0 }
        let keeps = answer.spending[offsets[buyer + 1] + shift] > 0
        let reached = keeps || used.contains { goods[Int(self.goods[$0])] }
        guard buyers[buyer] || reached else { continue }
        for pair in used where !goods[Int(self.goods[pair])] {
          goods[Int(self.goods[pair])] = true
          isGrowing = true
        }
        isGrowing = isGrowing || !buyers[buyer]
        buyers[buyer] = true
      }
    }
    return (buyers, goods)
  }

  /// The answer of the linear market with kept money, without it and in money of price 1.
  func withoutKept(_ answer: MarketEquilibrium, price: Double) -> MarketEquilibrium {
    let prices = answer.prices.dropLast().map { $0 / price }
    var spending = Array(repeating: 0.0, count: pairCount)
    var allocations = spending
    for buyer in 0..<buyerCount {
      for pair in pairs(of: buyer) {
        allocations[pair] = answer.allocations[pair + buyer]
        spending[pair] = allocations[pair] * prices[Int(goods[pair])]
      }
    }
    return MarketEquilibrium(
      prices: prices, spending: spending, allocations: allocations,
      utilities: utilities(of: allocations, at: prices, .quasilinear), sweeps: answer.sweeps,
      steps: answer.steps, innerSteps: answer.innerSteps, history: answer.history,
      gap: answer.gap, status: answer.status)
  }
}
