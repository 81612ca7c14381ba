import Kernels
import Pipeline

extension MarketInstance {
  /// What `model` of a file says, or the parameter where the file names none.
  static func model(
    of columns: Columns, else model: Equilibrium.Model, _ name: String
  ) throws(DataError) -> Equilibrium.Model {
    guard let word = columns.model else { return model }
    guard let named = Equilibrium.Model(rawValue: word) else {
      let names = Equilibrium.Model.allCases.map(\.rawValue).joined(separator: ", ")
      throw DataError(name, at: "model", expected: "one of \(names)", found: "'\(word)'")
    }
    return named
  }

  /// What a model and `rho` of a file say.
  static func utility(
    of columns: Columns, model: Equilibrium.Model, _ name: String
  ) throws(DataError) -> MarketUtility {
    let rho = columns.rho.flatMap { $0.isNaN ? nil : $0 }
    switch model {
    case .linear, .quasilinear, .spending:
      guard rho == nil || rho == 1 else {
        throw DataError(
          name, at: "rho", expected: "1 or none for the model \(model.rawValue)",
          found: "\(rho ?? 1)")
      }
      return model == .quasilinear ? .quasilinear : .linear
    case .cobbdouglas: return .cobbDouglas
    case .leontief: return .leontief
    case .ces:
      guard let rho, rho < 1, rho != 0, rho.isFinite else {
        throw DataError(
          name, at: "rho", expected: "a number below 1 and not 0 for the model ces",
          found: rho.map { "\($0)" } ?? "none")
      }
      return .ces(rho: rho)
    }
  }

  /// The market's numbers as exact fractions, where the file has some.
  func exactMarket(_ market: FisherMarket) -> RationalMarket {
    var exact = RationalMarket(market)
    guard let texts = columns.texts else { return exact }
    for (buyer, number) in texts.budgets { exact.budgets[buyer] = number }
    for (good, number) in texts.supplies { exact.supplies[good] = number }
    if columns.compressed != nil {
      for (pair, number) in texts.utilities { exact.values[pair] = number }
    } else {
      for buyer in 0..<market.buyerCount {
        for pair in market.pairs(of: buyer) {
          let cell = buyer * market.goodCount + Int(market.goods[pair])
          if let number = texts.utilities[cell] { exact.values[pair] = number }
        }
      }
    }
    return exact
  }
}

extension MarketUtility {
  /// The name of the model in instance files and artifacts.
  var model: Equilibrium.Model {
    switch self {
    case .linear: .linear
    case .quasilinear: .quasilinear
    case .ces: .ces
    case .cobbDouglas: .cobbdouglas
    case .leontief: .leontief
    }
  }
}
