/// What a value in a manifest may look like.
///
/// One description serves three readers: the decoder checks documents against it, `show` prints it,
/// and `schema` writes it as JSON Schema. So the three cannot disagree.
public indirect enum Shape: Sendable, Equatable {
  /// Any value at all.
  case any
  case bool
  case integer(ClosedRange<Int64>)
  /// A number in a range; with `open` the lower bound itself is excluded.
  case number(ClosedRange<Double>, open: Bool)
  /// A text; `pattern` is a name for the rule and its regular expression.
  case string(TextRule)
  case choice([String])
  /// The path of a file, relative to the manifest; it counts by its content.
  case file
  case list(of: Shape, count: ClosedRange<Int>)
  /// A mapping with these keys and no others.
  case record([Field])
  /// A mapping whose keys the user chooses.
  case dictionary(keys: TextRule, values: Shape)
  /// One of several shapes, tried in order.
  case either([Shape])

  /// One key of a record.
  public struct Field: Sendable, Equatable {
    public let name: String
    public let shape: Shape
    /// What is taken when the key is absent; nil and `isRequired` false: it stays absent.
    public let standard: Value?
    public let isRequired: Bool
    public let unit: String
    public let summary: String
    /// Whether the value is part of a step's key.
    public internal(set) var isInKey = true

    public init(
      _ name: String, _ shape: Shape, standard: Value? = nil, isRequired: Bool = false,
      unit: String = "", _ summary: String
    ) {
      self.name = name
      self.shape = shape
      self.standard = standard
      self.isRequired = isRequired
      self.unit = unit
      self.summary = summary
    }
  }
}

/// What a text may consist of.
public enum TextRule: String, Sendable, Equatable {
  case anything
  /// `corrupt_share`: the names of parameters, steps and metrics.
  case name
  /// `market-2017`: the names of experiments, which become folders.
  case folder

  /// As a regular expression, for JSON Schema.
  public var pattern: String? {
    switch self {
    case .anything: nil
    case .name: "^[a-z][a-z0-9_]*$"
    case .folder: "^[A-Za-z0-9][A-Za-z0-9_.-]*$"
    }
  }

  /// In words, for messages.
  public var expectation: String {
    switch self {
    case .anything: "a text"
    case .name: "a name of small letters, digits and _ that starts with a letter"
    case .folder: "a name of letters, digits, '-', '_' and '.' that starts with a letter or digit"
    }
  }

  public func admits(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    switch self {
    case .anything: return true
    case .name:
      return bytes.first.map(Self.isSmallLetter) == true
        && bytes.allSatisfy { Self.isSmallLetter($0) || Self.isDigit($0) || $0 == 0x5F }
    case .folder:
      return bytes.first.map(Self.isAlphanumeric) == true
        && bytes.allSatisfy { Self.isAlphanumeric($0) || [0x2D, 0x2E, 0x5F].contains($0) }
    }
  }

  private static func isSmallLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isSmallLetter(byte) || isDigit(byte) || (0x41...0x5A).contains(byte)
  }
}

extension Shape {
  /// In words, for messages: `a whole number from 1 to 10000000`.
  public var expectation: String {
    switch self {
    case .any: "a value"
    case .bool: "true or false"
    case .integer(let range): "a whole number" + Shape.bounds(range.lowerBound, range.upperBound)
    case .number(let range, let open):
      "a number" + Shape.bounds(range.lowerBound, range.upperBound, open: open)
    case .string(let rule): rule.expectation
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .file: "the path of a file"
    case .list(let item, let count):
      (count.lowerBound > 0 ? "a list of at least \(count.lowerBound): " : "a list of: ")
        + item.expectation
    case .record: "a mapping"
    case .dictionary: "a mapping"
    case .either(let shapes): shapes.map(\.expectation).joined(separator: ", or ")
    }
  }

  private static func bounds(_ low: Int64, _ high: Int64) -> String {
    switch (low == .min, high == .max) {
    case (true, true): ""
    case (false, true): " of at least \(low)"
    case (true, false): " of at most \(high)"
    case (false, false): " from \(low) to \(high)"
    }
  }

  private static func bounds(_ low: Double, _ high: Double, open: Bool) -> String {
    switch (low == -.infinity, high == .infinity) {
    case (true, true): ""
    case (false, true): open ? " above \(low)" : " of at least \(low)"
    case (true, false): " of at most \(high)"
    case (false, false): open ? " above \(low), at most \(high)" : " from \(low) to \(high)"
    }
  }
}

extension Shape {
  /// Gives numbers their kind back, which JSON does not keep: `1` becomes `1.0` where a real is due.
  func coerce(_ value: Value) -> Value {
    switch (self, value) {
    case (.number, .int(let whole)): return .real(Double(whole))
    case (.number, .string(let word)):
      // Infinities have no JSON number; the canonical form writes them as words.
      return ["inf": .real(.infinity), "-inf": .real(-.infinity)][word] ?? value
    case (.list(let item, _), .list(let items)): return .list(items.map(item.coerce))
    case (.record(let fields), .object(let members)):
      var coerced = members
      for field in fields {
        if let member = members[field.name] { coerced[field.name] = field.shape.coerce(member) }
      }
      return .object(coerced)
    default: return value
    }
  }
}
