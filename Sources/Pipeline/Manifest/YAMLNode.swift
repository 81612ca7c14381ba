import Foundation

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

  var isScalar: Bool { if case .scalar = content { true } else { false } }
  /// Whether there is nothing, or a plain `null`.
  var isNull: Bool { isScalar && value == .null }

  subscript(_ key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }
}

extension YAMLNode {
  /// Parses one YAML 1.2 or JSON document in which no key stands twice.
  init(parsing data: Data, file: String) throws(ManifestError) {
    let (root, repeated) = try YAMLComposer.compose(data, file: file)
    guard repeated.isEmpty else { throw ManifestError(repeated) }
    self = root
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
