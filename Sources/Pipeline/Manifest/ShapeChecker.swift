import Foundation

/// Checks a document against a shape and collects everything that is wrong with it.
///
/// The same checker reads a manifest's own words and the `with:` of every stage, so a misspelt key
/// is refused everywhere in the same words.
struct ShapeChecker {
  /// Nil while `params` themselves are read: they cannot refer to one another.
  let bindings: ParameterBindings?
  /// The folder against which relative paths on the command line count.
  let workingFolder: String
  private(set) var diagnostics: [Diagnostic] = []

  init(bindings: ParameterBindings?, workingFolder: String) {
    self.bindings = bindings
    self.workingFolder = workingFolder
  }

  mutating func report(_ mark: YAMLNode.Mark, _ message: String, suggestion: String? = nil) {
    diagnostics.append(Diagnostic(mark.place, message, suggestion: suggestion))
  }

  /// The value of `node`, or nil if it does not fit; what is wrong is then in `diagnostics`.
  ///
  /// `subject`: what the value is called in messages, as `corrupt_share of population`.
  mutating func check(_ node: YAMLNode, _ shape: Shape, _ subject: String) -> Value? {
    switch shape {
    case .record(let fields): checkRecord(node, fields, subject)
    case .dictionary(let rule, let item): checkDictionary(node, rule, item, subject)
    case .list(let item, let count): checkList(node, item, count, shape, subject)
    case .either(let shapes): checkEither(node, shapes, shape, subject)
    case .any: substitute(node, subject)
    default: checkScalar(node, shape, subject)
    }
  }

  private mutating func checkRecord(
    _ node: YAMLNode, _ fields: [Shape.Field], _ subject: String
  ) -> Value? {
    if case .scalar("", isPlain: true) = node.content {
      return checkMissing([], node, fields, subject)
    }
    guard case .mapping(let entries) = node.content else {
      return mismatch(node, .record(fields), subject)
    }
    var members: [String: Value] = [:]
    var isSound = true
    for entry in entries {
      guard let field = fields.first(where: { $0.name == entry.key }) else {
        let names = fields.map(\.name)
        report(
          entry.keyMark,
          "'\(entry.key)' is not a \(noun(of: subject)).\(allowed(names, entry.key))",
          suggestion: Suggestion.nearest(to: entry.key, among: names))
        isSound = false
        continue
      }
      let value = check(entry.value, field.shape, "'\(entry.key)' of \(subject)")
      isSound = isSound && value != nil
      members[entry.key] = value
    }
    let complete = checkMissing(entries.map(\.key), node, fields, subject) != nil
    return isSound && complete ? .object(members) : nil
  }

  /// `corrupt_shrae` is not a *parameter of population*; `stagse` is not a *word of a manifest*.
  private func noun(of subject: String) -> String {
    subject.hasPrefix("stage ") ? "parameter of \(subject.dropFirst(6))" : "word of \(subject)"
  }

  /// Lists the allowed words where no single one is near.
  private func allowed(_ names: [String], _ word: String) -> String {
    Suggestion.nearest(to: word, among: names) == nil && !names.isEmpty
      ? " Allowed: \(names.joined(separator: ", "))." : ""
  }

  private mutating func checkMissing(
    _ present: [String], _ node: YAMLNode, _ fields: [Shape.Field], _ subject: String
  ) -> Value? {
    let missing = fields.filter { $0.isRequired && !present.contains($0.name) }
    for field in missing {
      report(node.mark, "\(subject) needs '\(field.name)': \(field.summary)")
    }
    return missing.isEmpty ? .object([:]) : nil
  }

  private mutating func checkDictionary(
    _ node: YAMLNode, _ rule: TextRule, _ item: Shape, _ subject: String
  ) -> Value? {
    if case .scalar("", isPlain: true) = node.content { return .object([:]) }
    guard case .mapping(let entries) = node.content else {
      return mismatch(node, .dictionary(keys: rule, values: item), subject)
    }
    var members: [String: Value] = [:]
    var isSound = true
    for entry in entries {
      if !rule.admits(entry.key) {
        report(entry.keyMark, "'\(entry.key)' in \(subject): expected \(rule.expectation).")
        isSound = false
      }
      let value = check(entry.value, item, "'\(entry.key)' of \(subject)")
      isSound = isSound && value != nil
      members[entry.key] = value
    }
    return isSound ? .object(members) : nil
  }

  private mutating func checkList(
    _ node: YAMLNode, _ item: Shape, _ count: ClosedRange<Int>, _ shape: Shape, _ subject: String
  ) -> Value? {
    if let value = wholeReference(node, subject) { return fit(value, shape, node, subject) }
    guard case .list(let items) = node.content, count.contains(items.count) else {
      return mismatch(node, shape, subject)
    }
    var values: [Value] = []
    for (i, one) in items.enumerated() {
      if let value = check(one, item, "item \(i + 1) of \(subject)") { values.append(value) }
    }
    return values.count == items.count ? .list(values) : nil
  }

  private mutating func checkEither(
    _ node: YAMLNode, _ shapes: [Shape], _ shape: Shape, _ subject: String
  ) -> Value? {
    for one in shapes {
      var trial = ShapeChecker(bindings: bindings, workingFolder: workingFolder)
      if let value = trial.check(node, one, subject) { return value }
    }
    return mismatch(node, shape, subject)
  }

  private mutating func checkScalar(
    _ node: YAMLNode, _ shape: Shape, _ subject: String
  ) -> Value? {
    guard case .scalar(let text, let isPlain) = node.content else {
      return mismatch(node, shape, subject)
    }
    if ParameterBindings.wholeReference(text) != nil, bindings != nil {
      guard let value = wholeReference(node, subject) else { return nil }
      return fit(value, shape, node, subject)
    }
    guard refersToKnown(text, node.mark) else { return nil }
    let plain = YAMLNode.resolve(bindings?.interpolate(text) ?? text, isPlain: isPlain)
    return fit(plain, shape, node, subject, isText: !isPlain)
  }

  /// A value that came from a scalar or a parameter, coerced to the shape where that is exact.
  private mutating func fit(
    _ value: Value, _ shape: Shape, _ node: YAMLNode, _ subject: String, isText: Bool = false
  ) -> Value? {
    switch (shape, value) {
    case (.bool, .bool), (.any, _): return value
    case (.integer(let range), .int(let number)) where range.contains(number): return value
    case (.integer(let range), .real(let number)) where number == number.rounded():
      if let whole = Int64(exactly: number), range.contains(whole) { return .int(whole) }
    case (.number(let range, let open), _):
      if let number = value.number, range.contains(number), !(open && number == range.lowerBound) {
        return .real(number)
      }
    case (.string(let rule), .string(let text)) where rule.admits(text): return value
    case (.string(let rule), .int), (.string(let rule), .real), (.string(let rule), .bool):
      if case .scalar(let text, _) = node.content, !isText, rule.admits(text) {
        return .string(ParameterBindings.wholeReference(text) == nil ? text : Format.value(value))
      }
    case (.choice(let words), .string(let word)):
      if words.contains(word) { return value }
      report(
        node.mark, "\(subject): '\(word)' is not \(shape.expectation).",
        suggestion: Suggestion.nearest(to: word, among: words))
      return nil
    case (.file, .string(let path)): return .string(resolve(path, node))
    case (.list(let item, let count), .list(let items)) where count.contains(items.count):
      let values = items.compactMap { fit($0, item, node, subject) }
      return values.count == items.count ? .list(values) : nil
    default: break
    }
    return mismatch(node, shape, subject, found: value)
  }

  private mutating func mismatch(
    _ node: YAMLNode, _ shape: Shape, _ subject: String, found: Value? = nil
  ) -> Value? {
    var text = describe(found ?? node.value)
    if case .scalar(let raw, _) = node.content, let name = ParameterBindings.wholeReference(raw) {
      text += " (the value of \(name))"
    }
    report(node.mark, "\(subject): expected \(shape.expectation), found \(text).")
    return nil
  }

  private func describe(_ value: Value) -> String {
    switch value {
    case .null: "nothing"
    case .string(let text): "the text '\(text.prefix(60))'"
    case .int, .real, .bool: Format.value(value)
    case .list(let items): "a list of \(items.count)"
    case .object: "a mapping"
    }
  }

  /// An absolute path: relative ones count from the file in which they stand, or from the working
  /// directory where the value was given on the command line.
  private func resolve(_ path: String, _ node: YAMLNode) -> String {
    guard !path.isEmpty, !path.hasPrefix("/") else { return path }
    var origin = node.mark.file
    if case .scalar(let raw, _) = node.content, let name = ParameterBindings.wholeReference(raw),
      let declared = bindings?.origin(of: name)
    {
      guard declared != .commandLine else { return workingFolder + "/" + path }
      if case .file(let file) = declared { origin = file }
    }
    return Self.folder(of: origin, in: workingFolder) + "/" + path
  }

  /// The absolute folder of a file that is named relative to the working directory.
  static func folder(of file: String, in working: String) -> String {
    let full = file.hasPrefix("/") ? file : working + "/" + file
    return (full as NSString).deletingLastPathComponent
  }

  private mutating func wholeReference(_ node: YAMLNode, _ subject: String) -> Value? {
    guard case .scalar(let text, _) = node.content, let bindings,
      let name = ParameterBindings.wholeReference(text), refersToKnown(text, node.mark)
    else { return nil }
    return bindings.values[name]
  }

  /// Whether every `${name}` in a text is a parameter; reports those that are not.
  private mutating func refersToKnown(_ text: String, _ mark: YAMLNode.Mark) -> Bool {
    var isKnown = true
    for name in ParameterBindings.references(in: text) where bindings?.values[name] == nil {
      let message =
        bindings == nil
        ? "a parameter cannot refer to another: '${\(name)}'."
        : "'${\(name)}' refers to no parameter of this manifest."
      report(
        mark, message, suggestion: Suggestion.nearest(to: name, among: bindings?.names ?? []))
      isKnown = false
    }
    return isKnown
  }

  /// Any value, with references replaced at every depth.
  private mutating func substitute(_ node: YAMLNode, _ subject: String) -> Value? {
    switch node.content {
    case .scalar: return checkAnyScalar(node, subject)
    case .list(let items): return .list(items.compactMap { substitute($0, subject) })
    case .mapping(let entries):
      var members: [String: Value] = [:]
      for entry in entries { members[entry.key] = substitute(entry.value, subject) }
      return .object(members)
    }
  }

  private mutating func checkAnyScalar(_ node: YAMLNode, _ subject: String) -> Value? {
    guard case .scalar(let text, let isPlain) = node.content else { return nil }
    if let value = wholeReference(node, subject) { return value }
    guard refersToKnown(text, node.mark) else { return nil }
    return YAMLNode.resolve(bindings?.interpolate(text) ?? text, isPlain: isPlain)
  }
}
