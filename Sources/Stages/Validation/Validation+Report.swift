public import Pipeline

extension Validation {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    typealias A = ValidationArtifact
    let artifact = try results.main
    let verdicts = try artifact.read(A.verdict)
    section.text(
      """
      \(try artifact.scalar(A.passCount)) of \(try artifact.scalar(A.comparisonCount)) comparisons \
      pass: the interval over the replications holds the exact value and is narrow enough to prove \
      something. All intervals hold together. The closed forms were held against \
      \(try artifact.scalar(A.formulaCount)) exact answers of the file and differ by \
      \(Format.number(try artifact.scalar(A.formulaError))) of their value at most.
      """)
    let names = try artifact.read(A.caseName)
    let quantities = try artifact.read(A.quantity)
    let exact = try artifact.read(A.exact)
    let mean = try artifact.read(A.mean)
    let width = try artifact.read(A.halfWidth)
    let customers = try artifact.read(A.customers)
    let words = ["passes", "too wide", "differs"]
    section.table(
      ["case", "quantity", "exact", "mean", "half-width", "messages", "verdict"],
      names.indices.map { i in
        [
          names[i], quantities[i], Format.number(exact[i]), Format.number(mean[i]),
          Format.number(width[i]), String(customers[i]), words[Int(verdicts[i])],
        ]
      })
    let errors = mean.indices.map { (mean[$0] - exact[$0]) / exact[$0] * 100 }
    section.figure(
      Figure(
        "deviations", title: "Deviation from the closed form", x: .init("comparison"),
        y: .init("% of the exact value"),
        [
          .init(
            "mean and interval", .points, x: mean.indices.map(Double.init), y: errors,
            errors: mean.indices.map { width[$0] / exact[$0] * 100 })
        ]))
  }
}
