/// An artifact in a run folder, found by its path and checked against the run's record.
///
///     let one = try RecordedArtifact(at: "outputs/quickstart/traffic")      // or traffic.h5
///     one.stage, one.output           // "traffic", "main"
///
/// The file's digest must be that of the record: a damaged or edited result is never handed on.
public struct RecordedArtifact: Sendable {
  public let path: String
  /// The word behind `uses:` of the step that made it.
  public let stage: String
  public let output: String

  public init(at given: String) throws(DataError) {
    let path = given.hasSuffix(".h5") ? given : given + ".h5"
    let name = PathParts.name(of: path)
    let files = LocalFileSystem()
    guard files.status(of: path) != nil else {
      throw DataError(
        given, expected: "a step of a run folder, as outputs/quickstart/traffic", found: "no file")
    }
    guard let (record, place) = Self.record(of: path) else {
      throw DataError(given, expected: "a file in a run folder", found: "no run.json above it")
    }
    guard let artifact = record.placements.first(where: { $0.file == place })?.artifact,
      let step = record.steps.first(where: { step in
        step.artifacts.contains { $0.file == artifact.file && $0.sha256 == artifact.sha256 }
      })
    else {
      throw DataError(given, expected: "a result of the run", found: "no such file in run.json")
    }
    guard (try? files.digest(ofFile: path)) == artifact.sha256 else {
      throw DataError(
        name, expected: "the bytes that run.json vouches for",
        found: "others; run the manifest again")
    }
    self.path = path
    stage = step.stage
    output = artifact.output
  }

  /// The record of the run folder above a file, and the file's place in it.
  private static func record(of path: String) -> (RunRecord, place: String)? {
    var (folder, place) = (PathParts.folder(of: path), "")
    place = PathParts.name(of: path)
    while true {
      if let record = RunFolder(path: folder.isEmpty ? "." : folder).record {
        return (record, place)
      }
      guard !folder.isEmpty, folder != "/" else { return nil }
      place = PathParts.name(of: folder) + "/" + place
      folder = PathParts.folder(of: folder)
    }
  }
}
