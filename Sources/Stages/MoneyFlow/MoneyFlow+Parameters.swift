public import Pipeline

extension MoneyFlow {
  public struct Parameters: StageParameters {
    public var file = InputFile.none
    public var payerColumn = "payer"
    public var payeeColumn = "payee"
    public var amountColumn = "amount"
    public var source = ""
    public var sink = ""

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .file("file", \.file, "A CSV file of payments, where no upstream step gives them."),
      .text("payer_column", \.payerColumn, "CSV: the column of who pays."),
      .text("payee_column", \.payeeColumn, "CSV: the column of who is paid."),
      .text("amount_column", \.amountColumn, "CSV: the column of whole amounts."),
      .text(
        "source", \.source,
        "Account where the flow starts; the one that pays most if absent."),
      .text(
        "sink", \.sink, "Account where it ends; the one that receives most if absent."),
    ]
  }
}
