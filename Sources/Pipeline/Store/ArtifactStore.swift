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
    /// By file name, as they were when the files were last known to be sound.
    var statuses: [String: FileStatus]

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
    guard var entry = read(key) else { return nil }
    let known = entry.statuses
    for output in entry.seal.outputs {
      guard let status = soundStatus(output, in: entry) else { return nil }
      entry.statuses[output.file] = status
    }
    if entry.statuses != known { note(entry) }
    return entry
  }

  private func read(_ key: Digest) -> Entry? {
    let folder = folder(of: key)
    guard let data = try? files.read(folder + "/seal.json"), let seal = Seal(file: data),
      seal.format == Seal.currentFormat, seal.key == key
    else { return nil }
    let notes = (try? files.read(folder + "/notes.json")).flatMap {
      try? JSONDecoder().decode(StoreNotes.self, from: $0)
    }
    return Entry(
      folder: folder, seal: seal, resources: notes?.resources ?? .unknown,
      statuses: notes?.statuses ?? [:])
  }

  /// The status of a file that is sound; a file whose status has changed is hashed to know it.
  private func soundStatus(_ output: Seal.Output, in entry: Entry) -> FileStatus? {
    let path = entry.folder + "/" + output.file
    guard let status = files.status(of: path), !status.isFolder, status.bytes == output.bytes
    else { return nil }
    if status == entry.statuses[output.file] { return status }
    return (try? files.digest(ofFile: path)) == output.sha256 ? status : nil
  }

  /// Keeps the statuses of sound files, so that they need not be hashed next time.
  private func note(_ entry: Entry) {
    files.sweepAbandoned(in: entry.folder)
    try? write(
      StoreNotes(statuses: entry.statuses, resources: entry.resources), in: entry.folder)
  }

  private func write(_ notes: StoreNotes, in folder: String) throws {
    try files.replace(folder + "/notes.json", with: Self.encode(notes), isDurable: false)
  }

  /// Hashes every file of a result, whatever its times say; returns the names of damaged ones.
  public func damagedFiles(of key: Digest) -> [String]? {
    guard let entry = read(key) else { return nil }
    return entry.seal.outputs.filter { output in
      (try? files.digest(ofFile: entry.folder + "/" + output.file)) != output.sha256
    }.map(\.file)
  }

  /// Opens a folder for a result in the making.
  ///
  /// The caller holds the step's lock, so whatever lies under the same key is a dead writer's.
  package func beginFolder(for key: Digest) throws(FileError) -> String {
    try files.makeFolder(root + "/tmp")
    for name in (try? files.list(root + "/tmp")) ?? [] where name.hasPrefix(key.hex) {
      try files.remove("\(root)/tmp/\(name)")
    }
    let folder = "\(root)/tmp/\(key.hex).\(getpid())"
    try files.makeFolder(folder)
    return folder
  }

  /// Turns a folder in the making, whose outputs are read-only and on the disk already, into the
  /// result of its key.
  package func publish(_ folder: String, seal: Seal, resources: StepResources) throws {
    try write(seal, in: folder)
    try publish(folder, sealed: seal, resources: resources)
  }

  /// Brings a seal to the disk beside its outputs, which need not be there yet.
  func write(_ seal: Seal, in folder: String) throws {
    try files.create(folder + "/seal.json", with: seal.file())
    try files.sync(folder + "/seal.json")
  }

  /// Turns a folder whose outputs and seal are on the disk into the result of its key.
  ///
  /// The folder reaches the disk before the rename, the rename before this returns: after a power cut
  /// there is the whole result or none.
  func publish(_ folder: String, sealed seal: Seal, resources: StepResources) throws {
    if let old = find(seal.key), old.seal.outputs == seal.outputs {
      // Computed once more with the same bytes: who reads the old files must not lose them.
      try files.remove(folder)
      return
    }
    let target = self.folder(of: seal.key)
    let parent = (target as NSString).deletingLastPathComponent
    try files.makeFolder(parent)
    var statuses: [String: FileStatus] = [:]
    for output in seal.outputs {
      statuses[output.file] = files.status(of: folder + "/" + output.file)
    }
    let notes = StoreNotes(statuses: statuses, resources: resources)
    try files.create(folder + "/notes.json", with: Self.encode(notes))
    try files.sync(folder)
    if files.status(of: target) != nil { try discard(target) }
    try files.rename(folder, to: target)
    // Every name on the way to the result; flushing a folder without news costs next to nothing.
    for place in [parent, root + "/objects", root, (root as NSString).deletingLastPathComponent] {
      try files.sync(place)
    }
  }

  private static func encode(_ notes: StoreNotes) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(notes)
  }

  /// Moves a damaged or outdated result out of the way, then removes it.
  private func discard(_ folder: String) throws(FileError) {
    let aside = TemporaryName.make(for: root + "/tmp/discarded")
    try files.rename(folder, to: aside)
    try files.remove(aside)
  }

  /// Puts outputs into run folders, each at its targets, by links where the file system has them.
  ///
  /// A link changes the time of the store's own file. The step's lock is held meanwhile, so that two
  /// runs that link at once do not note each other's times.
  ///
  /// - Returns: the entry with its new statuses.
  func place(_ targets: [(output: Seal.Output, path: String)], of entry: Entry) throws -> Entry {
    guard !targets.isEmpty else { return entry }
    try files.makeFolder(root + "/locks")
    do {
      // Who finds the lock busy does not wait for it: the price is that a file is hashed once more.
      return try StepLock.holding(lockPath(of: entry.seal.key), patience: 0) {
        let placed = try placeUnlocked(targets, of: entry)
        note(placed)
        return placed
      }
    } catch LockError.timedOut {
      return try placeUnlocked(targets, of: entry)
    }
  }

  private func placeUnlocked(
    _ targets: [(output: Seal.Output, path: String)], of entry: Entry
  ) throws -> Entry {
    var entry = entry
    for (output, path) in targets { try files.place(entry.folder + "/" + output.file, at: path) }
    for file in Set(targets.map(\.output.file)) {
      guard let now = files.status(of: entry.folder + "/" + file),
        let before = entry.statuses[file],
        now.differsInChangeTimeOnly(from: before)
      else { continue }
      entry.statuses[file] = now
    }
    return entry
  }
}
