/// Writes the variables of an artifact that run along one dimension as a table for other programs.
///
///     let table = try TableExport(artifact, schema, table: "message")
///     try table.write(.csv, to: file)
///
/// One row for each place along the dimension, in the order of the artifact; columns bear the names of
/// the variables, in the order of the schema, and those of a matrix end in `_0`, `_1` and so on. Codes
/// are written as their meanings. A number is the shortest text that reads back as the same number; NaN
/// is an empty field (CSV) or null (JSON). Memory holds a chunk of rows, and all texts.
public struct TableExport {
  public enum Format: String, CaseIterable, Sendable {
    /// With a header; fields quoted where they must be (RFC 4180), lines end in a line feed.
    case csv
    /// A JSON object on each line.
    case jsonLines = "jsonl"
  }

  private let artifact: ArtifactReader
  private let variables: [VariableSchema]
  private let shapes: [[Int]]

  /// A table by the name of its dimension, by default the first of the schema.
  ///
  /// - Throws: where the artifact has no such dimension.
  public init(
    _ artifact: ArtifactReader, _ schema: ArtifactSchema, table: String?
  ) throws(DataError) {
    let names = Self.tables(of: schema)
    guard let wanted = table ?? names.first, names.contains(wanted) else {
      throw DataError(
        artifact.baseName,
        expected: names.isEmpty ? "a table" : "one of the tables " + names.joined(separator: ", "),
        found: table.map { "'\($0)'" } ?? "none")
    }
    self.artifact = artifact
    let all = schema.variables.filter { $0.dimensions.first?.name == wanted }
    variables = all.filter { !$0.isOptional || artifact.contains($0.name) }
    var shapes: [[Int]] = []
    for variable in variables { shapes.append(try artifact.shape(of: variable.name)) }
    self.shapes = shapes
  }

  /// The tables of an artifact: the dimensions that variables begin with.
  public static func tables(of schema: ArtifactSchema) -> [String] {
    schema.dimensions.map(\.name).filter { name in
      schema.variables.contains { $0.dimensions.first?.name == name }
    }
  }

  public var rowCount: Int { shapes.first?[0] ?? 0 }

  /// Writes all rows, `chunk` at a time; `Task` cancellation ends it between chunks.
  public func write(_ format: Format, to file: ExportFile, chunk: Int = 1 << 14) throws {
    let texts = try variables.map { variable in
      variable.type == .text ? try artifact.read(variable.name, as: String.self) : []
    }
    if format == .csv { try file.write(header.utf8) }
    for start in stride(from: 0, to: rowCount, by: chunk) {
      try Task.checkCancellation()
      let rows = start..<min(start + chunk, rowCount)
      let columns = try variables.indices.map { try cells($0, rows, texts[$0], format) }
      for row in rows.indices { try file.write(line(row - start, columns, format).utf8) }
    }
  }

  private var header: String {
    zip(variables, shapes).flatMap { variable, shape in
      let width = shape.dropFirst().reduce(1, *)
      return shape.count == 1
        ? [variable.name] : (0..<width).map { "\(variable.name)_\($0)" }
    }.map(Self.quoted).joined(separator: ",") + "\n"
  }

  /// The cells of a row, joined; those of a matrix become one list in JSON.
  private func line(_ row: Int, _ columns: [[String]], _ format: Format) -> String {
    let parts = columns.indices.map { i -> String in
      let width = shapes[i].dropFirst().reduce(1, *)
      let cells = columns[i][row * width..<(row + 1) * width].joined(separator: ",")
      guard format == .jsonLines else { return cells }
      return "\"\(variables[i].name)\":" + (shapes[i].count == 1 ? cells : "[\(cells)]")
    }
    let filled =
      format == .csv ? parts.indices.filter { shapes[$0].dropFirst().reduce(1, *) > 0 } : []
    return format == .jsonLines
      ? "{\(parts.joined(separator: ","))}\n"
      : filled.map { parts[$0] }.joined(separator: ",") + "\n"
  }

  private func cells(
    _ index: Int, _ rows: Range<Int>, _ texts: [String], _ format: Format
  ) throws(DataError) -> [String] {
    let variable = variables[index]
    func read<E: ColumnElement>(_ type: E.Type) throws(DataError) -> [E] {
      try artifact.read(variable.name, as: type, rows: rows)
    }
    switch variable.type {
    case .float64: return try read(Double.self).map { Self.text($0, format) }
    case .int64: return try read(Int64.self).map(\.description)
    case .int32: return try read(Int32.self).map(\.description)
    case .uint64: return try read(UInt64.self).map(\.description)
    case .int8:
      return try read(Int8.self).map { code in
        variable.flags.indices.contains(Int(code))
          ? Self.text(variable.flags[Int(code)], format) : "\(code)"
      }
    case .text:
      let width = shapes[index].dropFirst().reduce(1, *)
      return texts[rows.lowerBound * width..<rows.upperBound * width].map { Self.text($0, format) }
    }
  }

  private static func text(_ value: Double, _ format: Format) -> String {
    if value.isFinite { return value.description }
    if value.isNaN { return format == .csv ? "" : "null" }
    let word = value < 0 ? "-inf" : "inf"
    return format == .csv ? word : "\"\(word)\""
  }

  private static func text(_ value: String, _ format: Format) -> String {
    format == .csv ? quoted(value) : Value.string(value).canonicalJSON
  }

  private static func quoted(_ field: String) -> String {
    let isPlain = !field.utf8.contains { byte in
      [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        .contains(byte)
    }
    guard !isPlain else { return field }
    var escaped = "\""
    for character in field.unicodeScalars {
      if character == "\"" { escaped.append("\"") }
      escaped.unicodeScalars.append(character)
    }
    return escaped + "\""
  }
}
