import Foundation

/// Measures what the work between its creation and `read` takes in this process.
struct SampleMeter: ~Copyable {
  private let counter = InstructionCounter()
  private let traffic: (read: Double, written: Double)?
  private let usage: rusage
  private let instructions: Double?
  private let cpu: Double
  private let wall: Double

  init() {
    // "5" resets the peak of the resident set, so that it becomes that of the step.
    try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    traffic = Self.traffic()
    usage = Self.usage()
    instructions = counter.read()
    cpu = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
    wall = Self.seconds(CLOCK_MONOTONIC)
  }

  /// Processor time so far, in seconds.
  var cpuSeconds: Double { Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu }

  /// Adds what was measured, and what could not be, to `report`.
  func read(into report: inout SampleReport) {
    let wallNow = Self.seconds(CLOCK_MONOTONIC)
    let cpuNow = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
    let instructionsNow = counter.read()
    let usageNow = Self.usage()
    report.measured[.wall] = rounded(wallNow - wall)
    report.measured[.cpu] = rounded(cpuNow - cpu)
    report.measured[.user] = rounded(Self.seconds(usageNow.ru_utime) - Self.seconds(usage.ru_utime))
    report.measured[.system] = rounded(
      Self.seconds(usageNow.ru_stime) - Self.seconds(usage.ru_stime))
    report.measured[.voluntarySwitches] = Double(usageNow.ru_nvcsw - usage.ru_nvcsw)
    report.measured[.involuntarySwitches] = Double(usageNow.ru_nivcsw - usage.ru_nivcsw)
    if let before = instructions, let now = instructionsNow {
      report.measured[.instructions] = now - before
    } else {
      report.unavailable[Quantity.instructions.word] = counter.unavailable ?? "the counter stopped"
    }
    if let before = traffic, let now = Self.traffic() {
      report.measured[.bytesRead] = now.read - before.read
      report.measured[.bytesWritten] = now.written - before.written
    } else {
      report.unavailable[Quantity.bytesRead.word] = "this system does not count them"
      report.unavailable[Quantity.bytesWritten.word] = "this system does not count them"
    }
    if let peak = Self.number(after: "VmHWM:", in: "/proc/self/status") {
      report.measured[.peakMemory] = peak * 1024
    } else {
      report.unavailable[Quantity.peakMemory.word] = "this system does not tell it"
    }
  }

  /// Whole nanoseconds: more is not measured.
  private func rounded(_ seconds: Double) -> Double { (seconds * 1e9).rounded() / 1e9 }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }

  private static func usage() -> rusage {
    var usage = rusage()
    #if os(Linux)
      unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      unsafe getrusage(RUSAGE_SELF, &usage)
    #endif
    return usage
  }

  private static func traffic() -> (read: Double, written: Double)? {
    guard let read = number(after: "rchar:", in: "/proc/self/io"),
      let written = number(after: "wchar:", in: "/proc/self/io")
    else { return nil }
    return (read, written)
  }

  private static func number(after label: String, in path: String) -> Double? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix(label) })
    else { return nil }
    return line.split { !$0.isNumber }.first.flatMap { Double($0) }
  }
}
