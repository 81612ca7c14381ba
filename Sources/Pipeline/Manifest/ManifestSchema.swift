/// The JSON Schema (draft 2020-12) of manifests, made from the tables that the decoder reads by.
public struct ManifestSchema: Sendable {
  private let catalog: StageCatalog

  public init(_ catalog: StageCatalog) {
    self.catalog = catalog
  }

  /// What an including manifest leaves out may stand in the included one: what is required is demanded
  /// only of a manifest that includes none.
  public var document: Value {
    var root = Self.schema(ManifestShape.document, allowingReferences: true).members
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    root["title"] = "kcpipe experiment"
    var properties = root["properties"]?.members ?? [:]
    properties["kcpipe"] = .object(["const": .int(ManifestShape.format)])
    properties["stages"] = stages
    root["properties"] = .object(properties)
    root["if"] = ["required": ["include"]]
    root["else"] = requirements
    return .object(root)
  }

  private var requirements: Value {
    var all = Self.requirements(ManifestShape.document)?.members ?? [:]
    var parts = all["properties"]?.members ?? [:]
    var step = Self.requirements(ManifestShape.step)?.members ?? [:]
    step["allOf"] = .list(catalog.stages.compactMap(Self.requiredInputs))
    parts["stages"] = .object(["additionalProperties": .object(step)])
    all["properties"] = .object(parts)
    return .object(all)
  }

  private static func requiredInputs(_ stage: StageDescription) -> Value? {
    let slots = stage.inputs.filter(\.isRequired).map { Value.string($0.name) }
    guard !slots.isEmpty else { return nil }
    return [
      "if": ["properties": .object(["uses": words(for: stage)])],
      "then": [
        "required": ["in"],
        "properties": .object(["in": .object(["type": "object", "required": .list(slots)])]),
      ],
    ]
  }

  /// What may stand after `uses` for a stage.
  private static func words(for stage: StageDescription) -> Value {
    .object(["enum": [.string(stage.name), .string("\(stage.name)@\(stage.revision)")]])
  }

  /// A step of each stage: `uses` decides which parameters may stand after `with`.
  private var stages: Value {
    let cases = catalog.stages.map { stage -> Value in
      var step = Self.schema(ManifestShape.step, allowingReferences: true).members
      var properties = step["properties"]?.members ?? [:]
      properties["uses"] = Self.words(for: stage)
      properties["with"] = Self.schema(stage.parameters, allowingReferences: true)
      properties["in"] = Self.inputs(stage)
      step["properties"] = .object(properties)
      return .object(step)
    }
    return .object([
      "type": ["object", "null"], "propertyNames": Self.names(.name),
      "maxProperties": .int(Int64(ManifestShape.stepsMax)),
      "additionalProperties": .object(["anyOf": .list(cases)]),
    ])
  }

  private static func inputs(_ stage: StageDescription) -> Value {
    // A step may be called `true`, which is no text in JSON.
    let producer: [String: Value] = [
      "type": ["string", "boolean"], "pattern": "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$",
    ]
    if stage.takesAnyInput {
      return .object([
        "type": ["object", "null"], "propertyNames": names(.name),
        "additionalProperties": .object(producer),
      ])
    }
    let slots = stage.inputs.map { slot -> (String, Value) in
      (slot.name, .object(producer.merging(["description": .string(slot.summary)]) { $1 }))
    }
    return .object([
      "type": ["object", "null"], "additionalProperties": false,
      "properties": .object(Dictionary(uniqueKeysWithValues: slots)),
    ])
  }

  private static func names(_ rule: TextRule) -> Value {
    rule.pattern.map { .object(["pattern": .string($0)]) } ?? .object([:])
  }

  /// A reference to a parameter as a whole value, and anywhere in a text.
  private static let reference = "^\\$\\{[a-z][a-z0-9_]*\\}$"
  private static let referenceInside = "\\$\\{[a-z][a-z0-9_]*\\}"

  /// `allowingReferences`: whether `"${name}"` may stand for the value; `isWhole`: whether what is
  /// required stands here, and not in `requirements`.
  static func schema(
    _ shape: Shape, allowingReferences: Bool = false, isWhole: Bool = false
  ) -> Value {
    let plain = plainSchema(shape, allowingReferences, isWhole)
    guard allowingReferences else { return plain }
    switch shape {
    case .record, .dictionary, .any, .either, .string, .file: return plain
    default: return .object(["anyOf": [plain, ["type": "string", "pattern": .string(reference)]]])
    }
  }

  /// What of a shape must be there, apart from what its parts may be; nil for nothing.
  ///
  /// Lists are left out: an including manifest replaces them as a whole.
  private static func requirements(_ shape: Shape) -> Value? {
    switch shape {
    case .record(let fields):
      let required = fields.filter(\.isRequired).map { Value.string($0.name) }
      let parts = fields.compactMap { field in requirements(field.shape).map { (field.name, $0) } }
      var members: [String: Value] = [:]
      if !required.isEmpty { members["required"] = .list(required) }
      if !parts.isEmpty {
        members["properties"] = .object(Dictionary(uniqueKeysWithValues: parts))
      }
      return members.isEmpty ? nil : .object(members)
    case .dictionary(_, let item):
      return requirements(item).map { .object(["additionalProperties": $0]) }
    case .either(let shapes): return shapes.lazy.compactMap(requirements).first
    default: return nil
    }
  }

  private static func plainSchema(_ shape: Shape, _ references: Bool, _ isWhole: Bool) -> Value {
    switch shape {
    case .any: return .object([:])
    case .bool: return ["type": "boolean"]
    case .integer(let range):
      return [
        "type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound),
      ]
    case .number(let range, let open):
      var members: [String: Value] = ["type": "number"]
      let low = open ? "exclusiveMinimum" : "minimum"
      if range.lowerBound != -.infinity { members[low] = .real(range.lowerBound) }
      if range.upperBound != .infinity { members["maximum"] = .real(range.upperBound) }
      return .object(members)
    case .string(let rule): return text(rule, references)
    case .file: return ["type": "string"]
    case .choice(let words): return .object(["enum": .list(words.map(Value.string))])
    case .list(let item, let count):
      var members: [String: Value] = [
        "type": "array", "items": schema(item, allowingReferences: references, isWhole: true),
      ]
      if count.lowerBound > 0 { members["minItems"] = .int(Int64(count.lowerBound)) }
      if count.upperBound < .max { members["maxItems"] = .int(Int64(count.upperBound)) }
      return .object(members)
    case .record(let fields): return record(fields, references, isWhole)
    case .dictionary(let rule, let item):
      return .object([
        "type": ["object", "null"], "propertyNames": names(rule),
        "additionalProperties": schema(
          item, allowingReferences: references, isWhole: isWhole),
      ])
    case .either(let shapes):
      let parts = shapes.map { schema($0, allowingReferences: references, isWhole: isWhole) }
      return .object(["anyOf": .list(parts)])
    }
  }

  /// Numbers and truth values are texts where one is due, as far as their letters are allowed.
  private static func text(_ rule: TextRule, _ references: Bool) -> Value {
    guard let pattern = rule.pattern else { return ["type": ["string", "number", "boolean"]] }
    var forms: [Value] = [
      ["type": "string", "pattern": .string(pattern)], ["type": "number", "minimum": 0],
      ["type": "boolean"],
    ]
    if references { forms.append(["type": "string", "pattern": .string(referenceInside)]) }
    return .object(["anyOf": .list(forms)])
  }

  private static func record(
    _ fields: [Shape.Field], _ references: Bool, _ isWhole: Bool
  ) -> Value {
    let properties = fields.map { field -> (String, Value) in
      var members = schema(field.shape, allowingReferences: references, isWhole: isWhole).members
      members["description"] = .string(field.summary)
      if let standard = field.standard { members["default"] = standard }
      return (field.name, .object(members))
    }
    let required = fields.filter(\.isRequired).map { Value.string($0.name) }
    var members: [String: Value] = [
      "type": required.isEmpty ? ["object", "null"] : "object", "additionalProperties": false,
      "properties": .object(Dictionary(uniqueKeysWithValues: properties)),
    ]
    if isWhole, !required.isEmpty { members["required"] = .list(required) }
    return .object(members)
  }
}
