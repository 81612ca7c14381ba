extension Plan {
  /// The plan of those cases that have the given values: `corrupt_share=0.1,panel=5`.
  ///
  /// A case is wanted if it agrees with any of `texts`; within one, all values must agree.
  public func selecting(_ texts: [String]) throws(CaseSelectionError) -> Plan {
    guard let sweep = manifest.sweep else {
      throw CaseSelectionError(text: texts[0], "this experiment has no sweep.")
    }
    var wanted: Set<String> = []
    for text in texts {
      let pairs = try Self.pairs(text, sweep)
      let matching = cases.filter { one in pairs.allSatisfy { Self.agrees(one, $0) } }
      guard !matching.isEmpty else { throw Self.nothing(text, pairs, sweep) }
      wanted.formUnion(matching.map(\.name))
    }
    return restricted { wanted.contains($0.name) }
  }

  private static func pairs(
    _ text: String, _ sweep: Sweep
  ) throws(CaseSelectionError) -> [(name: String, word: String)] {
    var pairs: [(name: String, word: String)] = []
    let names = sweep.axes.map(\.name) + ["replicate"]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        throw CaseSelectionError(text: text, "expected axis=value, as \(names[0])=1.")
      }
      let name = String(sides[0])
      guard names.contains(name) else {
        let near = Suggestion.nearest(to: name, among: names).map { " Did you mean '\($0)'?" }
        throw CaseSelectionError(
          text: text,
          "'\(name)' is not an axis; the axes are \(names.joined(separator: ", ")).\(near ?? "")")
      }
      pairs.append((name, String(sides[1])))
    }
    return pairs
  }

  private static func agrees(_ one: PlannedCase, _ pair: (name: String, word: String)) -> Bool {
    if pair.name == "replicate" { return String(one.replicate) == pair.word }
    guard let value = one.coordinates.first(where: { $0.name == pair.name })?.value else {
      return false
    }
    if let number = value.number, let wanted = Double(pair.word) { return number == wanted }
    return Sweep.word(value) == pair.word || value.text == pair.word
  }

  private static func nothing(
    _ text: String, _ pairs: [(name: String, word: String)], _ sweep: Sweep
  ) -> CaseSelectionError {
    let axis = sweep.axes.first { axis in pairs.contains { $0.name == axis.name } }
    let values = axis.map { axis in
      " \(axis.name) has " + axis.values.prefix(12).map(Format.value).joined(separator: ", ") + "."
    }
    return CaseSelectionError(text: text, "no case has these values.\(values ?? "")")
  }
}

/// A `--case` that names no case.
public struct CaseSelectionError: Error, Sendable, Equatable, CustomStringConvertible {
  public let text: String
  public let description: String

  init(text: String, _ description: String) {
    self.text = text
    self.description = description
  }
}
