public import Pipeline

/// Payments as directed edges, the form in which stages hand money flows to one another
/// (requirement N34): money one way, goods the other.
public enum MoneyEdges: Artifact {
  static let edge = Dimension("edge", "a payment, in the order in which it was made")

  static let payer = Column<Int32>("edge_payer", edge, unit: "1", "number of the paying account")
  static let payee = Column<Int32>("edge_payee", edge, unit: "1", "number of the paid account")
  static let amount = Column<Int64>("edge_amount", edge, unit: "coin", "money that moved")
  static let accountCount = Column<Int64>("account_count", unit: "1", "number of accounts")

  public static let schema = ArtifactSchema(
    "money_edges", "Payments between accounts",
    [payer.entry, payee.entry, amount.entry, accountCount.entry])
}
