import Foundation

/// The records of all runs, `.kcpipe/runs/<id>.json`: what `rerun`, `diff` and `gc` know runs from.
public struct RunArchive: Sendable {
  private let outputsRoot: String
  private let files: any FileSystem

  public init(outputsRoot: String, files: any FileSystem = LocalFileSystem()) {
    self.outputsRoot = outputsRoot
    self.files = files
  }

  private var folder: String { outputsRoot + "/.kcpipe/runs" }

  /// Keeps the record at `path`, by a link where there are some: records are replaced, never edited.
  func keep(_ path: String, id: String) throws(FileError) {
    try files.makeFolder(folder)
    try files.place(path, at: "\(folder)/\(id).json")
  }

  /// All records, the newest first.
  public func records() -> [RunRecord] {
    let names = (try? files.list(folder)) ?? []
    let records = names.filter { $0.hasSuffix(".json") }.compactMap { read(folder + "/" + $0) }
    return records.sorted { ($0.startedAt, $0.id) > ($1.startedAt, $1.id) }
  }

  func remove(_ record: RunRecord) throws(FileError) {
    try files.remove("\(folder)/\(record.id).json")
  }

  /// The folders of experiments that have a record.
  public func runFolders() -> [RunFolder] {
    let names = (try? files.list(outputsRoot)) ?? []
    return names.map { RunFolder(path: outputsRoot + "/" + $0, files: files) }.filter {
      files.status(of: $0.path + "/run.json")?.isFolder == false
    }
  }

  /// Keys that the newest runs of each experiment refer to, and those of the results at hand.
  public func keys(ofNewest count: Int) -> Set<Digest> {
    let atHand = count > 0 ? runFolders().compactMap(\.record) : []
    return Set((newest(count) + atHand).flatMap { $0.steps.compactMap(\.key) })
  }

  /// Forgets the records of older runs.
  public func prune(keeping count: Int) throws(FileError) {
    let kept = Set(newest(count).map(\.id))
    for record in records() where !kept.contains(record.id) { try remove(record) }
  }

  private func newest(_ count: Int) -> [RunRecord] {
    var seen: [String: Int] = [:]
    return records().filter { record in
      seen[record.experiment, default: 0] += 1
      return seen[record.experiment, default: 0] <= count
    }
  }

  /// A run by its id, its experiment's name, its folder, or the path of a `run.json`.
  public func find(_ word: String) throws(DataError) -> RunRecord {
    for path in [
      word, word + "/run.json", "\(folder)/\(word).json", "\(outputsRoot)/\(word)/run.json",
    ] {
      if let status = files.status(of: path), !status.isFolder, let record = read(path) {
        return record
      }
    }
    let ids = records().map(\.id)
    let near = Suggestion.nearest(to: word, among: ids)
    throw DataError(
      word, expected: "a run's id, an experiment's name, a run folder or a run.json",
      found: "none of them" + (near.map { "; did you mean '\($0)'?" } ?? ""))
  }

  private func read(_ path: String) -> RunRecord? {
    (try? files.read(path)).flatMap { try? RunRecord(json: $0) }
  }
}
