import CFuzzer
import Foundation

/// Gives a reader of files one damaged file after the other: `make fuzz`.
///
///     KCPIPE_FUZZ_TARGET=manifest Fuzz -max_total_time=30 corpus
///
/// The options are libFuzzer's. Whatever the file, the reader must return or throw; a trap, a hang and
/// memory without bound are faults.
@main enum Fuzz {
  static func main() {
    guard !targetName.isEmpty, FuzzTarget(rawValue: targetName) != nil else {
      print("KCPIPE_FUZZ_TARGET: one of \(FuzzTarget.allCases.map(\.rawValue))")
      exit(64)
    }
    var count = CommandLine.argc
    var arguments =
      unsafe CommandLine.unsafeArgv as UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    let code = unsafe LLVMFuzzerRunDriver(&count, &arguments) { data, size in
      let bytes = unsafe UnsafeBufferPointer(start: data, count: size)
      Fuzz.target.read(unsafe Array(bytes))
      return 0
    }
    exit(code)
  }

  private static let targetName = ProcessInfo.processInfo.environment["KCPIPE_FUZZ_TARGET"] ?? ""
  private static let target = FuzzTarget(rawValue: targetName) ?? .manifest
}
