import Kernels
import Pipeline

/// The market of a trade network: accounts that paid buy from accounts that were paid.
///
/// What an account paid in all is its budget, and a partner's goods are worth to it what it paid for
/// them; each payee sells one unit.
struct TradeMarket {
  private let payments: [(payer: Int32, payee: Int32, amount: Int64)]
  private let accounts: Int

  init(_ edges: ArtifactReader) throws(DataError) {
    let payers = try edges.read(MoneyEdges.payer)
    let payees = try edges.read(MoneyEdges.payee)
    let amounts = try edges.read(MoneyEdges.amount)
    payments = zip(zip(payers, payees), amounts).map { ($0.0, $0.1, $1) }
    accounts = Int(try edges.scalar(MoneyEdges.accountCount))
  }

  func market() throws(DataError) -> FisherMarket {
    let sorted = payments.sorted { ($0.payer, $0.payee) < ($1.payer, $1.payee) }
    var bounds = Array(repeating: 0, count: accounts + 1)
    var budgets = Array(repeating: 0.0, count: accounts)
    var (goods, values) = ([Int32](), [Double]())
    var last: (payer: Int32, payee: Int32) = (-1, -1)
    for payment in sorted {
      budgets[Int(payment.payer)] += Double(payment.amount)
      if (payment.payer, payment.payee) == last {
        values[values.count - 1] += Double(payment.amount)
      } else {
        goods.append(payment.payee)
        values.append(Double(payment.amount))
        bounds[Int(payment.payer) + 1] += 1
        last = (payment.payer, payment.payee)
      }
    }
    for account in 0..<accounts { bounds[account + 1] += bounds[account] }
    do throws(MarketError) {
      return try FisherMarket(
        offsets: bounds, goods: goods, values: values, budgets: budgets,
        supplies: Array(repeating: 1, count: accounts))
    } catch {
      throw DataError(error, in: "payments")
    }
  }
}
