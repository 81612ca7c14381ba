import Foundation

/// Writes `run.json`: the head as one member a line, then one line per step.
///
/// A sweep has a line for each of its steps, so the text is put together piece by piece and no tree
/// of it is ever held.
struct RunRecordWriter {
  let id: String
  private(set) var bytes: [UInt8] = []

  /// `head`: everything but cases and steps; `results`: one per step of the plan.
  init(_ head: Value, _ plan: Plan, _ results: [StepResult]) {
    id = head["id"]?.text ?? ""
    bytes.reserveCapacity(4096 + 1024 * results.count)
    append("{\n")
    for (name, value) in head.members.sorted(by: { $0.key < $1.key }) {
      append(" \"\(name)\": \(value.canonicalJSON),\n")
    }
    append(" \"cases\": [\n")
    for (i, one) in plan.cases.enumerated() {
      append("  \(Self.json(one).canonicalJSON)\(i + 1 < plan.cases.count ? "," : "")\n")
    }
    append(" ],\n \"steps\": [\n")
    for (i, step) in plan.steps.enumerated() {
      append("  {")
      write(step, results[i])
      append(i + 1 < plan.steps.count ? "},\n" : "}\n")
    }
    append(" ]\n}\n")
  }

  private mutating func append(_ text: String) { bytes += text.utf8 }

  private static func json(_ one: PlannedCase) -> Value {
    .object([
      "name": .string(one.name),
      "coordinates": .object(
        Dictionary(one.coordinates.map { ($0.name, $0.value) }) { _, last in last }),
      "replicate": .int(Int64(one.replicate)),
      "steps": .list(one.steps.map { .int(Int64($0)) }),
    ])
  }

  private mutating func write(_ step: PlannedStep, _ result: StepResult) {
    var members: [String: Value] = [
      "name": .string(step.name), "stage": .string(step.stage.name),
      "case": .string(step.isOnceForAll ? RunRecord.onceForAll : step.caseName),
      "status": .string(result.status.rawValue), "parameters": step.parameters,
      "files": .object(step.files.mapValues { .string($0.hex) }),
      "seed": step.stage.isRandom ? .string(String(step.seed)) : .null,
      "inputs": .list(step.inputs.map(Self.json)),
    ]
    if let key = result.key { members["key"] = .string(key.hex) }
    if let failure = result.failure { members["failure"] = failure.json }
    for (name, value) in result.resources?.json.members ?? [:] { members[name] = value }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      append("\"\(name)\":\(value.canonicalJSON),")
    }
    append("\"artifacts\":[")
    for (i, output) in (result.known?.outputs ?? []).enumerated() {
      append(i == 0 ? "{" : ",{")
      write(output, of: step)
      append("}")
    }
    append("]")
  }

  private static func json(_ input: PlannedStep.Input) -> Value {
    .object([
      "slot": .string(input.slot), "producer": .int(Int64(input.producer)),
      "output": .string(input.output),
    ])
  }

  private mutating func write(_ output: KnownResult.Output, of step: PlannedStep) {
    let file = RunFolder.fileName(step: step.name, output: output.name)
    append("\"file\":\"\(file)\",\"output\":\"\(output.name)\",\"bytes\":\(output.bytes),")
    append("\"sha256\":\"\(output.sha256.hex)\",")
    append("\"content_digest\":\"\(output.contentDigest.hex)\",\"datasets\":")
    bytes += output.datasets.utf8
  }
}

extension StepFailure {
  fileprivate var json: Value {
    .object(["kind": .string(kind.rawValue), "message": .string(message)])
  }
}

extension StepResources {
  fileprivate var json: Value {
    .object([
      "wall_s": .real(wallSeconds), "cpu_s": .real(cpuSeconds),
      "peak_bytes": .int(Int64(peakBytes)), "bytes_read": .int(Int64(bytesRead)),
      "bytes_written": .int(Int64(bytesWritten)),
    ])
  }
}
