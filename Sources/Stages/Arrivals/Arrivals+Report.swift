public import Pipeline

extension Arrivals {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    typealias A = ArrivalsArtifact
    let artifact = try results.main
    let count = try artifact.scalar(A.count)
    let (skipped, moved) = (try artifact.scalar(A.skipped), try artifact.scalar(A.moved))
    section.text(
      """
      \(count) arrivals within \(Format.number(try artifact.scalar(A.span))) s, \
      \(Format.number(try artifact.scalar(A.rate))) in a second. The squared variation of the gaps \
      is \(Format.number(try artifact.scalar(A.gapVariation))); 1 is that of a Poisson process.\
      \(skipped > 0 ? " \(skipped) rows could not be read and were skipped." : "")\
      \(moved > 0 ? " \(moved) rows were out of order and were sorted." : "")
      """)
    guard count > 1 else { return }
    let times = try artifact.read(A.time)
    let bins = 100
    let (first, last) = (times[0], times[times.count - 1])
    let width = (last - first) / Double(bins)
    guard width > 0 else { return }
    var counts = [Double](repeating: 0, count: bins)
    for time in times { counts[min(bins - 1, Int((time - first) / width))] += 1 }
    section.figure(
      Figure(
        "rate", title: "Arrivals over time", x: .init("time (s)"), y: .init("arrivals in a second"),
        [
          .init(
            "", .steps, x: (0..<bins).map { first + (Double($0) + 0.5) * width },
            y: counts.map { $0 / width })
        ]))
  }
}
