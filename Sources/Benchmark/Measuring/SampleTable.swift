import Pipeline

/// The samples of one step by one program, as they come in.
struct SampleTable: Sendable {
  private let work: BenchWork
  private let program: String
  private(set) var series: [Quantity: [Double]] = [:]
  private var order: [Int] = []
  private(set) var unavailable: [String: String] = [:]
  private var results: [String: Digest] = [:]
  private(set) var metrics: [ScienceMetric] = []
  private(set) var libraries: [String: String] = [:]
  /// One exact count stands for all samples.
  var callgrind: Double?

  init(_ work: BenchWork, _ program: BenchProgram) {
    self.work = work
    self.program = program.name
  }

  /// Takes a sample in; the first one says what all others must result in.
  mutating func add(_ report: SampleReport, place: Int) throws(BenchError) {
    if order.isEmpty {
      results = report.results
      metrics = work.metrics(of: report)
      unavailable = report.unavailable
      libraries = report.libraries
    }
    guard report.results == results else {
      throw .resultVaries(step: work.name, program: program)
    }
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
