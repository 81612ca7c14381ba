import Foundation
import Pipeline

/// A program whose steps are measured.
public struct BenchProgram: Sendable {
  /// In messages: `this program`, or what stood after `--against`.
  public let name: String
  public let executable: String
  /// A planted slowdown, for tests of the gate itself.
  public var burden: Double?

  public init(name: String, executable: String) {
    self.name = name
    self.executable = executable
  }

  /// Computes the job once in a fresh process; `folder` exists and is empty.
  func sample(_ job: SampleJob, in folder: String) async throws(BenchError) -> SampleReport {
    var job = job
    job.folder = folder
    job.burden = burden
    return try await report(of: executable, ["sample"], job)
  }

  /// The instructions that callgrind counts for the job, less those of a process without a job.
  ///
  /// A copy without debug information is run: valgrind does not read that of newer compilers. Hashes
  /// are not seeded anew, so that the count repeats.
  func callgrindCount(_ job: SampleJob, in folder: String) async throws(BenchError) -> Double {
    var job = job
    job.folder = folder
    job.isExamined = false
    let stripped = folder + "/kcpipe"
    let copy = await FreshProcess.run("strip", ["--strip-debug", "-o", stripped, executable])
    let program = copy?.isSuccess == true ? stripped : executable
    let idle = try await callgrind(program, nil, in: folder)
    return max(0, try await callgrind(program, job, in: folder) - idle)
  }

  private func callgrind(
    _ program: String, _ job: SampleJob?, in folder: String
  ) async throws(BenchError) -> Double {
    let file = folder + "/callgrind.out"
    let options = ["--tool=callgrind", "--callgrind-out-file=\(file)", program, "sample"]
    _ = try await report(of: "valgrind", options, job, [("SWIFT_DETERMINISTIC_HASHING", "1")])
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").last { $0.hasPrefix("totals:") }
    guard let count = line?.split(separator: " ").last.flatMap({ Double($0) }) else {
      throw .notMeasurable(program: name, message: "callgrind gave no count")
    }
    return count
  }

  /// Runs a process on the job; without a job there is no report to read.
  @discardableResult
  private func report(
    of program: String, _ arguments: [String], _ job: SampleJob?,
    _ variables: [(name: String, value: String)] = []
  ) async throws(BenchError) -> SampleReport {
    let process = await FreshProcess.run(
      program, arguments, input: try file(of: job), setting: variables)
    guard let process else { throw .cannotStart(program: program) }
    if job == nil, process.isSuccess { return SampleReport() }
    let line = process.output.split(separator: "\n").last.map(String.init) ?? ""
    guard process.isSuccess,
      let report = try? JSONDecoder().decode(SampleReport.self, from: Data(line.utf8))
    else {
      let words = process.errors.split(separator: "\n").first.map(String.init)
      throw .notMeasurable(program: name, message: words ?? "ended with \(process.status)")
    }
    if let failure = report.failure { throw .notMeasurable(program: name, message: failure) }
    return report
  }

  /// The job as a file in its own folder.
  private func file(of job: SampleJob?) throws(BenchError) -> String {
    guard let job else { return "/dev/null" }
    let path = job.folder + "/job.json"
    do {
      try LocalFileSystem().replace(
        path, with: JSONEncoder().encode(job) + Data("\n".utf8), isDurable: false)
      return path
    } catch {
      throw .notMeasurable(program: name, message: "\(error)")
    }
  }

  /// Version and build, from the first line of `--version`.
  public func identity() async throws(BenchError) -> (version: String, build: String) {
    guard let process = await FreshProcess.run(executable, ["--version"]) else {
      throw .cannotStart(program: name)
    }
    let words = process.output.split { " ()\n".contains($0) }.map(String.init)
    guard words.count >= 4, words[0] == "kcpipe" else {
      throw .notMeasurable(program: name, message: "it does not say which kcpipe it is")
    }
    return (words[1], words[3])
  }
}
