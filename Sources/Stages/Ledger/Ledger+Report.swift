import Kernels
public import Pipeline

extension Ledger {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    let artifact = try results.main
    try addPayments(artifact, to: &section)
    try addConservation(artifact, to: &section)
    try addEvidence(artifact, to: &section)
    try addBalances(artifact, to: &section)
    try addVolume(artifact, to: &section)
  }

  private static func addPayments(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = LedgerArtifact
    let unattributed = try artifact.scalar(A.unattributed)
    let incomplete = try artifact.scalar(A.incomplete)
    let unminted = try artifact.scalar(A.unminted)
    section.text(
      """
      \(try artifact.scalar(A.clientCount)) clients made \(try artifact.scalar(A.payments)) payments \
      to \(try artifact.scalar(A.nodeCount)) nodes. \(try artifact.scalar(A.paidTotal)) coin were \
      paid; \(try artifact.scalar(A.unpaidTotal)) coin stayed unpaid in \(incomplete) payments, of \
      which \(try artifact.scalar(A.unpaidForChange)) coin for want of change and the rest for want \
      of money. A coin's worth of money was spent \
      \(Format.number(try artifact.scalar(A.velocity))) times on average (velocity). Nodes charged \
      \(Format.number(try artifact.scalar(A.priceLevel))) coin per coin of value delivered (price \
      level).\
      \(unattributed > 0 ? " \(unattributed) charged replies have no known client or node; nobody paid for them." : "")\
      \(unminted > 0 ? " \(unminted) coin of the budgets could not be minted in these denominations." : "")
      """)
  }

  private static func addConservation(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    let columns = LedgerArtifact.conservation
    let words = ["minted", "held", "in transit", "retired", "reaped"]
    var rows: [[String]] = []
    for (word, line) in zip(words, columns.lines) {
      rows.append([
        word, "\(try artifact.scalar(line.value))", "\(try artifact.scalar(line.coins))",
      ])
    }
    let coins = try columns.lines.map { try artifact.scalar($0.coins) }
    rows.append([
      "difference", "\(try artifact.scalar(columns.difference))",
      "\(coins[0] - coins.dropFirst().reduce(0, +))",
    ])
    section.table(["money", "value (coin)", "coins"], rows)
  }

  private static func addEvidence(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = LedgerArtifact
    let tried = try artifact.scalar(A.tried)
    let refused = try artifact.scalar(A.refused)
    let broken = try artifact.scalar(A.broken)
    let moves = try artifact.read(A.moves)
    let cheating =
      tried == 0
      ? "Nobody tried to spend a coin twice."
      : tried == refused
        ? "Payers tried \(tried) times to spend a coin twice, and were refused every time."
        : "Payers tried \(tried) times to spend a coin twice, and **\(tried - refused) got away**."
    section.text(
      """
      \(cheating) The money trails of \(try artifact.scalar(A.verified)) coins verify from the mint \
      on\(broken > 0 ? ", **\(broken) trails are broken**" : "; none is broken"). \
      \(moves.count { $0 == 0 }) coins never moved, and the longest trail has \
      \(moves.max() ?? 0) moves.
      """)
  }

  private static func addBalances(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = LedgerArtifact
    let clients = Int(try artifact.scalar(A.clientCount))
    let opening = try artifact.read(A.opening)
    let closing = try artifact.read(A.closing)
    section.figure(
      Figure(
        "balances", title: "Balances by rank, before and after",
        x: .init("rank", logarithmic: true), y: .init("balance (coin)", logarithmic: true),
        [
          ranked("clients, opening", opening.prefix(clients)),
          ranked("clients, closing", closing.prefix(clients)),
          ranked("nodes, closing", closing.dropFirst(clients)),
        ]))
  }

  /// Values by falling rank, thinned to at most a thousand points.
  private static func ranked(_ name: String, _ values: ArraySlice<Int64>) -> Figure.Series {
    let sorted = values.sorted(by: >)
    let step = (sorted.count + 999) / 1000
    let picks = Array(stride(from: 0, to: sorted.count, by: max(1, step)))
    return Figure.Series(
      name, .lines, x: picks.map { Double($0 + 1) }, y: picks.map { Double(sorted[$0]) })
  }

  private static func addVolume(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = LedgerArtifact
    let times = try artifact.read(A.paymentTime)
    guard let first = times.first, let last = times.last, last > first else { return }
    let width = (last - first) / 50
    func volume(_ amounts: [Int64]) -> [Double] {
      var bins = [Double](repeating: 0, count: 50)
      for (time, amount) in zip(times, amounts) {
        bins[min(49, Int((time - first) / width))] += Double(amount)
      }
      return bins
    }
    let edges = (0..<50).map { first + width * (Double($0) + 0.5) }
    section.figure(
      Figure(
        "volume", title: "Payments over time, in fifty equal intervals",
        x: .init("time (s)"), y: .init("coin per interval"),
        [
          .init("paid", .steps, x: edges, y: volume(try artifact.read(A.amount))),
          .init("unpaid", .steps, x: edges, y: volume(try artifact.read(A.unpaid))),
        ]))
  }
}
