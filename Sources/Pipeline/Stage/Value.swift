/// A tree of plain values: what a manifest says, what a stage is given, what a key is made from.
///
/// The cases are JSON's, with whole numbers kept apart from reals, so that `1` and `1.0` never
/// change into one another on the way from a manifest to a key.
public enum Value: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int64)
  case real(Double)
  case string(String)
  case list([Value])
  case object([String: Value])
}

extension Value {
  /// The word that error messages use for this kind of value.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a truth value"
    case .int: "a whole number"
    case .real: "a number"
    case .string: "a text"
    case .list: "a list"
    case .object: "a mapping"
    }
  }

  /// The members of a mapping; empty for any other value.
  public var members: [String: Value] {
    if case .object(let members) = self { members } else { [:] }
  }

  /// The items of a list; empty for any other value.
  public var items: [Value] {
    if case .list(let items) = self { items } else { [] }
  }

  /// The number that this value is, whole or real.
  public var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }

  /// The text that this value is.
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public subscript(_ key: String) -> Value? { members[key] }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .real(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: Value...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, Value)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}
