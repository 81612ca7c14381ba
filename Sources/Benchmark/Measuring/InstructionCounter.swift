internal import CPerf
import Foundation

/// The processor's own count of the instructions that this process executes outside the kernel.
///
/// Every thread that exists now is counted, and every thread that these start. Many virtual machines
/// and containers do not let programs count; `unavailable` then holds the reason.
struct InstructionCounter: ~Copyable {
  private let files: [Int32]
  let unavailable: String?

  init() {
    var files: [Int32] = []
    var reason: String?
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    for thread in threads.compactMap({ Int32($0) }) {
      let file = kc_perf_open_instructions(thread)
      if file >= 0 { files.append(file) } else { reason = Self.reason(-file) }
    }
    if threads.isEmpty { reason = "this system has no counters that a program can read" }
    self.files = files
    unavailable = reason
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOSYS: "the kernel has no performance counters"
    case EACCES, EPERM: "the kernel does not let this user count (perf_event_paranoid)"
    case ENOENT, EOPNOTSUPP: "the processor shows this machine no counter of instructions"
    default: unsafe String(cString: strerror(code))
    }
  }

  /// The instructions so far.
  func read() -> Double? {
    guard unavailable == nil else { return nil }
    var total = 0.0
    for file in files {
      var count: UInt64 = 0
      guard unsafe Foundation.read(file, &count, 8) == 8 else { return nil }
      total += Double(count)
    }
    return total
  }

  deinit {
    for file in files { close(file) }
  }
}
