import Foundation

/// The folder of an experiment's results: `outputs/<experiment>/`.
public struct RunFolder: Sendable {
  public let path: String
  let files: any FileSystem

  public init(path: String, files: any FileSystem = LocalFileSystem()) {
    self.path = path
    self.files = files
  }

  /// The record of the last run in this folder, if there is a readable one.
  public var record: RunRecord? {
    (try? files.read(path + "/run.json")).flatMap {
      try? JSONDecoder().decode(RunRecord.self, from: $0)
    }
  }

  /// The artifacts of the last run that are gone or hold other bytes than its record says.
  public func damagedFiles() -> [String] {
    (record?.steps ?? []).flatMap(\.artifacts).filter { artifact in
      (try? files.digest(ofFile: path + "/" + artifact.file)) != artifact.sha256
    }.map { path + "/" + $0.file }
  }

  /// `population.h5` for the main output, `population.truth.h5` for another.
  public static func fileName(step: String, output: String) -> String {
    output == "main" ? "\(step).h5" : "\(step).\(output).h5"
  }

  /// Puts a result of the store into this folder, unless it lies there already.
  func accept(
    _ entry: ArtifactStore.Entry, _ step: PlannedStep, _ key: StepKey, from store: ArtifactStore,
    asNew isNew: Bool
  ) -> StepResult {
    var isComplete = true
    do {
      for output in entry.seal.outputs {
        let target = path + "/" + Self.fileName(step: step.name, output: output.name)
        if holds(output, of: entry, at: target) { continue }
        isComplete = false
        try files.makeFolder(path)
        if files.status(of: target)?.isFolder == true { try files.remove(target) }
        try store.place(output, of: entry, at: target)
      }
    } catch {
      let failure = StepFailure(.disk, "\(error)")
      return StepResult(step.name, .failed, key: key, seal: nil, failure: failure)
    }
    let status: StepResult.Status = isNew ? .executed : isComplete ? .cached : .restored
    return StepResult(
      step.name, status, key: key, seal: entry.seal, resources: entry.resources)
  }

  /// Whether the file at `target` is the output: the same file as the store's, or one that hashes
  /// to the same digest.
  func holds(
    _ output: Seal.Output, of entry: ArtifactStore.Entry, at target: String
  ) -> Bool {
    guard let here = files.status(of: target), !here.isFolder, here.bytes == output.bytes else {
      return false
    }
    let there = files.status(of: entry.folder + "/" + output.file)
    if let there, there.inode == here.inode, there.device == here.device { return true }
    return (try? files.digest(ofFile: target)) == output.sha256
  }
}
