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
    pieces(of: text).compactMap { if case .reference(let name) = $0 { name } else { nil } }
  }

  /// Replaces every reference in a longer text; `leavingAsNames` are written as bare names.
  func interpolate(_ text: String, leavingAsNames kept: [String] = []) -> String {
    var result = ""
    for piece in Self.pieces(of: text) {
      switch piece {
      case .text(let text): result += text
      case .reference(let name) where kept.contains(name): result += name
      case .reference(let name): result += values[name].map(Format.value) ?? "${\(name)}"
      }
    }
    return result
  }

  private enum Piece {
    case text(Substring)
    case reference(String)
  }

  /// Cuts a text at its references.
  ///
  /// It works on bytes: Foundation's search for `${` would load the collation of all languages.
  private static func pieces(of text: String) -> [Piece] {
    let bytes = text.utf8
    guard let first = bytes.firstIndex(of: UInt8(ascii: "$")) else { return [.text(text[...])] }
    var pieces: [Piece] = []
    var (start, i) = (text.startIndex, first)
    while i < bytes.endIndex {
      let brace = bytes.index(after: i)
      guard bytes[i] == UInt8(ascii: "$"), brace < bytes.endIndex,
        bytes[brace] == UInt8(ascii: "{"),
        let end = bytes[brace...].firstIndex(of: UInt8(ascii: "}"))
      else {
        i = brace
        continue
      }
      pieces.append(.text(text[start..<i]))
      pieces.append(.reference(String(text[bytes.index(after: brace)..<end])))
      start = bytes.index(after: end)
      i = start
    }
    return pieces + [.text(text[start...])]
  }
}
