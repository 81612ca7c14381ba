import Benchmark
import Foundation
import Pipeline
import TestSupport
import Testing

/// Sessions that measure shell scripts, which say what they are told to say.
@Suite("A measuring session")
struct BenchSessionTests {
  private let work = ["first", "second"].map { name in
    BenchWork(
      name: name,
      job: SampleJob(stage: name, parameters: [:], seed: 1, inputs: [:], threads: 1),
      digest: Digest(of: name))
  }

  /// A program whose body runs with the job on standard input.
  private func program(
    _ name: String, _ body: String, in folder: TemporaryFolder
  ) throws -> BenchProgram {
    let path = try folder.write("#!/bin/sh\n\(body)\n", to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return BenchProgram(name: name, executable: path)
  }

  /// Appends its name to a list, then reports a constant time and result.
  private func recorder(
    _ name: String, seconds: Double, in folder: TemporaryFolder
  ) throws -> BenchProgram {
    let report =
      #"{"measured":{"cpu_s":\#(seconds),"years":1},"results":{"main":"\#(Digest(of: "same").hex)"}}"#
    return try program(
      name, "read job || exit 0; echo \(name) >> '\(folder.path)/turns'; echo '\(report)'",
      in: folder)
  }

  private func turns(_ folder: TemporaryFolder) throws -> [String] {
    let text = try String(contentsOfFile: folder.path + "/turns", encoding: .utf8)
    return text.split(separator: "\n").map(String.init)
  }

  private func options(_ samples: Int, seed: UInt64 = 1) -> BenchSession.Options {
    var options = BenchSession.Options()
    options.samples = samples
    options.seed = seed
    options.warmup = 0
    return options
  }

  @Test func `programs are measured in turn, in the order that the seed gives`() async throws {
    var orders: [[String]] = []
    for seed in [1, 1, 2] as [UInt64] {
      let folder = try TemporaryFolder()
      let programs = try ["a", "b"].map { try recorder($0, seconds: 1, in: folder) }
      let session = BenchSession(work, programs: programs, options: options(8, seed: seed))
      let arms = try await session.measure(in: folder.path) { _, _ in }.arms
      let order = try turns(folder)
      // Each round has every step of every program once.
      for round in 0..<8 { #expect(order[4 * round..<4 * round + 4].count { $0 == "a" } == 2) }
      let places = arms.flatMap(\.cases).flatMap(\.order)
      #expect(places.sorted() == Array(0..<32))
      orders.append(order)
    }
    #expect(orders[0] == orders[1] && orders[0] != orders[2])
  }

  @Test func `warm-up rounds are no samples`() async throws {
    let folder = try TemporaryFolder()
    var options = options(3)
    options.warmup = 2
    let program = try recorder("a", seconds: 1, in: folder)
    let session = BenchSession([work[0]], programs: [program], options: options)
    let arms = try await session.measure(in: folder.path) { _, _ in }.arms
    #expect(try turns(folder).count == 5)
    #expect(arms[0].cases[0].series == [.cpu: [1, 1, 1]])
  }

  @Test func `measuring ends early when every interval is narrow enough`() async throws {
    let folder = try TemporaryFolder()
    var options = options(50)
    options.precision = 0.01
    let programs = try ["a", "b"].map { try recorder($0, seconds: 1, in: folder) }
    let session = BenchSession(work, programs: programs, options: options)
    let arms = try await session.measure(in: folder.path) { _, _ in }.arms
    #expect(arms.flatMap(\.cases).map(\.order.count) == [10, 10, 10, 10])
  }

  @Test func `a result that varies is refused`() async throws {
    let folder = try TemporaryFolder()
    let body = """
      read job || exit 0
      digest=$(printf '%064d' $$)
      echo "{\\"measured\\":{\\"cpu_s\\":1},\\"results\\":{\\"main\\":\\"$digest\\"}}"
      """
    let program = try program("a", body, in: folder)
    await #expect(throws: BenchError.resultVaries(step: "first", program: "a")) {
      _ = try await BenchSession([work[0]], programs: [program], options: options(3))
        .measure(in: folder.path) { _, _ in }
    }
  }

  /// Only the first sample is read back; the others are told apart by what they wrote.
  @Test func `a checksum that varies is refused`() async throws {
    let folder = try TemporaryFolder()
    let results = #"\"results\":{\"main\":\"\#(Digest(of: "same").hex)\"}"#
    let body = """
      read job || exit 0
      echo "{\\"measured\\":{\\"cpu_s\\":1},\\"checksums\\":{\\"main\\":$$},\(results)}"
      """
    let program = try program("a", body, in: folder)
    await #expect(throws: BenchError.resultVaries(step: "first", program: "a")) {
      _ = try await BenchSession([work[0]], programs: [program], options: options(3))
        .measure(in: folder.path) { _, _ in }
    }
  }

  @Test(arguments: [
    ("echo 'sample is no command' >&2; exit 64", "sample is no command"),
    ("exit 3", "ended with 3"), ("read job; echo nonsense", "ended with 0"),
    (#"read job; echo '{"failure": "no stage x"}'"#, "no stage x"),
  ])
  func `a program that cannot be measured says why`(body: String, words: String) async throws {
    let folder = try TemporaryFolder()
    let program = try program("old", body, in: folder)
    await #expect(throws: BenchError.notMeasurable(program: "old", message: words)) {
      _ = try await BenchSession([work[0]], programs: [program], options: options(1))
        .measure(in: folder.path) { _, _ in }
    }
  }

  @Test func `a program that is not there cannot be started`() async throws {
    let folder = try TemporaryFolder()
    let program = BenchProgram(name: "gone", executable: folder.path + "/gone")
    await #expect(throws: BenchError.self) {
      _ = try await BenchSession(work, programs: [program], options: options(1))
        .measure(in: folder.path) { _, _ in }
    }
  }
}
