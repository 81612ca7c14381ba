import Foundation
import Kernels
import Pipeline

/// Measures programs on the same steps, in turn: round by round, in seeded random order.
///
///     let session = BenchSession(work, programs: [new, base], options: options)
///     let arms = try await session.measure(in: scratch) { print($0) }
///
/// Turns matter more than any test: what slows the machine down slows down all programs alike.
public struct BenchSession: Sendable {
  public struct Options: Sendable {
    /// Samples of each step and program.
    public var samples = 20
    /// Rounds before the first sample that counts.
    public var warmup = 1
    /// No further round begins after this many seconds.
    public var secondsMax: Double?
    /// Measuring ends when every interval is this narrow to each side; 0 never ends it early.
    public var precision = 0.0
    public var seed: UInt64 = 1
    /// Also count with callgrind, once for each step and program.
    public var countsWithCallgrind = false
    /// What decides whether an interval is narrow enough.
    public var quantity = Quantity.cpu

    public init() {}
  }

  /// Rounds before an interval can be narrow enough.
  static let roundsMin = 10

  private let work: [BenchWork]
  private let programs: [BenchProgram]
  private let options: Options

  public init(_ work: [BenchWork], programs: [BenchProgram], options: Options) {
    self.work = work
    self.programs = programs
    self.options = options
  }

  /// What was measured of one program.
  public struct Arm: Sendable {
    public let cases: [BenchCase]
    public let metrics: [ScienceMetric]
    /// Versions of what computed.
    public let libraries: [String: String]
    public let unavailable: [String: String]
  }

  /// Samples by program, in the order of the programs, and what measuring itself took.
  ///
  /// `folder` is where outputs are written before they are thrown away; `progress` is told after
  /// each round how many there were.
  public func measure(
    in folder: String, progress: @Sendable (_ round: Int, _ rounds: Int) -> Void
  ) async throws -> (arms: [Arm], overhead: SampleOverhead) {
    var tables = programs.map { program in work.map { SampleTable($0, program) } }
    var overhead = await SampleOverhead(idle: programs[0])
    let started = ContinuousClock.now
    var place = 0
    for round in 0..<(options.warmup + options.samples) {
      try Task.checkCancellation()
      for (program, step) in turns(round) {
        let before = ContinuousClock.now
        let isFirst = !tables[program][step].isExamined
        let report = try await sample(program, step, examined: isFirst, in: folder)
        overhead.add(report, lasting: ContinuousClock.now - before)
        try tables[program][step].check(report)
        guard round >= options.warmup else { continue }
        tables[program][step].add(report, place: place)
        place += 1
      }
      guard round >= options.warmup else { continue }
      progress(round - options.warmup + 1, options.samples)
      let seconds = Double((ContinuousClock.now - started).components.seconds)
      if let limit = options.secondsMax, seconds >= limit { break }
      if isNarrow(tables, round - options.warmup + 1) { break }
    }
    if options.countsWithCallgrind { try await countInstructions(&tables, in: folder) }
    return (tables.map(Arm.init), overhead)
  }

  /// Every step of every program once, in an order of its own for each round.
  private func turns(_ round: Int) -> [(program: Int, step: Int)] {
    var draw = RandomStream(seed: options.seed, name: "bench.order").substream(UInt64(round))
      .sequence()
    return programs.indices.flatMap { program in work.indices.map { (program, $0) } }
      .shuffled(using: &draw)
  }

  private func sample(
    _ program: Int, _ step: Int, examined isExamined: Bool, in folder: String
  ) async throws -> SampleReport {
    let files = LocalFileSystem()
    let place = folder + "/sample"
    try files.makeFolder(place)
    var job = work[step].job
    job.isExamined = isExamined
    let report = try await programs[program].sample(job, in: place)
    try files.remove(place)
    return report
  }

  private func countInstructions(_ tables: inout [[SampleTable]], in folder: String) async throws {
    let files = LocalFileSystem()
    for program in programs.indices {
      for step in work.indices {
        let place = folder + "/callgrind"
        try files.makeFolder(place)
        tables[program][step].callgrind = try await programs[program].callgrindCount(
          work[step].job, in: place)
        try files.remove(place)
      }
    }
  }

  /// Of two programs the interval of the ratio counts, of one that of the median.
  private func isNarrow(_ tables: [[SampleTable]], _ rounds: Int) -> Bool {
    guard options.precision > 0, rounds >= Self.roundsMin else { return false }
    return work.indices.allSatisfy { step in
      let series = tables.map { $0[step].series[options.quantity] ?? [] }
      guard series.count > 1 else { return halfWidth(series[0]) <= options.precision }
      let stream = RandomStream(seed: options.seed, name: "bench.stop").substream(UInt64(rounds))
      let ratio = MedianRatio(of: series[0], to: series[1], stream: stream, replicates: 500)
      let interval = ratio.interval(confidence: 0.95)
      return interval.upperBound - interval.lowerBound <= 2 * options.precision * ratio.estimate
    }
  }

  private func halfWidth(_ values: [Double]) -> Double {
    guard let interval = MedianInterval(values), interval.median > 0 else { return .infinity }
    return (interval.upper - interval.lower) / 2 / interval.median
  }
}
