import Pipeline

/// The samples of one step by one program, as they come in.
struct SampleTable: Sendable {
  private let work: BenchWork
  private let program: String
  private(set) var series: [Quantity: [Double]] = [:]
  private var order: [Int] = []
  private(set) var unavailable: [String: String] = [:]
  private var checksums: [String: UInt64] = [:]
  private var results: [String: Digest] = [:]
  private(set) var metrics: [ScienceMetric] = []
  private(set) var libraries: [String: String] = [:]
  /// One exact count stands for all samples.
  var callgrind: Double?

  init(_ work: BenchWork, _ program: BenchProgram) {
    self.work = work
    self.program = program.name
  }

  /// Whether a sample was examined; that one says what all others must result in.
  private(set) var isExamined = false

  /// Checks a sample's result against the examined one's.
  ///
  /// A program of an older version gives no checksums, and digests with every sample.
  mutating func check(_ report: SampleReport) throws(BenchError) {
    if !isExamined {
      isExamined = true
      checksums = report.checksums
      results = report.results
      metrics = work.metrics(of: report)
      unavailable = report.unavailable
      libraries = report.libraries
    }
    let isSame =
      report.checksums.isEmpty ? report.results == results : report.checksums == checksums
    guard isSame else { throw .resultVaries(step: work.name, program: program) }
  }

  /// Takes a checked sample in.
  mutating func add(_ report: SampleReport, place: Int) {
    for (quantity, value) in report.measured { series[quantity, default: []].append(value) }
    order.append(place)
  }

  var benchCase: BenchCase {
    // A quantity that some samples lack is no series.
    var whole = series.filter { $0.value.count == order.count }
    if let callgrind { whole[.callgrind] = order.map { _ in callgrind } }
    return BenchCase(
      name: work.name, stage: work.job.stage, work: work.digest, results: results, series: whole,
      order: order)
  }
}

extension BenchSession.Arm {
  init(_ tables: [SampleTable]) {
    cases = tables.map(\.benchCase)
    metrics = tables.flatMap(\.metrics)
    libraries = tables.first?.libraries ?? [:]
    var reasons = tables.first?.unavailable ?? [:]
    if tables.allSatisfy({ $0.callgrind == nil }) {
      reasons[Quantity.callgrind.word] = "--callgrind asks for it"
    }
    unavailable = reasons
  }
}
