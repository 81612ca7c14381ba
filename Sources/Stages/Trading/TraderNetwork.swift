import Kernels

/// Who deals through which trader, and the money that flows through them.
///
/// A buyer pays its own trader, who keeps the difference of the prices and passes the rest on to
/// the seller's trader, if that is another, who pays the seller.
struct TraderNetwork {
  /// Money from one account to another.
  struct Flow {
    let payer: Int32
    let payee: Int32
    var amount: Double
  }

  let clientCount: Int
  let nodeCount: Int
  let traderCount: Int
  private let stream: RandomStream

  init(clients: Int, nodes: Int, traders: Int, seed: UInt64) {
    clientCount = clients
    nodeCount = nodes
    traderCount = traders
    stream = RandomStream(seed: seed, name: "trading.trader")
  }

  func trader(ofBuyer client: Int32) -> Int32 { trader(ofAccount: Int(client), purpose: 0) }

  func trader(ofSeller node: Int32) -> Int32 { trader(ofAccount: Int(node), purpose: 1) }

  /// Numbered by side and not by account, so that more clients leave the nodes' traders alone.
  private func trader(ofAccount number: Int, purpose: UInt64) -> Int32 {
    Int32(stream.block(number, purpose: purpose).unit0 * Double(traderCount))
  }

  /// The money of all trades, one flow for each pair of accounts, by payer and payee.
  func flows(of trades: [Trade]) -> [Flow] {
    let single = trades.flatMap(flows(of:)).enumerated().sorted { a, b in
      (a.element.payer, a.element.payee, a.offset) < (b.element.payer, b.element.payee, b.offset)
    }
    var flows: [Flow] = []
    for (_, flow) in single {
      if let last = flows.last, (last.payer, last.payee) == (flow.payer, flow.payee) {
        flows[flows.count - 1].amount += flow.amount
      } else {
        flows.append(flow)
      }
    }
    return flows
  }

  private func flows(of trade: Trade) -> [Flow] {
    let base = Int32(clientCount + nodeCount)
    let first = base + trader(ofBuyer: trade.buyer)
    let second = base + trader(ofSeller: trade.seller)
    let seller = Int32(clientCount) + trade.seller
    var flows = [Flow(payer: trade.buyer, payee: first, amount: trade.buyerPrice)]
    if first != second {
      flows.append(Flow(payer: first, payee: second, amount: trade.sellerPrice))
    }
    flows.append(Flow(payer: second, payee: seller, amount: trade.sellerPrice))
    return flows
  }
}
