import Foundation
public import Pipeline

/// The other side of a sample: computes the one step that standard input names, measures it, and
/// says what it took on standard output.
///
/// Without a job it ends at once, which tells how much starting a process takes.
public struct SampleServer: Sendable {
  private let catalog: StageCatalog
  private let libraries: [String: String]

  /// `libraries`: versions of what computes, for the record.
  public init(catalog: StageCatalog, libraries: [String: String]) {
    self.catalog = catalog
    self.libraries = libraries
  }

  public func serve() async {
    ProcessMemory.keepFreed()  // As the workers of a run do.
    guard let line = readLine(), !line.isEmpty else { return }
    guard let job = try? JSONDecoder().decode(SampleJob.self, from: Data(line.utf8)) else {
      return Self.send(SampleReport(failure: "unreadable job"))
    }
    Self.send(await compute(job))
    // The report is out and the files are closed: there is nothing that an orderly end would add.
    _exit(0)
  }

  func compute(_ job: SampleJob) async -> SampleReport {
    guard let stage = catalog[job.stage], let seed = UInt64(job.seed) else {
      return SampleReport(failure: "this program has no stage \(job.stage)")
    }
    var report = SampleReport(libraries: libraries)
    let meter = SampleMeter()
    do {
      report.checksums = try await StageHarness.run(
        stage, parameters: job.parameters, inputs: job.inputs, seed: seed, threads: job.threads,
        in: job.folder)
      if let burden = job.burden { Self.toil(until: meter.cpuSeconds * (1 + burden), meter) }
      meter.read(into: &report)
      if job.isExamined != false {
        let contents = try StageHarness.contents(of: stage, in: job.folder)
        report.results = contents.mapValues(\.digest)
        report.scalars = contents.mapValues { $0.scalars.compactMapValues(Self.finite) }
      }
    } catch {
      report.failure = "\(error)"
    }
    return report
  }

  /// JSON has no other numbers; a mean of nothing is not one.
  private static func finite(_ value: Value) -> Double? {
    value.number.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Keeps a processor busy until this process has used that much of it.
  private static func toil(until seconds: Double, _ meter: borrowing SampleMeter) {
    var sum = 0.0
    while meter.cpuSeconds < seconds {
      for i in 1...1000 { sum += 1 / Double(i) }
    }
    precondition(sum >= 0)
  }

  private static func send(_ report: SampleReport) {
    let failure = SampleReport(failure: "its report cannot be written as JSON")
    guard var line = (try? JSONEncoder().encode(report)) ?? (try? JSONEncoder().encode(failure))
    else { return }
    line.append(0x0A)
    try? FileHandle.standardOutput.write(contentsOf: line)
  }
}
