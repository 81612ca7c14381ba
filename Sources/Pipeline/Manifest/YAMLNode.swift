import Foundation
internal import Yams

/// A parsed document in which every key and value knows its line and column.
struct YAMLNode: Sendable {
  /// Where something stands: an included file has marks of its own.
  struct Mark: Sendable, Equatable {
    let file: String
    let line: Int
    let column: Int

    var place: Place { .file(file, line: line, column: column) }
  }

  struct Entry: Sendable {
    let key: String
    let keyMark: Mark
    let value: YAMLNode
  }

  enum Content: Sendable {
    /// `isPlain`: without quotes, so that it may be a number or a truth value.
    case scalar(String, isPlain: Bool)
    case list([YAMLNode])
    case mapping([Entry])
  }

  let mark: Mark
  let content: Content

  var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  subscript(_ key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }
}

extension YAMLNode {
  /// Deeper documents are refused; no manifest comes near.
  private static let depthMax = 64
  /// Longer documents are refused, in bytes.
  private static let lengthMax = 4 << 20

  /// Parses one YAML 1.2 or JSON document.
  ///
  /// Anchors, aliases and tags are refused: `params` and `${...}` do their work, and a document
  /// that repeats itself through aliases can grow without bound.
  init(parsing data: Data, file: String) throws(ManifestError) {
    let text = try Self.decode(data, file: file)
    try Self.refuseDeepNesting(text, file: file)
    do {
      let parser = try Parser(yaml: text, resolver: .basic)
      let root = try withExtendedLifetime(parser) {
        try parser.singleRoot().map { try Self($0, file) }
      }
      let start = Mark(file: file, line: 1, column: 1)
      self = root ?? YAMLNode(mark: start, content: .mapping([]))
    } catch let error as ManifestError {
      throw error
    } catch let error as YamlError {
      throw ManifestError([Self.diagnostic(error, text: text, file: file)])
    } catch {
      throw ManifestError([Diagnostic(.file(file, line: 1, column: 1), "\(error)")])
    }
  }

  private static func decode(_ data: Data, file: String) throws(ManifestError) -> String {
    guard data.count <= lengthMax else {
      throw ManifestError([
        Diagnostic(
          .file(file, line: 1, column: 1),
          "the manifest has \(data.count) bytes; at most \(lengthMax) are read.")
      ])
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      let (line, column) = firstInvalidByte(data)
      throw ManifestError([
        Diagnostic(
          .file(file, line: line, column: column),
          "this byte is not UTF-8; save the manifest as UTF-8 text.")
      ])
    }
    return text
  }

  private static func firstInvalidByte(_ data: Data) -> (Int, Int) {
    var line = 1
    for row in data.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if String(validating: row, as: UTF8.self) == nil {
        let valid = row.indices.first { end in
          String(validating: row[row.startIndex...end], as: UTF8.self) == nil
            && (row[end] & 0xC0 == 0x80 || row[end] > 0xF4 || end + 3 >= row.endIndex
              || String(validating: row[row.startIndex...(end + 3)], as: UTF8.self) == nil
                && String(validating: row[row.startIndex...(end + 1)], as: UTF8.self) == nil
                && String(validating: row[row.startIndex...(end + 2)], as: UTF8.self) == nil)
        }
        return (line, (valid ?? row.startIndex) - row.startIndex + 1)
      }
      line += 1
    }
    return (1, 1)
  }

  /// A guard for the parser's stack: counts brackets and indentation without understanding them.
  private static func refuseDeepNesting(_ text: String, file: String) throws(ManifestError) {
    var depth = 0
    var line = 1
    var dashes = 0
    var isIndent = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "\n"):
        line += 1
        dashes = 0
        isIndent = true
        continue
      case UInt8(ascii: "-") where isIndent, UInt8(ascii: "?") where isIndent: dashes += 1
      case UInt8(ascii: " "): continue
      default: isIndent = false
      }
      if depth > depthMax || dashes > depthMax {
        throw ManifestError([
          Diagnostic(
            .file(file, line: line, column: 1), "nested more than \(depthMax) levels deep.")
        ])
      }
    }
  }

  private init(_ node: Node, _ file: String) throws(ManifestError) {
    let mark = Mark(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    if node.anchor != nil {
      throw ManifestError([
        Diagnostic(
          mark.place,
          "anchors and aliases are not supported; declare a parameter and write \"${name}\".")
      ])
    }
    self.mark = mark
    switch node {
    case .scalar(let scalar):
      content = .scalar(scalar.string, isPlain: scalar.style == .plain)
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      for item in sequence { items.append(try YAMLNode(item, file)) }
      content = .list(items)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping { entries.append(try Self.entry(key, value, file)) }
      content = .mapping(entries)
    case .alias:
      content = .scalar("", isPlain: true)
    }
  }

  private static func entry(
    _ key: Node, _ value: Node, _ file: String
  ) throws(ManifestError) -> Entry {
    let keyNode = try YAMLNode(key, file)
    guard case .scalar(let text, _) = keyNode.content else {
      throw ManifestError([
        Diagnostic(
          keyNode.mark.place,
          "a key must be a word; quote a value like \"${name}\" that starts with a brace.")
      ])
    }
    return Entry(key: text, keyMark: keyNode.mark, value: try YAMLNode(value, file))
  }

  private static func diagnostic(_ error: YamlError, text: String, file: String) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Diagnostic(
        .file(file, line: mark.line, column: mark.column), "not YAML: \(explain(problem)).")
    case .reader(let problem, let offset, _, _):
      let (line, column) = position(ofByte: offset ?? 0, in: text)
      return Diagnostic(.file(file, line: line, column: column), "not YAML: \(problem).")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.sorted().first ?? ""
      let (line, column) = secondPlace(of: key, after: context.mark.line, in: text)
      return Diagnostic(
        .file(file, line: line, column: column), "the key '\(key)' stands here a second time.")
    default:
      return Diagnostic(.file(file, line: 1, column: 1), "not YAML: \(error).")
    }
  }

  private static func explain(_ problem: String) -> String {
    problem.contains("cannot start any token")
      ? problem + "; a tab cannot indent, use spaces, and quote texts that start with a sign"
      : problem
  }

  private static func position(ofByte offset: Int, in text: String) -> (Int, Int) {
    let head = text.utf8.prefix(offset)
    let line = head.count { $0 == 0x0A } + 1
    let column = head.reversed().prefix { $0 != 0x0A }.count + 1
    return (line, column)
  }

  /// The parser names a repeated key but not its place: the second line that writes it as a key.
  private static func secondPlace(of key: String, after first: Int, in text: String) -> (Int, Int) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var seen = 0
    for (i, line) in lines.enumerated() where i + 1 >= first {
      for range in line.ranges(of: key) where isKey(range, in: line) {
        seen += 1
        if seen == 2 {
          return (i + 1, line.distance(from: line.startIndex, to: range.lowerBound) + 1)
        }
      }
    }
    return (first, 1)
  }

  private static func isKey(_ range: Range<Substring.Index>, in line: Substring) -> Bool {
    let before = line[..<range.lowerBound].last { $0 != " " && $0 != "\"" }
    let after = line[range.upperBound...].first { $0 != " " && $0 != "\"" }
    return after == ":" && (before == nil || before == "{" || before == "," || before == "-")
  }
}

extension YAMLNode {
  /// The value of a plain scalar by the core schema of YAML 1.2: `no` is a text, `1:30` too.
  static func resolve(_ text: String, isPlain: Bool) -> Value {
    guard isPlain else { return .string(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .real(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .real(-.infinity)
    case ".nan", ".NaN", ".NAN": return .real(.nan)
    default: return number(text) ?? .string(text)
    }
  }

  private static func number(_ text: String) -> Value? {
    if text.hasPrefix("0o"), let value = Int64(text.dropFirst(2), radix: 8) { return .int(value) }
    if text.hasPrefix("0x"), let value = Int64(text.dropFirst(2), radix: 16) { return .int(value) }
    let digits = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
    guard let first = digits.utf8.first, (0x30...0x39).contains(first) || first == 0x2E else {
      return nil
    }
    if digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return Int64(text).map(Value.int) ?? Double(text).map(Value.real)
    }
    let allowed = digits.utf8.allSatisfy {
      (0x30...0x39).contains($0) || [0x2E, 0x65, 0x45, 0x2B, 0x2D].contains($0)
    }
    return allowed ? Double(text).map(Value.real) : nil
  }

  /// This node as a plain value, without any reference replaced.
  var value: Value {
    switch content {
    case .scalar(let text, let isPlain): YAMLNode.resolve(text, isPlain: isPlain)
    case .list(let items): .list(items.map(\.value))
    case .mapping(let entries):
      .object(Dictionary(entries.map { ($0.key, $0.value.value) }) { _, last in last })
    }
  }
}
