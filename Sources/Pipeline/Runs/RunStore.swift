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

  public init(path: String) throws {
    do {
      queue = try Self.open(path)
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
      queue = try Self.open(path)
    }
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    // Network file systems have no shared memory: the log falls back to a rollback journal.
    try? queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    try migrator.migrate(queue)
    return queue
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

  public func add(_ record: RunRecord, folder: String) throws {
    try queue.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          record.id, record.experiment, record.startedAt, record.outcome, record.wallSeconds,
          record.steps.count { $0.status == .executed }, record.steps.count, folder,
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

  /// Adds the runs whose records lie in the folders of `root`.
  public func rebuild(from root: String) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    for name in names.sorted() {
      let folder = root + "/" + name
      guard let data = FileManager.default.contents(atPath: folder + "/run.json"),
        let record = try? JSONDecoder().decode(RunRecord.self, from: data)
      else { continue }
      try add(record, folder: folder)
    }
  }
}
