import Foundation

/// A file of comma-separated values (RFC 4180) with a header line, read column by column.
///
///     let payments = try CSVFile(path: path)
///     let amounts = try payments.integers("musd")
///
/// It is strict: a line with another number of fields, an open quote, or a field that is no number
/// where one is wanted gives a `DataError` with the line. Line ends may be LF or CR LF, and the last
/// one may be missing. Reading costs O(bytes); the file is held in memory once.
public struct CSVFile: Sendable {
  public let name: String
  public let header: [String]
  /// The number of rows below the header.
  public var count: Int { lines.count }
  private let bytes: [UInt8]
  /// Of every field, row by row; one more than there are fields.
  private let fields: [Range<Int>]
  /// The line of the file on which each row starts, from 1.
  private let lines: [Int]

  public init(path: String) throws(DataError) {
    let name = (path as NSString).lastPathComponent
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DataError(name, expected: "a readable file", found: "none")
    }
    try self.init([UInt8](data), name: name)
  }

  init(_ bytes: [UInt8], name: String) throws(DataError) {
    guard !bytes.isEmpty else {
      throw DataError(name, at: "line 1", expected: "a header line", found: "an empty file")
    }
    if let zero = bytes.firstIndex(of: 0) {
      throw DataError(name, at: "byte \(zero)", expected: "a text file", found: "a zero byte")
    }
    var scan = CSVScan(bytes, name: name)
    let (headerFields, _) = try scan.row()
    var fields: [Range<Int>] = []
    var lines: [Int] = []
    while !scan.isAtEnd {
      let (row, line) = try scan.row()
      guard row.count == headerFields.count else {
        throw DataError(
          name, at: "line \(line)", expected: "\(headerFields.count) fields as in the header",
          found: "\(row.count)")
      }
      fields += row
      lines.append(line)
    }
    self.name = name
    self.bytes = bytes
    self.fields = fields
    self.lines = lines
    header = headerFields.map { CSVScan.text(bytes[$0]) }
  }

  /// The place of a column in the header.
  public func column(_ wanted: String) throws(DataError) -> Int {
    guard let index = header.firstIndex(of: wanted) else {
      throw DataError(
        name, at: "line 1", expected: "a column '\(wanted)'",
        found: header.joined(separator: ", "))
    }
    return index
  }

  public func texts(_ wanted: String) throws(DataError) -> [String] {
    let column = try column(wanted)
    return (0..<count).map { CSVScan.text(bytes[fields[$0 * header.count + column]]) }
  }

  public func integers(_ wanted: String) throws(DataError) -> [Int64] {
    try parse(wanted, "a whole number") { Int64($0) }
  }

  public func numbers(_ wanted: String) throws(DataError) -> [Double] {
    try parse(wanted, "a number") { text in
      Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// The line of the file on which a row starts, for messages.
  public func line(ofRow row: Int) -> Int { lines[row] }

  /// Reads every field of a column by `convert`; nil is an error that names the line.
  public func parse<T>(
    _ wanted: String, _ expected: String, _ convert: (String) -> T?
  ) throws(DataError) -> [T] {
    let column = try column(wanted)
    var values: [T] = []
    values.reserveCapacity(count)
    for row in 0..<count {
      let text = CSVScan.text(bytes[fields[row * header.count + column]])
      guard let value = convert(text) else {
        throw DataError(
          name, at: "line \(lines[row]), column '\(wanted)'", expected: expected,
          found: "'\(text.prefix(40))'")
      }
      values.append(value)
    }
    return values
  }
}

/// Cuts bytes into rows and fields.
private struct CSVScan {
  private let bytes: [UInt8]
  private let name: String
  private var position = 0
  private var line = 1

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func row() throws(DataError) -> (fields: [Range<Int>], line: Int) {
    let start = line
    var fields: [Range<Int>] = []
    while true {
      fields.append(try field())
      guard position < bytes.count else { return (fields, start) }
      let end = bytes[position]
      position += 1
      if end == 0x2C { continue }
      if end == 0x0D, position < bytes.count, bytes[position] == 0x0A {
        position += 1
      } else if end != 0x0A {
        throw DataError(
          name, at: "line \(line)",
          expected: end == 0x0D
            ? "a line feed behind the carriage return"
            : "a comma or the end of the line behind the closing quote",
          found: "byte \(end)")
      }
      line += 1
      return (fields, start)
    }
  }

  private mutating func field() throws(DataError) -> Range<Int> {
    let start = position
    guard position < bytes.count, bytes[position] == 0x22 else {
      while position < bytes.count, ![0x2C, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
      return start..<position
    }
    let opening = line
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == 0x0A { line += 1 }
      guard byte == 0x22 else { continue }
      guard position < bytes.count, bytes[position] == 0x22 else {
        return start..<position
      }
      position += 1
    }
    throw DataError(name, at: "line \(opening)", expected: "a closing quote", found: "the end")
  }

  /// A field without its quotes.
  static func text(_ field: ArraySlice<UInt8>) -> String {
    guard field.first == 0x22, field.count >= 2 else {
      return String(decoding: field, as: UTF8.self)
    }
    let inner = String(decoding: field.dropFirst().dropLast(), as: UTF8.self)
    return inner.replacing("\"\"", with: "\"")
  }
}
