public import Pipeline

extension Population {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    typealias A = PopulationArtifact
    let artifact = try results.main
    let nodes = try artifact.scalar(A.nodeCount)
    let clients = try artifact.scalar(A.clientCount)
    let budgets = try artifact.read(A.clientBudget)
    let rates = try artifact.read(A.clientRate)
    section.text(
      "\(nodes) nodes serve \(clients) clients, who own \(budgets.reduce(0, +)) coins and send"
        + " \(Format.number(rates.reduce(0, +))) requests a second together.")
    try addServices(artifact, to: &section)
    let popularity = try artifact.read(A.nodePopularity)
    section.figure(
      Figure(
        "popularity", title: "How unequal nodes and clients are",
        x: .init("rank", logarithmic: true),
        y: .init("relative to the mean", logarithmic: true),
        [
          ranked("popularity of nodes", popularity), ranked("rate of clients", rates),
        ]))
  }

  private static func addServices(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = PopulationArtifact
    let names = try artifact.read(A.serviceName)
    let prices = try artifact.read(A.servicePrice)
    let means = try artifact.read(A.serviceMean)
    let laws = try artifact.read(A.serviceLaw)
    let offers = try artifact.read(A.nodeOffers)
    let rows = names.indices.map { i in
      let offering = stride(from: i, to: offers.count, by: names.count).count { offers[$0] == 1 }
      return [
        names[i], Format.number(prices[i]), Format.number(means[i]),
        A.serviceLaw.entry.flags[Int(laws[i])], Format.number(offering),
      ]
    }
    section.table(["service", "price (coin)", "mean time (s)", "law", "nodes that offer it"], rows)
  }

  /// Values by falling rank, thinned to at most a thousand points.
  private static func ranked(_ name: String, _ values: [Double]) -> Figure.Series {
    let sorted = values.sorted(by: >)
    let mean = sorted.reduce(0, +) / Double(max(1, sorted.count))
    let step = max(1, sorted.count / 1000)
    let picks = stride(from: 0, to: sorted.count, by: step)
    return Figure.Series(
      name, .points, x: picks.map { Double($0 + 1) }, y: picks.map { sorted[$0] / mean })
  }
}
