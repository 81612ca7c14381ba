/// What an HDF5 artifact holds: its variables with dimensions, types, units and meanings.
///
///     public enum PopulationArtifact: Artifact {
///       static let node = Dimension("node", "a node of the cloud")
///       static let price = Column<Double>("node_price", node, unit: "coin", "price of a request")
///       public static let schema = ArtifactSchema("population", "Nodes and clients", [price.entry])
///     }
///
/// The planner compares schemas on every edge before anything runs; the writer refuses a variable
/// that is not in the schema, and closing a file refuses one that was not written.
public struct ArtifactSchema: Sendable, Equatable {
  public let name: String
  public let title: String
  public let variables: [VariableSchema]

  public init(_ name: String, _ title: String, _ variables: [VariableSchema]) {
    self.name = name
    self.title = title
    self.variables = variables
  }

  /// Of a file that a program of the user's writes: any datasets in the root group.
  public static let foreign = ArtifactSchema("any", "Datasets of a program of the user's", [])

  /// The dimensions in order of first use.
  public var dimensions: [Dimension] {
    var seen: [Dimension] = []
    for dimension in variables.flatMap(\.dimensions)
    where !seen.contains(where: { $0.name == dimension.name }) {
      seen.append(dimension)
    }
    return seen
  }

  /// The variable of this name, if there is one.
  public func variable(_ name: String) -> VariableSchema? {
    variables.first { $0.name == name }
  }
}

/// An output of a stage; the type carries nothing but its schema.
public protocol Artifact: Sendable {
  static var schema: ArtifactSchema { get }
}

/// One variable of an artifact.
public struct VariableSchema: Sendable, Equatable {
  public let name: String
  public let type: ElementType
  /// Outermost first; none for a scalar.
  public let dimensions: [Dimension]
  /// In the words of UDUNITS where it has one; `1` for a pure number, empty for texts and codes.
  public let unit: String
  public let longName: String
  /// The meanings of the codes 0, 1, 2 ...; empty where the values are no codes.
  public let flags: [String]
  /// Whether an artifact may do without it.
  public var isOptional = false

  /// The same variable, which an artifact may leave out.
  public var optional: VariableSchema {
    var copy = self
    copy.isOptional = true
    return copy
  }

  /// Whether a column with this entry is the variable, optional or not.
  func fits(_ entry: VariableSchema) -> Bool {
    self == entry || self == entry.optional
  }
}

/// An axis of a variable.
public struct Dimension: Sendable, Equatable {
  public let name: String
  public let meaning: String

  public init(_ name: String, _ meaning: String) {
    self.name = name
    self.meaning = meaning
  }
}

/// The element types of datasets; the raw value is numpy's name.
public enum ElementType: String, Sendable, Equatable, Codable {
  case float64, int64, int32, int8, uint64, text

  public var byteCount: Int {
    switch self {
    case .float64, .int64, .uint64, .text: 8
    case .int32: 4
    case .int8: 1
    }
  }

  /// Whether two machines must agree on every bit of it; floating point may differ in the last.
  public var isExact: Bool { self != .float64 }
}

/// A Swift type that can stand in a dataset.
public protocol ColumnElement: Sendable, Equatable {
  static var elementType: ElementType { get }
}
extension Double: ColumnElement { public static let elementType = ElementType.float64 }
extension Int64: ColumnElement { public static let elementType = ElementType.int64 }
extension Int32: ColumnElement { public static let elementType = ElementType.int32 }
extension Int8: ColumnElement { public static let elementType = ElementType.int8 }
extension UInt64: ColumnElement { public static let elementType = ElementType.uint64 }
extension String: ColumnElement { public static let elementType = ElementType.text }

/// The typed name of a variable, by which a stage writes it and another reads it.
public struct Column<Element: ColumnElement>: Sendable {
  /// Its line in the schema.
  public let entry: VariableSchema
  public var name: String { entry.name }

  public init(
    _ name: String, _ dimensions: Dimension..., unit: String, _ longName: String
  ) {
    self.init(name, dimensions: dimensions, unit: unit, longName)
  }

  init(_ name: String, dimensions: [Dimension], unit: String, _ longName: String) {
    entry = VariableSchema(
      name: name, type: Element.elementType, dimensions: dimensions, unit: unit,
      longName: longName, flags: [])
  }
}

extension Column where Element == Int8 {
  /// A column of codes; code k means `flags[k]`.
  public init(
    _ name: String, _ dimensions: Dimension..., flags: [String], _ longName: String
  ) {
    entry = VariableSchema(
      name: name, type: .int8, dimensions: dimensions, unit: "", longName: longName, flags: flags)
  }
}

extension Column where Element == String {
  public init(_ name: String, _ dimensions: Dimension..., text longName: String) {
    entry = VariableSchema(
      name: name, type: .text, dimensions: dimensions, unit: "", longName: longName, flags: [])
  }
}
