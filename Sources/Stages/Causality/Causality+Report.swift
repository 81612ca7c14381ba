public import Pipeline

extension Causality {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    typealias A = CausalityArtifact
    let artifact = try results.main
    let pairs = try artifact.scalar(A.pairs)
    let faults =
      try artifact.scalar(A.orderFaults) + artifact.scalar(A.lamportFaults)
      + artifact.scalar(A.vectorFaults) + artifact.scalar(A.hybridFaults)
    section.text(
      """
      \(try artifact.scalar(A.eventCount)) events with \(try artifact.scalar(A.edgeCount)) causes lie in \
      \(try artifact.scalar(A.layerCount)) layers; vector clocks count along \
      \(try artifact.scalar(A.chainCount)) chains. In \(pairs) pairs, \
      \(try artifact.scalar(A.causal)) of them cause and effect, order and clocks disagreed with \
      happened-before \(faults) times.
      """)
    let layers = try artifact.read(A.layer)
    guard let deepest = layers.max(), deepest > 0 else { return }
    let bins = min(100, Int(deepest) + 1)
    var counts = [Double](repeating: 0, count: bins)
    for layer in layers { counts[Int(layer) * bins / (Int(deepest) + 1)] += 1 }
    let width = Double(deepest + 1) / Double(bins)
    section.figure(
      Figure(
        "layers", title: "Events by layer", x: .init("edges of the longest chain of causes"),
        y: .init("events"),
        [
          .init(
            "", .steps, x: (0..<bins).map { (Double($0) + 0.5) * width }, y: counts)
        ]))
  }
}
