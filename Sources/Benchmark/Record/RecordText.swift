import Pipeline

/// JSON for reviews: members in order, a line each, and lists of plain values on one line.
enum RecordText {
  static func render(_ value: Value) -> String { text(value, depth: 0) + "\n" }

  private static func text(_ value: Value, depth: Int) -> String {
    switch value {
    case .object(let members) where !members.isEmpty:
      let lines = members.keys.sorted().map { key in
        Value.string(key).canonicalJSON + ": " + text(members[key] ?? .null, depth: depth + 1)
      }
      return group("{", lines, "}", depth)
    case .list(let items) where items.contains { !$0.members.isEmpty || !$0.items.isEmpty }:
      return group("[", items.map { text($0, depth: depth + 1) }, "]", depth)
    case .list(let items):
      return "[" + items.map { plain($0) }.joined(separator: ", ") + "]"
    default: return plain(value)
    }
  }

  private static func group(
    _ open: String, _ lines: [String], _ close: String, _ depth: Int
  ) -> String {
    let indent = String(repeating: "  ", count: depth)
    return "\(open)\n" + lines.map { "\(indent)  \($0)" }.joined(separator: ",\n")
      + "\n\(indent)\(close)"
  }

  /// Whole numbers without a fraction, so that counts read as counts.
  private static func plain(_ value: Value) -> String {
    guard case .real(let real) = value, real == real.rounded(), abs(real) < 1e15 else {
      return value.canonicalJSON
    }
    return String(Int64(real))
  }
}
