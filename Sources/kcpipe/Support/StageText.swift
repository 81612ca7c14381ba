import Pipeline

/// A stage described for a person, and for a program.
enum StageText {
  static func render(_ stage: StageDescription) -> String {
    var parts = ["\(stage.name)@\(stage.revision): \(stage.summary)"]
    parts.append("Parameters\n" + table(stage.parameterFields.map(parameterRow)))
    if !stage.inputs.isEmpty {
      let rows = stage.inputs.map { slot in
        [
          slot.name, slot.schemas.map(\.name).joined(separator: " or "),
          slot.isRequired ? "required" : "optional", slot.summary,
        ]
      }
      parts.append("Inputs\n" + table(rows))
    }
    for port in stage.outputs {
      let title = "Output \(port.name) (\(port.schema.name)): \(port.schema.title)"
      parts.append(title + "\n" + table(port.schema.variables.map(variableRow)))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func table(_ rows: [[String]]) -> String {
    TextTable.render(rows.map { ["  " + $0[0]] + $0.dropFirst() })
  }

  private static func parameterRow(_ field: Shape.Field) -> [String] {
    let standard = field.standard.map(Format.value) ?? ""
    let unit = field.unit.isEmpty || field.unit == "1" ? "" : " [\(field.unit)]"
    return [
      field.name, standard.isEmpty ? "none" : standard, field.shape.expectation + unit,
      field.summary,
    ]
  }

  private static func variableRow(_ variable: VariableSchema) -> [String] {
    let dimensions = variable.dimensions.map(\.name).joined(separator: ", ")
    let meaning =
      variable.flags.isEmpty
      ? variable.longName : variable.longName + ": " + variable.flags.joined(separator: ", ")
    return [
      variable.name + (dimensions.isEmpty ? "" : "(\(dimensions))"), variable.type.rawValue,
      variable.unit.isEmpty ? "–" : variable.unit,
      meaning + (variable.isOptional ? " (where it applies)" : ""),
    ]
  }

  static func json(_ stage: StageDescription) -> Value {
    .object([
      "name": .string(stage.name), "revision": .int(Int64(stage.revision)),
      "summary": .string(stage.summary),
      "parameters": .list(
        stage.parameterFields.map { field in
          .object([
            "name": .string(field.name), "default": field.standard ?? .null,
            "expected": .string(field.shape.expectation), "unit": .string(field.unit),
            "summary": .string(field.summary),
          ])
        }),
      "inputs": .list(
        stage.inputs.map { slot in
          .object([
            "name": .string(slot.name), "required": .bool(slot.isRequired),
            "takes": .list(slot.schemas.map { .string($0.name) }),
            "summary": .string(slot.summary),
          ])
        }),
      "outputs": .list(stage.outputs.map(output)),
    ])
  }

  private static func output(_ port: OutputPort) -> Value {
    .object([
      "name": .string(port.name), "schema": .string(port.schema.name),
      "title": .string(port.schema.title),
      "variables": .list(
        port.schema.variables.map { variable in
          .object([
            "name": .string(variable.name), "type": .string(variable.type.rawValue),
            "dimensions": .list(variable.dimensions.map { .string($0.name) }),
            "unit": .string(variable.unit), "long_name": .string(variable.longName),
            "flags": .list(variable.flags.map(Value.string)),
            "optional": .bool(variable.isOptional),
          ])
        }),
    ])
  }
}
