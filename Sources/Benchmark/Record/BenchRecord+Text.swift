public import Foundation
public import Pipeline

extension BenchRecord {
  /// The file's text: members in order, and each series on a line of its own.
  public var text: String { RecordText.render(document) }

  /// Reads a file's bytes.
  ///
  /// - Throws: a `DataError` that names the file's base name and what is wrong: no JSON, another kind
  ///   of file, a newer format, a member that is missing or of another type.
  public init(_ data: Data, file: String) throws(DataError) {
    let decoded: Value
    do {
      decoded = try JSONDecoder().decode(Value.self, from: data)
    } catch {
      throw DataError(file, expected: "a benchmark record (JSON)", found: "no readable JSON")
    }
    try self.init(RecordNode(decoded, file: file))
  }

  private init(_ root: RecordNode) throws(DataError) {
    try root.check(kind: Self.kind, format: Self.currentFormat)
    experiment = try root.text("experiment")
    measuredAt = try root.text("measured_at")
    program = try Program(root.member("program"))
    machine = try MachineFacts(root.member("machine"))
    guard let seed = UInt64(try root.text("seed")) else {
      throw root.error("seed", expected: "a whole number")
    }
    self.seed = seed
    cases = try root.items("cases") { node throws(DataError) in try BenchCase(node) }
    metrics = try root.items("metrics") { node throws(DataError) in try ScienceMetric(node) }
    unavailable = try root.texts("unavailable")
    guard Set(cases.map(\.name)).count == cases.count else {
      throw root.error("cases", expected: "one case of each name")
    }
  }

  private var document: Value {
    .object([
      "kind": .string(Self.kind), "format": .int(Self.currentFormat),
      "experiment": .string(experiment), "measured_at": .string(measuredAt),
      "program": program.document, "machine": machine.document, "seed": .string(String(seed)),
      "cases": .list(cases.map(\.document)), "metrics": .list(metrics.map(\.document)),
      "unavailable": .object(unavailable.mapValues(Value.string)),
    ])
  }
}

extension BenchRecord.Program {
  fileprivate var document: Value {
    .object([
      "version": .string(version), "build": .string(build),
      "libraries": .object(libraries.mapValues(Value.string)),
    ])
  }

  init(_ node: RecordNode) throws(DataError) {
    version = try node.text("version")
    build = try node.text("build")
    libraries = try node.texts("libraries")
  }
}

extension MachineFacts {
  var document: Value {
    .object([
      "processor": .string(processor), "cores": .int(Int64(cores)),
      "architecture": .string(architecture), "memory_bytes": .int(Int64(memoryBytes)),
      "system": .string(system), "kernel": .string(kernel),
    ])
  }

  init(_ node: RecordNode) throws(DataError) {
    self.init(
      processor: try node.text("processor"), cores: Int(try node.number("cores")),
      architecture: try node.text("architecture"),
      memoryBytes: Int(try node.number("memory_bytes")), system: try node.text("system"),
      kernel: try node.text("kernel"))
  }
}

extension BenchCase {
  var document: Value {
    .object([
      "name": .string(name), "stage": .string(stage), "work": .string(work.hex),
      "results": .object(results.mapValues { .string($0.hex) }),
      "samples": .object(
        Dictionary(
          uniqueKeysWithValues: series.map { ($0.key.rawValue, .list($0.value.map(Value.real))) })),
      "order": .list(order.map { .int(Int64($0)) }),
    ])
  }

  init(_ node: RecordNode) throws(DataError) {
    var series: [Quantity: [Double]] = [:]
    let samples = try node.member("samples")
    let order = try node.numbers("order").map { Int($0) }
    for name in samples.value.members.keys.sorted() {
      guard let quantity = Quantity(rawValue: name) else {
        throw samples.error(name, expected: "a quantity that this program knows")
      }
      let values = try samples.numbers(name)
      guard values.count == order.count, values.allSatisfy({ $0 >= 0 && $0 < .infinity }) else {
        throw samples.error(name, expected: "\(order.count) numbers that are not negative")
      }
      series[quantity] = values
    }
    self.init(
      name: try node.text("name"), stage: try node.text("stage"),
      work: try node.digest("work"),
      results: try node.digests("results"), series: series,
      order: order)
  }
}

extension ScienceMetric {
  var document: Value {
    .object([
      "name": .string(name), "value": .real(value), "unit": .string(unit),
      "better": .string(better),
      "tolerance": .object([
        "abs": .real(tolerance.absolute), "rel": .real(tolerance.relative),
      ]),
    ])
  }

  init(_ node: RecordNode) throws(DataError) {
    let tolerance = try node.member("tolerance")
    self.init(
      name: try node.text("name"), value: try node.number("value"), unit: try node.text("unit"),
      better: try node.text("better"),
      tolerance: Metric.Tolerance(
        absolute: try tolerance.number("abs"), relative: try tolerance.number("rel")))
  }
}
