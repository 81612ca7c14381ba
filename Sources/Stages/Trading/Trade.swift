/// One unit sold.
struct Trade {
  let service: Int32
  /// Number of the client.
  let buyer: Int32
  /// Number of the node.
  let seller: Int32
  let bid: Double
  let ask: Double
  let buyerPrice: Double
  let sellerPrice: Double

  /// Neither pays more than the bid nor gets less than the ask.
  var isRational: Bool { buyerPrice <= bid && sellerPrice >= ask }
}
