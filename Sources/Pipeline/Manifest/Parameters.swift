import Foundation

/// The parameters of an experiment with the values of one run.
///
/// `${name}` as a whole value keeps the parameter's type; inside a longer text it is replaced by
/// the value's text.
struct ParameterBindings: Sendable, Equatable {
  /// In the manifest's order.
  private(set) var names: [String] = []
  private(set) var values: [String: Value] = [:]
  private var origins: [String: Origin] = [:]

  /// Where a value was written, which decides what a relative path is relative to.
  enum Origin: Sendable, Equatable {
    case file(String)
    case commandLine
  }

  mutating func declare(_ name: String, _ value: Value, in file: String) {
    if values.updateValue(value, forKey: name) == nil { names.append(name) }
    origins[name] = .file(file)
  }

  mutating func override(_ name: String, _ value: Value) {
    values[name] = value
    origins[name] = .commandLine
  }

  /// The same parameters, some of them with the values of one case of a sweep.
  func replacing(_ coordinates: [(name: String, value: Value)]) -> ParameterBindings {
    var copy = self
    for (name, value) in coordinates { copy.values[name] = value }
    return copy
  }

  func origin(of name: String) -> Origin? { origins[name] }

  /// Whether the value came from the command line.
  func isOverridden(_ name: String) -> Bool { origins[name] == .commandLine }

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

  /// Replaces every reference in a longer text; `leavingAsNames` are written as bare names.
  func interpolate(_ text: String, leavingAsNames kept: [String] = []) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.range(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}")
    {
      let name = String(rest[start.upperBound..<end])
      result += rest[..<start.lowerBound]
      result += kept.contains(name) ? name : values[name].map(Format.value) ?? "${\(name)}"
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
