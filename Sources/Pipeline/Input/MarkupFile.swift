import Foundation

/// A small YAML or JSON file that a stage reads, checked against a shape.
///
///     let services = try MarkupFile(path: path).checked(against: ServiceType.shape, "services")
///
/// Mistakes give a `DataError` with file, line and column, in the words that manifests use.
public struct MarkupFile: Sendable {
  private let name: String
  private let root: YAMLNode

  public init(path: String) throws(DataError) {
    name = (path as NSString).lastPathComponent
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DataError(name, expected: "a readable file", found: "none")
    }
    do throws(ManifestError) {
      root = try YAMLNode(parsing: data, file: name)
    } catch {
      throw Self.dataError(error, name)
    }
  }

  /// The document's value, or the first thing that is wrong with it.
  public func checked(against shape: Shape, _ subject: String) throws(DataError) -> Value {
    var checker = ShapeChecker(bindings: nil, workingFolder: "")
    let value = checker.check(root, shape, subject)
    guard let value, checker.diagnostics.isEmpty else {
      throw Self.dataError(ManifestError(checker.diagnostics), name)
    }
    return value
  }

  /// The keys of a mapping in the document's order, which `Value` does not keep.
  public func keys(under path: String...) -> [String] {
    var node: YAMLNode? = root
    for key in path { node = node?[key] }
    return node?.entries.map(\.key) ?? []
  }

  private static func dataError(_ error: ManifestError, _ name: String) -> DataError {
    guard let first = error.diagnostics.first, case .file(_, let line, let column) = first.place
    else { return DataError(name, expected: "a YAML document", found: error.description) }
    let hint = first.suggestion.map { " (did you mean '\($0)'?)" } ?? ""
    return DataError(
      name, at: "line \(line), column \(column)", expected: "a valid document",
      found: first.message + hint)
  }
}
