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

  /// Keeps a record; a run that executed nothing and changed nothing adds no new one.
  func keep(_ record: RunRecord, _ text: Data) throws(FileError) {
    try files.makeFolder(folder)
    try files.replace("\(folder)/\(record.id).json", with: text, isDurable: false)
  }

  /// All records, the newest first.
  public func records() -> [RunRecord] {
    let names = (try? files.list(folder)) ?? []
    let records = names.filter { $0.hasSuffix(".json") }.compactMap { name in
      read(folder + "/" + name)
    }
    return records.sorted { ($0.startedAt, $0.id) > ($1.startedAt, $1.id) }
  }

  func remove(_ record: RunRecord) throws(FileError) {
    try files.remove("\(folder)/\(record.id).json")
  }

  /// Keys that the newest runs of each experiment refer to.
  public func keys(ofNewest count: Int) -> Set<Digest> {
    Set(newest(count).flatMap { $0.steps.compactMap(\.key) })
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
    (try? files.read(path)).flatMap { try? JSONDecoder().decode(RunRecord.self, from: $0) }
  }
}
