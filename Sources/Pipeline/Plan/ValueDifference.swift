/// One place where two values differ, as `parameters.panel: 5 -> 7`.
public struct ValueDifference: Sendable, Equatable, CustomStringConvertible {
  public let path: String
  /// Nil where the place is missing.
  public let old: Value?
  public let new: Value?

  public var description: String {
    "\(path): \(Self.text(old)) -> \(Self.text(new))"
  }

  private static func text(_ value: Value?) -> String {
    guard let value else { return "absent" }
    let text = Format.value(value)
    // Digests are told apart by their first digits.
    return text.utf8.count == 64 ? String(text.prefix(12)) : text
  }

  /// Every place where `new` differs from `old`, by path in order.
  public static func between(_ old: Value, _ new: Value, at path: String = "") -> [ValueDifference]
  {
    if old == new { return [] }
    // A record read back from JSON does not tell 1.0 from 1.
    if let a = old.number, let b = new.number, a == b { return [] }
    if old.items.count == new.items.count, !old.items.isEmpty {
      let inner = zip(old.items, new.items).flatMap { between($0, $1, at: path) }
      return inner.isEmpty ? [] : [ValueDifference(path: path, old: old, new: new)]
    }
    guard case .object(let a) = old, case .object(let b) = new else {
      return [ValueDifference(path: path, old: old, new: new)]
    }
    return Set(a.keys).union(b.keys).sorted().flatMap { key -> [ValueDifference] in
      let place = path.isEmpty ? key : path + "." + key
      switch (a[key], b[key]) {
      case (let left?, let right?): return between(left, right, at: place)
      case (let left, let right): return [ValueDifference(path: place, old: left, new: right)]
      }
    }
  }
}
