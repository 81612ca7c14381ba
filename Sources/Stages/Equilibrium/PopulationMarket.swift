import Kernels
import Pipeline

/// The market of a population: one unit of each service type is for sale.
///
/// Clients pay with their budgets, or with what a ledger shows that they paid, and value types by
/// their tastes. Where money is merit, nodes pay with the quality that they advertise and value the
/// types that they offer at their price factor.
struct PopulationMarket {
  private let budgets: [Double]
  private let utilities: [Double]

  init(
    _ population: ArtifactReader, paidIn money: Equilibrium.Money, demand: ArtifactReader?
  ) throws(DataError) {
    typealias A = PopulationArtifact
    switch money {
    case .budget, .equal, .endowment:
      let owned = try population.read(A.clientBudget).map { Double($0) }
      budgets =
        try demand.map { payments throws(DataError) in
          try Self.paid(by: owned.count, in: payments)
        } ?? owned
      utilities = try population.read(A.clientUtility)
    case .merit:
      budgets = try population.read(A.nodeQuality)
      let factors = try population.read(A.nodePriceFactor)
      let offers = try population.read(A.nodeOffers)
      let services = offers.count / max(1, factors.count)
      utilities = offers.indices.map { Double(offers[$0]) * factors[$0 / services] }
    }
  }

  /// What each of the first `clients` accounts paid.
  private static func paid(
    by clients: Int, in payments: ArtifactReader
  ) throws(DataError) -> [Double] {
    let payers = try payments.read(MoneyEdges.payer)
    let amounts = try payments.read(MoneyEdges.amount)
    var paid = [Int64](repeating: 0, count: clients)
    for (payer, amount) in zip(payers, amounts) where Int(payer) < clients {
      paid[Int(payer)] += amount
    }
    return paid.map { Double($0) }
  }

  func market() throws(DataError) -> FisherMarket {
    let services = utilities.count / max(1, budgets.count)
    let rows = budgets.indices.map { buyer in
      Array(utilities[buyer * services..<(buyer + 1) * services])
    }
    do throws(MarketError) {
      return try FisherMarket(values: rows, budgets: budgets)
    } catch {
      throw DataError(error, in: "population")
    }
  }
}
