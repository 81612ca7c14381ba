/// One thing that is wrong with a manifest or a command line, and where.
///
///     experiments/a.yaml:12:5: 'corrupt_shrae' is not a parameter of population. Did you mean
///     'corrupt_share'?
public struct Diagnostic: Sendable, Equatable {
  public let place: Place
  public let message: String
  /// The nearest valid word, where one is near.
  public let suggestion: String?

  public init(_ place: Place, _ message: String, suggestion: String? = nil) {
    self.place = place
    self.message = message
    self.suggestion = suggestion
  }

  public var rendered: String {
    "\(place): \(message)" + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
  }
}

/// A line and a column of a file, both counted from 1; or a word of the command line.
public enum Place: Sendable, Equatable, CustomStringConvertible {
  case file(String, line: Int, column: Int)
  case option(String)

  public var description: String {
    switch self {
    case .file(let path, let line, let column): "\(path):\(line):\(column)"
    case .option(let option): option
    }
  }
}

/// Everything that is wrong with a manifest: found in one pass, before anything runs.
public struct ManifestError: Error, Sendable, Equatable {
  public let diagnostics: [Diagnostic]

  /// In the order of the document, each complaint once.
  public init(_ diagnostics: [Diagnostic]) {
    var seen: Set<String> = []
    let unique = diagnostics.filter { seen.insert($0.rendered).inserted }
    self.diagnostics = unique.enumerated().sorted { a, b in
      let (left, right) = (Self.rank(a.element.place), Self.rank(b.element.place))
      return left == right ? a.offset < b.offset : left < right
    }.map(\.element)
  }

  private static func rank(_ place: Place) -> (Int, Int) {
    switch place {
    case .option: (0, 0)
    case .file(_, let line, let column): (line, column)
    }
  }
}

extension ManifestError: CustomStringConvertible {
  public var description: String {
    diagnostics.map(\.rendered).joined(separator: "\n")
  }
}
