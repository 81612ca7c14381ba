import Foundation

extension Value {
  /// The one JSON text of this value: members sorted by their UTF-8 bytes, shortest numbers that
  /// read back to the same double, no white space.
  ///
  /// Equal values give equal bytes on every machine, so digests may be taken of it.
  public var canonicalJSON: String {
    var text = ""
    write(to: &text, indent: nil, depth: 0)
    return text
  }

  /// The same text laid out for a person: two spaces per level, one member a line.
  public var prettyJSON: String {
    var text = ""
    write(to: &text, indent: "  ", depth: 0)
    return text + "\n"
  }

  private func write(to text: inout String, indent: String?, depth: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    case .real(let value): text += Value.jsonNumber(value)
    case .string(let value): Value.writeQuoted(value, to: &text)
    case .list(let items):
      Value.writeGroup("[", "]", items.count, &text, indent, depth) { i, text in
        items[i].write(to: &text, indent: indent, depth: depth + 1)
      }
    case .object(let members):
      let keys = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      Value.writeGroup("{", "}", keys.count, &text, indent, depth) { i, text in
        Value.writeQuoted(keys[i], to: &text)
        text += indent == nil ? ":" : ": "
        (members[keys[i]] ?? .null).write(to: &text, indent: indent, depth: depth + 1)
      }
    }
  }

  private static func writeGroup(
    _ open: String, _ close: String, _ count: Int, _ text: inout String, _ indent: String?,
    _ depth: Int, _ item: (Int, inout String) -> Void
  ) {
    text += open
    for i in 0..<count {
      if i > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: indent, count: depth + 1) }
      item(i, &text)
    }
    if let indent, count > 0 { text += "\n" + String(repeating: indent, count: depth) }
    text += close
  }

  /// JSON has no infinities: they and NaN are written as texts, which no number can equal.
  private static func jsonNumber(_ value: Double) -> String {
    value.isFinite ? "\(value)" : "\"\(value)\""
  }

  private static func writeQuoted(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension Value: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .int(value)
    } else if let value = try? container.decode(Double.self) {
      self = .real(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([Value].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: Value].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .int(let value): try container.encode(value)
    case .real(let value):
      // JSON has no infinities; they are written as words, as in the canonical form.
      if value.isFinite { try container.encode(value) } else { try container.encode("\(value)") }
    case .string(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
