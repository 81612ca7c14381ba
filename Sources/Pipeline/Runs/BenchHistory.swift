import Foundation
internal import GRDB

/// Medians of benchmarks over time, in SQLite: what `bench history` draws.
///
/// An index like `RunStore`: the records lie beside it as files, and it can be deleted at any time.
public struct BenchHistory: Sendable {
  private let queue: DatabaseQueue

  /// The median of one series of one record.
  public struct Point: Sendable, Equatable {
    public let experiment: String
    public let caseName: String
    /// The quantity's word.
    public let quantity: String
    /// UTC, ISO 8601.
    public let measuredAt: String
    public let build: String
    /// What tells one machine from another.
    public let machine: String
    public let count: Int
    public let median: Double

    public init(
      experiment: String, caseName: String, quantity: String, measuredAt: String, build: String,
      machine: String, count: Int, median: Double
    ) {
      self.experiment = experiment
      self.caseName = caseName
      self.quantity = quantity
      self.measuredAt = measuredAt
      self.build = build
      self.machine = machine
      self.count = count
      self.median = median
    }
  }

  /// Opens the index; one that is damaged is made anew.
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
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.create(table: "point") { table in
        for name in ["experiment", "caseName", "quantity", "measuredAt", "build", "machine"] {
          table.column(name, .text).notNull()
        }
        table.column("count", .integer).notNull()
        table.column("median", .double).notNull()
        table.primaryKey(["experiment", "caseName", "quantity", "measuredAt", "build"])
      }
    }
    try migrator.migrate(queue)
    return queue
  }

  public var isEmpty: Bool {
    get throws { try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM point") } == 0 }
  }

  public func add(_ points: [Point]) throws {
    try queue.write { db in
      for point in points {
        try db.execute(
          sql: "INSERT OR REPLACE INTO point VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            point.experiment, point.caseName, point.quantity, point.measuredAt, point.build,
            point.machine, point.count, point.median,
          ])
      }
    }
  }

  /// The newest `limit` points of a quantity on one machine, the oldest first.
  public func points(
    experiment: String, caseName: String, quantity: String, machine: String, limit: Int
  ) throws -> [Point] {
    try queue.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM point WHERE experiment = ? AND caseName = ? AND quantity = ? AND machine = ?
          ORDER BY measuredAt DESC LIMIT ?
          """, arguments: [experiment, caseName, quantity, machine, limit]
      ).map(Self.point).reversed()
    }
  }

  /// Experiments and cases that a machine has points of, in order.
  public func cases(
    quantity: String, machine: String
  ) throws -> [(experiment: String, name: String)] {
    try queue.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT DISTINCT experiment, caseName FROM point WHERE quantity = ? AND machine = ?
          ORDER BY experiment, caseName
          """, arguments: [quantity, machine]
      ).map { (experiment: $0["experiment"], name: $0["caseName"]) }
    }
  }

  private static func point(_ row: Row) -> Point {
    Point(
      experiment: row["experiment"], caseName: row["caseName"], quantity: row["quantity"],
      measuredAt: row["measuredAt"], build: row["build"], machine: row["machine"],
      count: row["count"], median: row["median"])
  }
}
