import Foundation

/// Measures what a piece of work takes in this process.
struct ResourceMeter {
  private let started = ContinuousClock.now
  private let cpuBefore = Self.cpuSeconds()
  private let ioBefore = Self.io()

  init() {
    // "5" resets the peak of the resident set, so that it becomes that of this step.
    try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
  }

  func read() -> StepResources {
    let wall = ContinuousClock.now - started
    let io = Self.io()
    return StepResources(
      wallSeconds: Double(wall.components.seconds) + Double(wall.components.attoseconds) * 1e-18,
      cpuSeconds: Self.cpuSeconds() - cpuBefore, peakBytes: Self.peakBytes(),
      bytesRead: io.read - ioBefore.read, bytesWritten: io.written - ioBefore.written)
  }

  static func cpuSeconds() -> Double {
    var usage = rusage()
    #if os(Linux)
      unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      unsafe getrusage(RUSAGE_SELF, &usage)
    #endif
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }

  /// The largest resident set since the last reset, in bytes; 0 where the system does not tell.
  static func peakBytes() -> Int {
    (number(after: "VmHWM:", in: "/proc/self/status") ?? 0) * 1024
  }

  private static func io() -> (read: Int, written: Int) {
    (
      number(after: "rchar:", in: "/proc/self/io") ?? 0,
      number(after: "wchar:", in: "/proc/self/io") ?? 0
    )
  }

  private static func number(after label: String, in path: String) -> Int? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix(label) })
    else { return nil }
    return line.split(separator: " ", omittingEmptySubsequences: true)
      .flatMap { $0.split(separator: "\t") }.compactMap { Int($0) }.first
  }
}
