public import Pipeline

extension MoneyFlow {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    typealias A = MoneyFlowArtifact
    let artifact = try results.main
    let names = try artifact.read(A.name)
    section.text(
      """
      \(try artifact.scalar(A.totalAmount)) units of money moved over \
      \(try artifact.scalar(A.edgeCount)) edges between \(names.count) accounts, which form \
      \(try artifact.scalar(A.componentCount)) industries (strongly connected components), the \
      largest of \(try artifact.scalar(A.largestComponent)) accounts. The densest core has \
      k = \(try artifact.scalar(A.degeneracy)) with \(try artifact.scalar(A.topCore)) accounts. \
      Money received is distributed with a Gini coefficient of \
      \(Format.number(try artifact.scalar(A.giniIn))).
      """)
    try addFlow(artifact, names, to: &section)
    try addHubs(artifact, names, to: &section)
    try addLorenz(artifact, to: &section)
  }

  private static func addFlow(
    _ artifact: ArtifactReader, _ names: [String], to section: inout ReportSection
  ) throws {
    typealias A = MoneyFlowArtifact
    let source = Int(try artifact.scalar(A.source))
    let sink = Int(try artifact.scalar(A.sink))
    guard source >= 0, sink >= 0 else {
      return section.text("There are no two accounts between which money could flow.")
    }
    section.text(
      """
      At most \(try artifact.scalar(A.maxFlow)) can flow from **\(names[source])** to \
      **\(names[sink])**. The \(try artifact.scalar(A.cutCount)) edges of the minimum cut carry \
      exactly that much: without them the two are cut off from one another.
      """)
  }

  private static func addHubs(
    _ artifact: ArtifactReader, _ names: [String], to section: inout ReportSection
  ) throws {
    typealias A = MoneyFlowArtifact
    let paid = try artifact.read(A.outStrength)
    let received = try artifact.read(A.inStrength)
    let cores = try artifact.read(A.core)
    let order = names.indices.sorted { a, b in
      (received[b] + paid[b], a) < (received[a] + paid[a], b)
    }
    let rows = order.prefix(10).map { i in
      [
        names[i], String(paid[i]), String(received[i]), String(received[i] - paid[i]),
        String(cores[i]),
      ]
    }
    section.table(["account", "paid", "received", "net", "core"], rows)
  }

  private static func addLorenz(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = MoneyFlowArtifact
    let x = try artifact.read(A.lorenzNodes)
    section.figure(
      Figure(
        "lorenz", title: "Lorenz curve of money received",
        x: .init("share of accounts, the poorest first"), y: .init("share of the money"),
        [
          .init("money received", .lines, x: x, y: try artifact.read(A.lorenzMoney)),
          .init("equal shares", .lines, x: [0, 1], y: [0, 1]),
        ]))
  }
}
