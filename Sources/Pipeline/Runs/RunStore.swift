import Foundation
internal import GRDB

/// An index of runs in SQLite, for `list runs`.
///
/// The run folders are the truth: nothing depends on this file, it may be deleted at any time, and
/// a damaged one is set aside and made anew.
public struct RunStore: Sendable {
  private let queue: DatabaseQueue

  /// One line of the index.
  public struct Line: Sendable, Equatable {
    public let id: String
    public let experiment: String
    public let startedAt: String
    public let outcome: String
    public let wallSeconds: Double
    public let executed: Int
    public let steps: Int
    public let folder: String
  }

  /// Opens the index of an outputs folder; one that is missing or damaged is made anew from the
  /// records that lie there.
  public init(outputsRoot: String) throws {
    let path = outputsRoot + "/.kcpipe/runs.sqlite"
    try FileManager.default.createDirectory(
      atPath: outputsRoot + "/.kcpipe", withIntermediateDirectories: true)
    // One process at a time: two that create the table at once would take each other's for damage.
    let claim = Self.claim(path + ".lock")
    defer { if claim >= 0 { close(claim) } }
    do {
      let (queue, isNew) = try Self.openDatabase(path)
      self.init(queue)
      if isNew { try rebuild(from: outputsRoot) }
    } catch let error as DatabaseError where Self.damages.contains(error.resultCode) {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
      self.init(try Self.openDatabase(path).queue)
      try rebuild(from: outputsRoot)
    }
  }

  /// Waits for the lock that guards opening, which ends with the process.
  ///
  /// -1 where no file can be made; the index is then opened without it.
  private static func claim(_ path: String) -> Int32 {
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { return -1 }
    while flock(file, LOCK_EX) != 0, errno == EINTR {}
    return file
  }

  private init(_ queue: DatabaseQueue) { self.queue = queue }

  private static let damages: [ResultCode] = [
    .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_ERROR,
  ]

  /// `isNew`: the database held no index yet.
  private static func openDatabase(_ path: String) throws -> (queue: DatabaseQueue, isNew: Bool) {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    // Network file systems have no shared memory: the log falls back to a rollback journal.
    try? queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      // It can be made anew from the records, so no commit waits for the disk.
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
    }
    let isNew = try queue.read { try !$0.tableExists("run") }
    try migrator.migrate(queue)
    return (queue, isNew)
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.create(table: "run") { table in
        table.primaryKey("id", .text)
        table.column("experiment", .text).notNull().indexed()
        table.column("startedAt", .text).notNull()
        table.column("outcome", .text).notNull()
        table.column("wallSeconds", .double).notNull()
        table.column("executed", .integer).notNull()
        table.column("steps", .integer).notNull()
        table.column("folder", .text).notNull()
      }
    }
    return migrator
  }

  public func add(_ line: Line) throws {
    try queue.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          line.id, line.experiment, line.startedAt, line.outcome, line.wallSeconds, line.executed,
          line.steps, line.folder,
        ])
    }
  }

  /// The newest runs first.
  public func lines(limit: Int) throws -> [Line] {
    try queue.read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM run ORDER BY startedAt DESC, id DESC LIMIT ?", arguments: [limit]
      ).map { row in
        Line(
          id: row["id"], experiment: row["experiment"], startedAt: row["startedAt"],
          outcome: row["outcome"], wallSeconds: row["wallSeconds"], executed: row["executed"],
          steps: row["steps"], folder: row["folder"])
      }
    }
  }

  /// Adds every run that has a record, in the archive or in its own folder.
  private func rebuild(from root: String) throws {
    let archive = RunArchive(outputsRoot: root)
    for record in archive.records() + archive.runFolders().compactMap(\.record) {
      try add(
        Line(
          id: record.id, experiment: record.experiment, startedAt: record.startedAt,
          outcome: record.outcome, wallSeconds: record.wallSeconds,
          executed: record.steps.count { $0.status == .executed }, steps: record.steps.count,
          folder: root + "/" + record.experiment))
    }
  }
}
