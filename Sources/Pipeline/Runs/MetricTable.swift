import Foundation

/// The metrics of a run with their values: one column per metric, one row per case.
public struct MetricTable: Sendable {
  public struct Column: Sendable, Equatable {
    public let metric: Metric
    public let unit: String
  }

  public struct Row: Sendable, Equatable {
    public let metric: Metric
    public let value: Double
    public let unit: String
  }

  public let columns: [Column]
  private let cases: [PlannedCase]
  /// By case, then by column; NaN where the step has no result.
  let values: [[Double]]

  /// Takes each metric from the numbers in the seals.
  init(_ plan: Plan, _ results: [StepResult]) {
    let stages = Dictionary(plan.steps.map { ($0.name, $0.stage) }) { first, _ in first }
    columns = plan.manifest.metrics.map { metric in
      let port = stages[metric.step]?.output(metric.output)
      return Column(metric: metric, unit: port?.schema.variable(metric.variable)?.unit ?? "")
    }
    let places = plan.manifest.metrics.map { plan.stepNames.firstIndex(of: $0.step) }
    cases = plan.cases
    values = plan.cases.map { one in
      zip(plan.manifest.metrics, places).map { metric, place in
        guard let place, one.steps.indices.contains(place) else { return .nan }
        let output = results[one.steps[place]].known?.output(metric.output)
        return output?.scalar(metric.variable) ?? .nan
      }
    }
  }

  /// The metrics of one case that have a value.
  public func rows(ofCase i: Int = 0) -> [Row] {
    zip(columns, values[i]).compactMap { column, value in
      value.isNaN ? nil : Row(metric: column.metric, value: value, unit: column.unit)
    }
  }

  /// What claims may speak of in a case: metrics, and axes that are numbers.
  private func bindings(ofCase i: Int) -> [String: Double] {
    var bindings: [String: Double] = [:]
    for (name, value) in cases[i].coordinates { bindings[name] = value.number }
    for (column, value) in zip(columns, values[i]) { bindings[column.metric.name] = value }
    return bindings
  }

  /// `{"format":1,"metrics":{"wait_mean":{"value":1.25,"unit":"s","better":"lower"}}}`.
  func json(ofCase i: Int) -> Value {
    let members = rows(ofCase: i).map { row -> (String, Value) in
      var entry = Self.json(row.metric, row.unit).members
      entry["value"] = .real(row.value)
      return (row.metric.name, .object(entry))
    }
    return .object(["format": 1, "metrics": .object(Dictionary(uniqueKeysWithValues: members))])
  }

  /// Of a sweep: what the metrics are, and their values case by case.
  func jsonOfSweep() -> Value {
    let metrics = columns.map { (name: $0.metric.name, about: Self.json($0.metric, $0.unit)) }
    let cases = cases.indices.map { i -> (String, Value) in
      let values = rows(ofCase: i).map { ($0.metric.name, Value.real($0.value)) }
      return (self.cases[i].name, .object(Dictionary(uniqueKeysWithValues: values)))
    }
    return .object([
      "format": 1,
      "metrics": .object(Dictionary(uniqueKeysWithValues: metrics.map { ($0.name, $0.about) })),
      "cases": .object(Dictionary(uniqueKeysWithValues: cases)),
    ])
  }

  private static func json(_ metric: Metric, _ unit: String) -> Value {
    .object([
      "unit": .string(unit), "better": .string(metric.better.rawValue),
      "tolerance": .object([
        "abs": .real(metric.tolerance.absolute), "rel": .real(metric.tolerance.relative),
      ]),
    ])
  }

  /// Whether each claim holds, with the values of its sides: in every case, or once where it speaks
  /// of all cases together.
  func judge(_ claims: [Claim]) -> [RunRecord.ClaimResult] {
    guard !claims.isEmpty else { return [] }
    let all = cases.indices.map(bindings)
    return claims.flatMap { claim -> [RunRecord.ClaimResult] in
      if claim.comparison.isAggregated {
        return [Self.judge(claim, all.first ?? [:], all, inCase: "")]
      }
      return cases.indices.map { Self.judge(claim, all[$0], all, inCase: cases[$0].name) }
    }
  }

  private static func judge(
    _ claim: Claim, _ values: [String: Double], _ all: [[String: Double]], inCase name: String
  ) -> RunRecord.ClaimResult {
    let verdict = claim.comparison.evaluate(values, over: all)
    return RunRecord.ClaimResult(
      text: claim.text, case: name, holds: verdict.holds,
      left: verdict.left.isFinite ? verdict.left : nil,
      right: verdict.right.isFinite ? verdict.right : nil)
  }
}
