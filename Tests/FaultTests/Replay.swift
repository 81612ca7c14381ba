import Foundation
import TestSupport

/// How much is tried, and from which seed.
///
/// `KCPIPE_SOAK=1` tries all that can be tried, from another seed each time; `KCPIPE_FAULT_SEED`
/// replays one.
enum Replay {
  static let isSoak = environment("KCPIPE_SOAK") == "1"

  static let seed: UInt64 =
    environment("KCPIPE_FAULT_SEED").flatMap { UInt64($0) }
    ?? (isSoak ? UInt64.random(in: 0...0xFFFF_FFFF) : 20_261_124)

  private static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name]
  }

  /// The shorter number in `make test`, the longer one in `make soak`.
  static func count(_ short: Int, soak long: Int) -> Int { isSoak ? long : short }

  /// Random numbers of a test; two tests with different words draw different ones.
  static func random(_ word: String) -> SplitMix64 {
    SplitMix64(seed: word.utf8.reduce(seed) { ($0 &* 31) &+ UInt64($1) })
  }

  /// `short` of the numbers 1...total, spread evenly from a random start; all of them when soaking.
  static func some(_ short: Int, of total: Int, _ random: inout SplitMix64) -> [Int] {
    let step = isSoak ? 1 : max(1, total / short)
    return Array(stride(from: Int.random(in: 1...step, using: &random), through: total, by: step))
  }

  /// For the words of a failure: the command that tries the same again.
  static func command(_ suite: String) -> String {
    "replay: \(isSoak ? "KCPIPE_SOAK=1 " : "")KCPIPE_FAULT_SEED=\(seed) swift test --filter \(suite)"
  }
}
