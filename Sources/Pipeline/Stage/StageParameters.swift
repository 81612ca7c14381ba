/// The knobs of a stage: a struct whose `init()` holds every default, and a table of its fields.
///
///     public struct Parameters: StageParameters {
///       public var nodes = 64
///       public var corruptShare = 0.1
///       public init() {}
///       public static let fields: [ParameterField<Self>] = [
///         .integer("nodes", \.nodes, 1...10_000_000, "Number of nodes."),
///         .number("corrupt_share", \.corruptShare, 0...1, unit: "1", "Share of corrupt nodes."),
///       ]
///     }
///
/// The table is the only place that names a parameter: manifests are checked against it, `show`
/// prints it, the JSON Schema and the key of a step are made from it.
public protocol StageParameters: Sendable {
  init()
  static var fields: [ParameterField<Self>] { get }
}

extension StageParameters {
  /// What a manifest may write after `with:`.
  public static var shape: Shape {
    .record(fields.map { $0.description(default: Self()) })
  }

  /// Takes a value that was checked against `shape`.
  ///
  /// Keys that are absent keep their defaults.
  public init(checked value: Value) {
    self.init()
    let members = value.members
    for field in Self.fields {
      if let member = members[field.name] { field.write(&self, member) }
    }
  }

  /// The fully explicit value of these parameters.
  public var value: Value {
    .object(Dictionary(uniqueKeysWithValues: Self.fields.map { ($0.name, $0.read(self)) }))
  }
}

/// One parameter of a stage: its name in manifests, its place in the struct, and what it may be.
public struct ParameterField<Parameters: StageParameters>: Sendable {
  let name: String
  let shape: Shape
  let unit: String
  let summary: String
  let read: @Sendable (Parameters) -> Value
  let write: @Sendable (inout Parameters, Value) -> Void
  /// Whether another value can give another result; a limit only makes a step fail or not.
  var isInKey = true

  func description(default standard: Parameters) -> Shape.Field {
    var field = Shape.Field(name, shape, standard: read(standard), unit: unit, summary)
    field.isInKey = isInKey
    return field
  }

  /// The same parameter, which is no part of keys.
  public var outsideKey: Self {
    var copy = self
    copy.isInKey = false
    return copy
  }
}

extension ParameterField {
  /// A path to a property, which tasks may share: properties of structs need no isolation.
  public typealias Place<Property> = any WritableKeyPath<Parameters, Property> & Sendable

  public static func integer(
    _ name: String, _ place: Place<Int>, _ range: ClosedRange<Int> = Int.min...Int.max,
    unit: String = "1", _ summary: String
  ) -> Self {
    let bounds = Int64(range.lowerBound)...Int64(range.upperBound)
    return Self(name: name, shape: .integer(bounds), unit: unit, summary: summary) {
      .int(Int64($0[keyPath: place]))
    } write: {
      if case .int(let value) = $1 { $0[keyPath: place] = Int(value) }
    }
  }

  public static func number(
    _ name: String, _ place: Place<Double>, _ range: ClosedRange<Double>, open: Bool = false,
    unit: String, _ summary: String
  ) -> Self {
    Self(name: name, shape: .number(range, open: open), unit: unit, summary: summary) {
      .real($0[keyPath: place])
    } write: {
      if let value = $1.number { $0[keyPath: place] = value }
    }
  }

  public static func numbers(
    _ name: String, _ place: Place<[Double]>, _ range: ClosedRange<Double>, open: Bool = false,
    count: ClosedRange<Int> = 0...Int.max, unit: String, _ summary: String
  ) -> Self {
    let shape = Shape.list(of: .number(range, open: open), count: count)
    return Self(name: name, shape: shape, unit: unit, summary: summary) {
      .list($0[keyPath: place].map(Value.real))
    } write: {
      $0[keyPath: place] = $1.items.compactMap(\.number)
    }
  }

  public static func integers(
    _ name: String, _ place: Place<[Int]>, _ range: ClosedRange<Int>,
    count: ClosedRange<Int> = 0...Int.max, unit: String = "1", _ summary: String
  ) -> Self {
    let bounds = Int64(range.lowerBound)...Int64(range.upperBound)
    let shape = Shape.list(of: .integer(bounds), count: count)
    return Self(name: name, shape: shape, unit: unit, summary: summary) {
      .list($0[keyPath: place].map { .int(Int64($0)) })
    } write: {
      $0[keyPath: place] = $1.items.compactMap { if case .int(let i) = $0 { Int(i) } else { nil } }
    }
  }

  public static func flag(_ name: String, _ place: Place<Bool>, _ summary: String) -> Self {
    Self(name: name, shape: .bool, unit: "", summary: summary) {
      .bool($0[keyPath: place])
    } write: {
      if case .bool(let value) = $1 { $0[keyPath: place] = value }
    }
  }

  public static func text(_ name: String, _ place: Place<String>, _ summary: String) -> Self {
    Self(name: name, shape: .string(.anything), unit: "", summary: summary) {
      .string($0[keyPath: place])
    } write: {
      if let value = $1.text { $0[keyPath: place] = value }
    }
  }

  public static func choice<Word>(
    _ name: String, _ place: Place<Word>, _ summary: String
  ) -> Self where Word: RawRepresentable<String> & CaseIterable & Sendable {
    let words = Word.allCases.map(\.rawValue)
    return Self(name: name, shape: .choice(words), unit: "", summary: summary) {
      .string($0[keyPath: place].rawValue)
    } write: {
      if let word = $1.text.flatMap(Word.init(rawValue:)) { $0[keyPath: place] = word }
    }
  }

  public static func texts(
    _ name: String, _ place: Place<[String]>, _ summary: String
  ) -> Self {
    let shape = Shape.list(of: .string(.anything), count: 0...Int.max)
    return Self(name: name, shape: shape, unit: "", summary: summary) {
      .list($0[keyPath: place].map(Value.string))
    } write: {
      $0[keyPath: place] = $1.items.compactMap(\.text)
    }
  }

  /// Files that the stage reads; each counts by its content.
  public static func files(
    _ name: String, _ place: Place<[InputFile]>, _ summary: String
  ) -> Self {
    let shape = Shape.list(of: .file, count: 0...Int.max)
    return Self(name: name, shape: shape, unit: "", summary: summary) {
      .list($0[keyPath: place].map { .string($0.path) })
    } write: {
      $0[keyPath: place] = $1.items.compactMap { $0.text.map(InputFile.init) }
    }
  }

  /// Anything at all, handed on as it is.
  public static func value(_ name: String, _ place: Place<Value>, _ summary: String) -> Self {
    Self(name: name, shape: .any, unit: "", summary: summary) {
      $0[keyPath: place]
    } write: {
      $0[keyPath: place] = $1
    }
  }

  /// A file that the stage reads; the empty path stands for "none".
  public static func file(_ name: String, _ place: Place<InputFile>, _ summary: String) -> Self {
    Self(name: name, shape: .file, unit: "", summary: summary) {
      .string($0[keyPath: place].path)
    } write: {
      if let path = $1.text { $0[keyPath: place] = InputFile(path: path) }
    }
  }
}

/// A file that a manifest hands to a stage; it counts by its content, never by its name.
public struct InputFile: Sendable, Equatable {
  public static let none = InputFile(path: "")
  /// Absolute once the plan is made; empty where no file was given.
  public let path: String
  public var isGiven: Bool { !path.isEmpty }

  public init(path: String) {
    self.path = path
  }
}

/// A combination of parameters that cannot be used, found before anything runs.
public struct ParameterError: Error, Equatable, Sendable {
  /// The parameter in the manifest's word, as `corrupt_share`.
  public let parameter: String
  public let reason: String

  public init(_ parameter: String, _ reason: String) {
    self.parameter = parameter
    self.reason = reason
  }
}
