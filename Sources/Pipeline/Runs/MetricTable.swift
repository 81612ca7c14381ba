import Foundation

/// The metrics of a run with their values: `metrics.json`.
public struct MetricTable: Sendable, Equatable {
  public struct Row: Sendable, Equatable {
    public let metric: Metric
    public let value: Double
    public let unit: String
  }

  public let rows: [Row]

  /// Takes each metric from the scalars in the seals; steps without a result give no row.
  init(_ plan: Plan, seals: [String: Seal]) {
    rows = plan.manifest.metrics.compactMap { metric in
      guard let output = seals[metric.step]?.output(metric.output),
        let value = output.content.scalars[metric.variable]?.number,
        let port = plan.step(metric.step)?.stage.output(metric.output)
      else { return nil }
      return Row(
        metric: metric, value: value, unit: port.schema.variable(metric.variable)?.unit ?? "")
    }
  }

  public var values: [String: Double] {
    Dictionary(uniqueKeysWithValues: rows.map { ($0.metric.name, $0.value) })
  }

  /// `{"format":1,"metrics":{"wait_mean":{"value":1.25,"unit":"s","better":"lower"}}}`.
  public var json: Value {
    let members = rows.map { row in
      (
        row.metric.name,
        Value.object([
          "value": .real(row.value), "unit": .string(row.unit),
          "better": .string(row.metric.better.rawValue),
          "tolerance": .object([
            "abs": .real(row.metric.tolerance.absolute),
            "rel": .real(row.metric.tolerance.relative),
          ]),
        ])
      )
    }
    return .object([
      "format": 1, "metrics": .object(Dictionary(uniqueKeysWithValues: members)),
    ])
  }

  /// Whether each claim holds, with the values of its sides.
  func judge(_ claims: [Claim]) -> [RunRecord.ClaimResult] {
    claims.map { claim in
      let verdict = claim.comparison.evaluate(values)
      return RunRecord.ClaimResult(
        text: claim.text, holds: verdict.holds,
        left: verdict.left.isFinite ? verdict.left : nil,
        right: verdict.right.isFinite ? verdict.right : nil)
    }
  }
}
