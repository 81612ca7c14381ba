/// The JSON Schema (draft 2020-12) of manifests, made from the tables that the decoder reads by.
public struct ManifestSchema: Sendable {
  private let catalog: StageCatalog

  public init(_ catalog: StageCatalog) {
    self.catalog = catalog
  }

  public var document: Value {
    var root = Self.schema(ManifestShape.document).members
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    root["title"] = "kcpipe experiment"
    var properties = root["properties"]?.members ?? [:]
    properties["kcpipe"] = .object(["const": .int(ManifestShape.format)])
    properties["stages"] = stages
    root["properties"] = .object(properties)
    return .object(root)
  }

  /// A step of each stage: `uses` decides which parameters may stand after `with`.
  private var stages: Value {
    let cases = catalog.stages.map { stage -> Value in
      var step = Self.schema(ManifestShape.step).members
      var properties = step["properties"]?.members ?? [:]
      properties["uses"] = .object([
        "enum": [.string(stage.name), .string("\(stage.name)@\(stage.revision)")]
      ])
      properties["with"] = .object([
        "anyOf": [Self.schema(stage.parameters, allowingReferences: true), ["type": "null"]]
      ])
      properties["in"] = Self.inputs(stage)
      step["properties"] = .object(properties)
      if stage.inputs.contains(where: \.isRequired) { step["required"] = ["uses", "in"] }
      return .object(step)
    }
    return .object([
      "type": "object", "propertyNames": Self.names(.name),
      "additionalProperties": .object(["oneOf": .list(cases)]),
    ])
  }

  private static func inputs(_ stage: StageDescription) -> Value {
    if stage.takesAnyInput {
      return .object([
        "type": ["object", "null"], "propertyNames": names(.name),
        "additionalProperties": ["type": "string"],
      ])
    }
    return .object([
      "type": "object", "additionalProperties": false,
      "properties": .object(
        Dictionary(
          uniqueKeysWithValues: stage.inputs.map {
            ($0.name, .object(["type": "string", "description": .string($0.summary)]))
          })),
      "required": .list(stage.inputs.filter(\.isRequired).map { .string($0.name) }),
    ])
  }

  private static func names(_ rule: TextRule) -> Value {
    rule.pattern.map { .object(["pattern": .string($0)]) } ?? .object([:])
  }

  /// `allowingReferences`: whether `"${name}"` may stand for the value.
  static func schema(_ shape: Shape, allowingReferences: Bool = false) -> Value {
    let plain = plainSchema(shape, allowingReferences)
    guard allowingReferences else { return plain }
    switch shape {
    case .record, .dictionary, .any, .either: return plain
    case .string, .file:
      return plain
    default:
      return .object([
        "anyOf": [plain, ["type": "string", "pattern": "^\\$\\{[a-z][a-z0-9_]*\\}$"]]
      ])
    }
  }

  private static func plainSchema(_ shape: Shape, _ references: Bool) -> Value {
    switch shape {
    case .any: return .object([:])
    case .bool: return ["type": "boolean"]
    case .integer(let range):
      var members: [String: Value] = ["type": "integer"]
      if range.lowerBound != .min { members["minimum"] = .int(range.lowerBound) }
      if range.upperBound != .max { members["maximum"] = .int(range.upperBound) }
      return .object(members)
    case .number(let range, let open):
      var members: [String: Value] = ["type": "number"]
      let low = open ? "exclusiveMinimum" : "minimum"
      if range.lowerBound != -.infinity { members[low] = .real(range.lowerBound) }
      if range.upperBound != .infinity { members["maximum"] = .real(range.upperBound) }
      return .object(members)
    case .string(let rule):
      let types: Value = ["string", "number", "boolean"]
      var members: [String: Value] = ["type": rule == .anything ? types : "string"]
      if let pattern = rule.pattern { members["pattern"] = .string(pattern) }
      return .object(members)
    case .file: return ["type": "string"]
    case .choice(let words): return .object(["enum": .list(words.map(Value.string))])
    case .list(let item, let count):
      var members: [String: Value] = [
        "type": "array", "items": schema(item, allowingReferences: references),
      ]
      if count.lowerBound > 0 { members["minItems"] = .int(Int64(count.lowerBound)) }
      if count.upperBound < .max { members["maxItems"] = .int(Int64(count.upperBound)) }
      return .object(members)
    case .record(let fields): return record(fields, references)
    case .dictionary(let rule, let item):
      return .object([
        "type": ["object", "null"], "propertyNames": names(rule),
        "additionalProperties": schema(item, allowingReferences: references),
      ])
    case .either(let shapes):
      return .object(["anyOf": .list(shapes.map { schema($0, allowingReferences: references) })])
    }
  }

  private static func record(_ fields: [Shape.Field], _ references: Bool) -> Value {
    let properties = fields.map { field -> (String, Value) in
      var members = schema(field.shape, allowingReferences: references).members
      members["description"] = .string(field.summary)
      if let standard = field.standard { members["default"] = standard }
      return (field.name, .object(members))
    }
    return .object([
      "type": "object", "additionalProperties": false,
      "properties": .object(Dictionary(uniqueKeysWithValues: properties)),
      "required": .list(fields.filter(\.isRequired).map { .string($0.name) }),
    ])
  }
}
