public import Pipeline

/// Who paid whom with how many coins, where all the money is, and what became of each coin.
///
/// Accounts are numbered clients first, then nodes: node n has the account `client_count + n`.
public enum LedgerArtifact: Artifact {
  static let payment = Dimension("payment", "a charged reply, in the order of service")
  static let account = Dimension("account", "an account: the clients, then the nodes")
  static let coin = Dimension("coin", "a coin, in the order of minting")

  static let paymentTime = Column<Double>(
    "payment_time", payment, unit: "s", "when it was paid, to the microsecond")
  static let payer = Column<Int32>("payment_payer", payment, unit: "1", "account that pays")
  static let payee = Column<Int32>("payment_payee", payment, unit: "1", "account that is paid")
  static let amount = Column<Int64>(
    "payment_amount", payment, unit: "coin", "money paid, less the change")
  static let coinsMoved = Column<Int32>(
    "payment_coins", payment, unit: "1", "number of coins that moved, change included")
  static let unpaid = Column<Int64>(
    "payment_unpaid", payment, unit: "coin", "part of the charge that was not paid")
  static let message = Column<Int64>(
    "payment_message", payment, unit: "1", "number of the message that is paid for")

  static let accountKind = Column<Int8>(
    "account_kind", account, flags: AccountKind.allCases.map(\.rawValue), "whose account it is")
  static let opening = Column<Int64>(
    "account_opening", account, unit: "coin", "money after minting, before the first payment")
  static let closing = Column<Int64>(
    "account_closing", account, unit: "coin", "money at the end, after coins were retired")

  static let denomination = Column<Int64>("coin_denomination", coin, unit: "coin", "its value")
  static let moves = Column<Int32>(
    "coin_moves", coin, unit: "1", "times it changed hands, its return to the mint included")
  static let holder = Column<Int32>(
    "coin_holder", coin, unit: "1", "account in whose purse it is; -1 for none")
  static let state = Column<Int8>(
    "coin_state", coin, flags: ["held", "in_transit", "retired", "reaped"], "where it is")

  static let clientCount = Column<Int64>("client_count", unit: "1", "number of clients")
  static let nodeCount = Column<Int64>("node_count", unit: "1", "number of nodes")
  static let payments = Column<Int64>("payments", unit: "1", "charged replies to known clients")
  static let unattributed = Column<Int64>(
    "unattributed", unit: "1", "charged replies whose client or node is not known; nobody paid")
  static let incomplete = Column<Int64>(
    "payments_incomplete", unit: "1", "payments of which a part stayed unpaid")
  static let paidTotal = Column<Int64>("paid_total", unit: "coin", "money paid, less the change")
  static let unpaidTotal = Column<Int64>("unpaid_total", unit: "coin", "charges that stayed unpaid")
  static let unpaidForChange = Column<Int64>(
    "unpaid_for_change_total", unit: "coin",
    "part of it for which the payer had the money but nobody the change")
  static let unminted = Column<Int64>(
    "unminted_total", unit: "coin", "parts of budgets for which no denomination is small enough")
  static let velocity = Column<Double>(
    "velocity", unit: "1", "money paid per money minted; 0 where none was minted")
  static let goodsValue = Column<Double>(
    "goods_value_total", unit: "coin", "value of the replies: value() or the quote, times quality")
  static let priceLevel = Column<Double>(
    "price_level", unit: "1", "money charged per value of the replies; NaN without replies")
  static let tried = Column<Int64>(
    "double_spends_tried", unit: "1", "attempts to spend a coin again that was just spent")
  static let refused = Column<Int64>(
    "double_spends_refused", unit: "1", "attempts at a double spend that the register refused")
  static let verified = Column<Int64>(
    "trails_verified", unit: "1", "coins whose money trail is intact from the mint on")
  static let broken = Column<Int64>(
    "trails_broken", unit: "1", "coins whose money trail is not intact")
  static let conservation = ConservationColumns()

  public static let schema = ArtifactSchema(
    "ledger", "Payments in coins, balances and the conservation of money",
    [
      paymentTime.entry, payer.entry, payee.entry, amount.entry, coinsMoved.entry, unpaid.entry,
      message.entry, accountKind.entry, opening.entry, closing.entry, denomination.entry,
      moves.entry, holder.entry, state.entry, clientCount.entry, nodeCount.entry, payments.entry,
      unattributed.entry, incomplete.entry, paidTotal.entry, unpaidTotal.entry,
      unpaidForChange.entry, unminted.entry,
      velocity.entry, goodsValue.entry, priceLevel.entry, tried.entry, refused.entry,
      verified.entry, broken.entry,
    ] + conservation.entries)
}

/// Whose account it is.
public enum AccountKind: String, CaseIterable, Sendable {
  case client, node

  /// The code in datasets: the place among all cases.
  var code: Int8 { Int8(Self.allCases.firstIndex(of: self) ?? 0) }
}
