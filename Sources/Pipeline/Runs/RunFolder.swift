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
    (try? files.read(path + "/run.json")).flatMap { try? RunRecord(json: $0) }
  }

  /// The artifacts of the last run that are gone or hold other bytes than its record says.
  public func damagedFiles() -> [String] {
    (record?.placements ?? []).filter { place in
      (try? files.digest(ofFile: path + "/" + place.file)) != place.artifact.sha256
    }.map { path + "/" + $0.file }
  }

  /// `population.h5` for the main output, `population.truth.h5` for another.
  public static func fileName(step: String, output: String) -> String {
    output == "main" ? "\(step).h5" : "\(step).\(output).h5"
  }
}

extension Plan {
  /// Where an output of a step lies, relative to the experiment's folder: once in each case that the
  /// step is part of.
  func files(of step: PlannedStep, output: String) -> [String] {
    let name = RunFolder.fileName(step: step.name, output: output)
    return step.isOnceForAll ? [name] : step.cases.map { cases[$0].folder + name }
  }
}
