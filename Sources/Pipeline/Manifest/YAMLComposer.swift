import Foundation
internal import Yams

/// Parses documents into nodes with places.
///
///     let (root, repeated) = try YAMLComposer.compose(data, file: "a.yaml")
///
/// Anchors, aliases and tags are refused: `params` and `${...}` do their work, and a document that
/// repeats itself through aliases can grow without bound.
struct YAMLComposer {
  /// Deeper documents are refused; no manifest comes near.
  private static let depthMax = 64
  /// Longer documents are refused, in bytes.
  static let lengthMax = 4 << 20
  /// So many keys that stand twice are named in one pass.
  private static let repeatedMax = 20

  private let file: String
  private var text: YAMLText
  /// The first letters of keys that were renamed for the parser, by the keys' places.
  private var renamed: [YAMLText.Position: Unicode.Scalar] = [:]
  private var repeated: [Diagnostic] = []

  /// The document, and each key that stands in it a second time; the first one counts.
  static func compose(
    _ data: Data, file: String
  ) throws(ManifestError) -> (root: YAMLNode, repeated: [Diagnostic]) {
    guard data.count <= lengthMax else {
      throw ManifestError([
        Diagnostic(
          .file(file, line: 1, column: 1),
          "the file is longer than \(lengthMax) bytes; no more are read.")
      ])
    }
    var composer = YAMLComposer(file: file, text: try YAMLText(data, file: file))
    let start = YAMLNode.Mark(file: file, line: 1, column: 1)
    let empty = YAMLNode(mark: start, content: .mapping([]))
    guard let parsed = try composer.parse() else { return (empty, []) }
    let root = try composer.node(parsed, depth: 0)
    return (root, composer.repeated)
  }

  private init(file: String, text: YAMLText) {
    self.file = file
    self.text = text
  }

  private func place(_ position: YAMLText.Position) -> Place {
    .file(file, line: position.line, column: position.column)
  }

  // MARK: Parsing

  /// The signs that begin an anchor, an alias and a tag.
  private static let signs: Set<Unicode.Scalar> = ["&", "*", "!"]

  /// Parses twice where the text holds a sign of an anchor, an alias or a tag.
  ///
  /// The parser would follow aliases without end where they are keys. So it is first given a text in
  /// which each sign is one that can start no token: inside a text that is allowed, and where it
  /// complains the sign meant something.
  private mutating func parse() throws(ManifestError) -> Node? {
    while true {
      do {
        if let masked = text.masking(Self.signs, by: "@") { _ = try Self.root(of: masked) }
        return try Self.root(of: text.string)
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        try rename(names.first ?? "", YAMLText.Position(context.mark))
      } catch let error as YamlError {
        throw ManifestError([diagnostic(error)])
      } catch {
        throw ManifestError([Diagnostic(.file(file, line: 1, column: 1), "\(error)")])
      }
    }
  }

  private static func root(of text: String) throws -> Node? {
    let parser = try Parser(yaml: text, resolver: .basic)
    return try withExtendedLifetime(parser) { try parser.singleRoot() }
  }

  /// Gives the first of two equal keys another name: the parser refuses them without the place of the
  /// second, which is known when the document can be read to its end.
  private mutating func rename(
    _ key: String, _ position: YAMLText.Position
  ) throws(ManifestError) {
    guard renamed.count < Self.repeatedMax, renamed[position] == nil,
      let first = text.renameKey(at: position, number: renamed.count)
    else {
      throw ManifestError([
        Diagnostic(place(position), "the key '\(key)' stands here and a second time.")
      ])
    }
    renamed[position] = first
  }

  // MARK: Nodes

  private mutating func node(_ node: Node, depth: Int) throws(ManifestError) -> YAMLNode {
    let mark = YAMLNode.Mark(
      file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    guard depth <= Self.depthMax else {
      throw ManifestError([Diagnostic(mark.place, Self.tooDeep)])
    }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(
        mark: mark, content: .scalar(scalar.string, isPlain: scalar.style == .plain))
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      for item in sequence { items.append(try self.node(item, depth: depth + 1)) }
      return YAMLNode(mark: mark, content: .list(items))
    case .mapping(let mapping):
      var entries: [YAMLNode.Entry] = []
      var known: Set<String> = []
      for (key, value) in mapping {
        let entry = try self.entry(key, value, depth + 1)
        if known.insert(entry.key).inserted {
          entries.append(entry)
        } else {
          repeated.append(
            Diagnostic(entry.keyMark.place, "the key '\(entry.key)' stands here a second time."))
        }
      }
      return YAMLNode(mark: mark, content: .mapping(entries))
    case .alias:
      return YAMLNode(mark: mark, content: .scalar("", isPlain: true))
    }
  }

  private mutating func entry(
    _ key: Node, _ value: Node, _ depth: Int
  ) throws(ManifestError) -> YAMLNode.Entry {
    let keyNode = try node(key, depth: depth)
    guard case .scalar(let text, _) = keyNode.content else {
      throw ManifestError([
        Diagnostic(
          keyNode.mark.place,
          "a key must be a word; quote a value like \"${name}\" that starts with a brace.")
      ])
    }
    let position = YAMLText.Position(line: keyNode.mark.line, column: keyNode.mark.column)
    let name =
      renamed[position].map { String($0) + String(text.unicodeScalars.dropFirst()) } ?? text
    return YAMLNode.Entry(
      key: name, keyMark: keyNode.mark, value: try node(value, depth: depth))
  }

  // MARK: What the parser complains of

  private static let tooDeep = "nested more than \(depthMax) levels deep."

  private func diagnostic(_ error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let position = YAMLText.Position(mark)
      return Diagnostic(place(position), explain(problem, sign: text[position]))
    case .reader(let problem, let offset, _, _):
      return Diagnostic(place(text.position(ofByte: offset ?? 0)), "not YAML: \(problem).")
    default:
      return Diagnostic(.file(file, line: 1, column: 1), "not YAML: \(error).")
    }
  }

  private func explain(_ problem: String, sign: Unicode.Scalar?) -> String {
    if problem.contains("Maximum nesting level") { return Self.tooDeep }
    if problem.contains("found another document") {
      return "a manifest is one document; here a second one begins."
    }
    if problem.contains("tab character") { return "not YAML: \(problem); use spaces." }
    guard problem.contains("cannot start any token"), let sign else {
      return "not YAML: \(problem)."
    }
    return switch sign {
    case "!": "tags are not supported; a text that starts with '!' needs quotes."
    case "&", "*":
      "anchors and aliases are not supported; declare a parameter and write \"${name}\", and put"
        + " quotes around a text that starts with '\(sign)'."
    default:
      "not YAML: \(problem); a tab cannot indent, use spaces, and quote texts that start with a sign."
    }
  }
}

extension YAMLText.Position {
  fileprivate init(_ mark: Yams.Mark) {
    self.init(line: mark.line, column: mark.column)
  }
}
