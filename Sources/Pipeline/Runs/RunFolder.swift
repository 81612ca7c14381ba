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

  /// The files of the last run that are gone or hold other bytes than its record says; the record
  /// itself where it cannot be read.
  public func damagedFiles() -> [String] {
    guard let record else { return [path + "/run.json"] }
    let expected = record.placements.map { ($0.file, $0.artifact.sha256) }
    let products = (record.products ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return (expected + products).filter { file, digest in
      (try? files.digest(ofFile: path + "/" + file)) != digest
    }.map { path + "/" + $0.0 }
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
