import Foundation

/// The parameters of an experiment with the values of one run.
///
/// `${name}` as a whole value keeps the parameter's type; inside a longer text it is replaced by
/// the value's text.
struct ParameterBindings: Sendable, Equatable {
  /// In the manifest's order.
  private(set) var names: [String] = []
  private(set) var values: [String: Value] = [:]
  /// Those that came from the command line: their paths are relative to the working directory.
  private(set) var overridden: Set<String> = []

  mutating func declare(_ name: String, _ value: Value) {
    if values.updateValue(value, forKey: name) == nil { names.append(name) }
  }

  mutating func override(_ name: String, _ value: Value) {
    values[name] = value
    overridden.insert(name)
  }

  /// The parameter that a text refers to as a whole.
  static func wholeReference(_ text: String) -> String? {
    guard text.hasPrefix("${"), text.hasSuffix("}") else { return nil }
    let name = text.dropFirst(2).dropLast()
    return name.contains("$") || name.contains("}") ? nil : String(name)
  }

  /// All names that a text refers to, in order.
  static func references(in text: String) -> [String] {
    var names: [String] = []
    var rest = text[...]
    while let start = rest.range(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}")
    {
      names.append(String(rest[start.upperBound..<end]))
      rest = rest[rest.index(after: end)...]
    }
    return names
  }

  /// Replaces every reference in a longer text.
  func interpolate(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.range(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}")
    {
      let name = String(rest[start.upperBound..<end])
      result += rest[..<start.lowerBound]
      result += values[name].map(Format.value) ?? "${\(name)}"
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
