import Foundation
import Pipeline
import Synchronization

/// The screen: bars and colours on a terminal, plain lines elsewhere.
///
/// Progress and complaints go to standard error, results to standard output, so that a pipe gets
/// results only. `NO_COLOR` is honoured.
final class Console: Sendable {
  enum Loudness { case quiet, normal, verbose }

  private struct Bar {
    let step: String
    var share: Double
    var note: String
  }

  private let loudness: Loudness
  private let isTerminal: Bool
  private let showsCached: Bool
  private let bars = Mutex<(running: [Bar], drawn: Int)>(([], 0))

  /// `showsCached`: whether steps that were known get lines; those of a large sweep are only counted.
  init(_ loudness: Loudness, showsCached: Bool = true) {
    self.loudness = loudness
    self.showsCached = showsCached
    isTerminal = isatty(STDERR_FILENO) == 1 && Self.environment("TERM") != "dumb"
  }

  static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Writes to standard error, whatever the loudness.
  static func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  enum Colour: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case grey = "90"
  }

  /// The text in a colour, where standard output is a terminal that shows colours.
  static func coloured(_ text: String, _ colour: Colour, on descriptor: Int32 = STDOUT_FILENO)
    -> String
  {
    guard isatty(descriptor) == 1, environment("NO_COLOR") == nil, environment("TERM") != "dumb"
    else { return text }
    return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
  }

  func show(_ event: RunEvent) {
    guard loudness != .quiet else { return }
    if case .ended(let result) = event, result.status == .cached, !showsCached { return }
    bars.withLock { state in
      erase(&state.drawn)
      switch event {
      case .started(let step):
        state.running.append(Bar(step: step, share: 0, note: ""))
        if !isTerminal, loudness == .verbose { Self.complain("\(step): started") }
      case .progress(let step, let share, let note):
        for i in state.running.indices where state.running[i].step == step {
          state.running[i].share = share
          state.running[i].note = note
        }
        if !isTerminal, loudness == .verbose {
          Self.complain("\(step): \(Format.percent(share)) \(note)")
        }
      case .waiting(let step, let owner): Self.complain("\(step): waits for \(owner)")
      case .retrying(let step, let message):
        Self.complain("\(step): failed, tried again: \(message)")
      case .ended(let result):
        state.running.removeAll { $0.step == result.label }
        Self.complain(line(result))
      }
      draw(state.running, &state.drawn)
    }
  }

  private func erase(_ drawn: inout Int) {
    guard isTerminal, drawn > 0 else { return }
    FileHandle.standardError.write(Data("\u{1B}[\(drawn)A\u{1B}[J".utf8))
    drawn = 0
  }

  private func draw(_ running: [Bar], _ drawn: inout Int) {
    guard isTerminal else { return }
    for bar in running {
      let filled = Int((min(1, max(0, bar.share)) * 24).rounded())
      let cells = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
      Self.complain("  \(bar.step)  \(cells) \(Format.percent(bar.share)) \(bar.note)")
    }
    drawn = running.count
  }

  private func line(_ result: StepResult) -> String {
    let status = result.status.rawValue
    let padded = status + String(repeating: " ", count: max(1, 10 - status.count))
    var text = Self.coloured(padded, colour(result.status), on: STDERR_FILENO) + result.label
    if result.status == .executed, let resources = result.resources {
      text += Self.coloured(
        "  \(Format.seconds(resources.wallSeconds)), \(Format.bytes(resources.peakBytes))", .grey,
        on: STDERR_FILENO)
    }
    if let failure = result.failure { text += ": \(failure.message)" }
    return text
  }

  private func colour(_ status: StepResult.Status) -> Colour {
    switch status {
    case .executed: .green
    case .restored, .cached: .grey
    case .failed: .red
    case .skipped: .yellow
    }
  }
}
