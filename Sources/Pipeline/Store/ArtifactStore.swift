import Foundation

/// Results by key: a folder each, complete and sealed or not there at all.
///
///     objects/ab/abcdef.../main.h5  truth.h5  seal.json  notes.json
///     tmp/abcdef....1234/           being written, worthless once its writer is gone
///     locks/abcdef....lock          held while the step is computed
public struct ArtifactStore: Sendable {
  public let root: String
  let files: any FileSystem

  public init(root: String, files: any FileSystem = LocalFileSystem()) {
    self.root = root
    self.files = files
  }

  /// A result that was found whole.
  public struct Entry: Sendable {
    public let folder: String
    public let seal: Seal
    public let resources: StepResources

    public func path(of output: String) -> String {
      folder + "/" + (seal.output(output)?.file ?? "")
    }
  }

  func folder(of key: Digest) -> String { "\(root)/objects/\(key.hex.prefix(2))/\(key.hex)" }
  func lockPath(of key: Digest) -> String { "\(root)/locks/\(key.hex).lock" }

  /// The result of `key`, if it is there and sound.
  ///
  /// Sizes, times and inodes are compared on every use; where one has changed, the file is hashed,
  /// and a result that does not match its seal is as good as absent.
  public func find(_ key: Digest) -> Entry? {
    guard let entry = read(key) else { return nil }
    return repairNotes(entry.entry, entry.notes) ? entry.entry : nil
  }

  private func read(_ key: Digest) -> (entry: Entry, notes: StoreNotes)? {
    let folder = folder(of: key)
    let decoder = JSONDecoder()
    guard let sealData = try? files.read(folder + "/seal.json"),
      let seal = try? decoder.decode(Seal.self, from: sealData),
      seal.format == Seal.currentFormat, seal.key == key
    else { return nil }
    let notes = (try? files.read(folder + "/notes.json")).flatMap {
      try? decoder.decode(StoreNotes.self, from: $0)
    }
    let none = StepResources(
      wallSeconds: 0, cpuSeconds: 0, peakBytes: 0, bytesRead: 0, bytesWritten: 0)
    let known = notes ?? StoreNotes(statuses: [:], resources: none)
    return (Entry(folder: folder, seal: seal, resources: known.resources), known)
  }

  /// Whether every file is sound; what had to be hashed to know it is noted.
  private func repairNotes(_ entry: Entry, _ notes: StoreNotes) -> Bool {
    var notes = notes
    var isChanged = false
    for output in entry.seal.outputs {
      let path = entry.folder + "/" + output.file
      guard let status = files.status(of: path), !status.isFolder, status.bytes == output.bytes
      else { return false }
      if status == notes.statuses[output.file] { continue }
      guard (try? files.digest(ofFile: path)) == output.sha256 else { return false }
      notes.statuses[output.file] = status
      isChanged = true
    }
    if isChanged { try? write(notes, in: entry.folder) }
    return true
  }

  private func write(_ notes: StoreNotes, in folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try files.replace(folder + "/notes.json", with: encoder.encode(notes), isDurable: false)
  }

  /// Hashes every file of a result, whatever its times say; returns the names of damaged ones.
  public func damagedFiles(of key: Digest) -> [String]? {
    guard let entry = read(key)?.entry else { return nil }
    return entry.seal.outputs.filter { output in
      (try? files.digest(ofFile: entry.folder + "/" + output.file)) != output.sha256
    }.map(\.file)
  }

  /// Opens a folder for a result in the making.
  ///
  /// The caller holds the step's lock, so whatever lies under the same key is a dead writer's.
  package func beginFolder(for key: Digest) throws(FileError) -> String {
    try files.makeFolder(root + "/tmp")
    for name in try files.list(root + "/tmp") where name.hasPrefix(key.hex) {
      try files.remove("\(root)/tmp/\(name)")
    }
    let folder = "\(root)/tmp/\(key.hex).\(getpid())"
    try files.makeFolder(folder)
    return folder
  }

  /// Turns a folder in the making into the result of its key.
  ///
  /// Files and folder reach the disk before the rename, the rename before this returns: after a
  /// power cut there is the whole result or none.
  package func publish(_ folder: String, seal: Seal, resources: StepResources) throws {
    var statuses: [String: FileStatus] = [:]
    for output in seal.outputs {
      let path = folder + "/" + output.file
      try files.setReadOnly(path)
      try files.sync(path)
      statuses[output.file] = files.status(of: path)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try files.replace(folder + "/seal.json", with: encoder.encode(seal), isDurable: true)
    try write(StoreNotes(statuses: statuses, resources: resources), in: folder)
    try files.sync(folder)
    let target = self.folder(of: seal.key)
    let parent = (target as NSString).deletingLastPathComponent
    try files.makeFolder(parent)
    if files.status(of: target) != nil { try discard(target) }
    try files.rename(folder, to: target)
    try files.sync(parent)
  }

  /// Moves a damaged or outdated result out of the way, then removes it.
  private func discard(_ folder: String) throws(FileError) {
    let aside = "\(root)/tmp/discarded.\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
    try files.rename(folder, to: aside)
    try files.remove(aside)
  }

  /// Puts an output into a run folder; the store's own notes follow the link that this makes.
  func place(_ output: Seal.Output, of entry: Entry, at target: String) throws {
    let source = entry.folder + "/" + output.file
    try files.place(source, at: target)
    guard let data = try? files.read(entry.folder + "/notes.json"),
      var notes = try? JSONDecoder().decode(StoreNotes.self, from: data),
      let now = files.status(of: source), let before = notes.statuses[output.file],
      now.differsInChangeTimeOnly(from: before)
    else { return }
    notes.statuses[output.file] = now
    try write(notes, in: entry.folder)
  }
}
