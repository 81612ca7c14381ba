import Foundation

/// `log.txt`: what happened in the last run, a line each with the seconds since its start.
final class RunLog: Sendable {
  private let started = ContinuousClock.now
  private let file: LockedState<FileHandle?>

  init(path: String) throws(FileError) {
    let files = LocalFileSystem()
    try files.remove(path)
    try files.create(path, with: Data())
    file = LockedState(FileHandle(forWritingAtPath: path))
  }

  func write(_ text: String) {
    let elapsed = (ContinuousClock.now - started).seconds
    let line = Format.printed("%10.3f ", elapsed) + text + "\n"
    file.withLock { file in try? file?.write(contentsOf: Data(line.utf8)) }
  }

  func write(_ event: RunEvent) {
    switch event {
    case .started(let step): write("\(step): started")
    case .progress(let step, let share, let note):
      write("\(step): \(Format.percent(share)) \(note)")
    case .waiting(let step, let owner): write("\(step): waits for \(owner)")
    case .retrying(let step, let message): write("\(step): failed, tried again: \(message)")
    case .ended(let result):
      // What was known anyway is counted at the end.
      guard result.status != .cached else { return }
      write(
        "\(result.label): \(result.status.rawValue)"
          + (result.failure.map { ": \($0.message)" } ?? ""))
    }
  }
}
