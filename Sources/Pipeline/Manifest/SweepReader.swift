/// Reads the `sweep:` of a manifest, checked against `ManifestShape.sweep` already.
struct SweepReader {
  private let node: YAMLNode
  private let bindings: ParameterBindings
  private(set) var diagnostics: [Diagnostic] = []
  private var axes: [Sweep.Axis] = []

  init(_ node: YAMLNode, bindings: ParameterBindings) {
    self.node = node
    self.bindings = bindings
  }

  mutating func read() -> Sweep? {
    let gridAxes = (node["grid"]?.entries ?? []).compactMap { axis($0) }
    let zipped = (node["zip"]?.entries ?? []).compactMap { axis($0) }
    for (i, one) in gridAxes.enumerated() { add(one.name, one.values, group: i, one.mark) }
    for one in zipped { add(one.name, one.values, group: gridAxes.count, one.mark) }
    checkLengths(zipped)
    let hasBase = !axes.isEmpty
    addConstantAxes()
    guard diagnostics.isEmpty else { return nil }
    let extents = Self.extents(axes)
    guard extents.reduce(1, { ($0 * $1).clampedToCases }) <= Sweep.casesMax else {
      complain(node.mark, "the sweep has more than \(Sweep.casesMax) cases.")
      return nil
    }
    var combinations = hasBase || node["include"] == nil ? Self.product(extents) : []
    combinations = excluded(from: combinations.map { groups in axes.map { groups[$0.group] } })
    for one in included() where !combinations.contains(one) { combinations.append(one) }
    let replicates =
      if case .int(let count)? = node["replicates"]?.value { Int(count) } else { 1 }
    guard diagnostics.isEmpty else { return nil }
    guard !combinations.isEmpty, !axes.isEmpty || replicates > 1 else {
      complain(node.mark, "the sweep has nothing to vary: give `grid`, `zip` or `replicates`.")
      return nil
    }
    let cases = combinations.flatMap { positions in
      (1...replicates).map { Sweep.Case(positions: positions, replicate: $0) }
    }
    return Sweep(axes: axes, cases: cases, replicates: replicates)
  }

  private mutating func complain(
    _ mark: YAMLNode.Mark, _ message: String, suggestion: String? = nil
  ) {
    diagnostics.append(Diagnostic(mark.place, message, suggestion: suggestion))
  }

  private mutating func axis(
    _ entry: YAMLNode.Entry
  ) -> (name: String, values: [Value], mark: YAMLNode.Mark)? {
    checkName(entry.key, entry.keyMark, "an axis")
    let values = entry.value.content.isList ? entry.value.value.items : range(entry.value)
    for (i, value) in values.enumerated() where values[..<i].contains(where: value.isSame) {
      complain(entry.value.mark, "the axis '\(entry.key)' has \(Format.value(value)) twice.")
    }
    if values.isEmpty { complain(entry.value.mark, "the axis '\(entry.key)' has no values.") }
    return values.isEmpty ? nil : (entry.key, values, entry.keyMark)
  }

  private mutating func checkName(_ name: String, _ mark: YAMLNode.Mark, _ role: String) {
    guard bindings.values[name] == nil else { return }
    complain(
      mark, "'\(name)' is not a parameter of this manifest, so it cannot be \(role).",
      suggestion: Suggestion.nearest(to: name, among: bindings.names))
  }

  /// `{from: 1, to: 100, step: 1}`; whole numbers stay whole.
  private mutating func range(_ node: YAMLNode) -> [Value] {
    guard let from = node["from"]?.value, let to = node["to"]?.value, let low = from.number,
      let high = to.number
    else { return [] }
    let step = node["step"]?.value ?? .int(1)
    guard let stride = step.number, stride > 0, high >= low else {
      complain(node.mark, "a range needs `from` <= `to` and a `step` above 0.")
      return []
    }
    let count = ((high - low) / stride + 1e-9).rounded(.down) + 1
    guard count <= Double(Sweep.casesMax) else {
      complain(node.mark, "the range has more than \(Sweep.casesMax) values.")
      return []
    }
    return (0..<Int(count)).map { i in
      if case .int(let first) = from, case .int(let stride) = step {
        return .int(first + Int64(i) * stride)
      }
      return .real(low + Double(i) * stride)
    }
  }

  private mutating func add(_ name: String, _ values: [Value], group: Int, _ mark: YAMLNode.Mark) {
    if axes.contains(where: { $0.name == name }) {
      complain(mark, "'\(name)' is an axis of the grid already.")
    }
    axes.append(Sweep.Axis(name: name, values: values, group: group))
  }

  private mutating func checkLengths(
    _ zipped: [(name: String, values: [Value], mark: YAMLNode.Mark)]
  ) {
    guard let first = zipped.first else { return }
    for one in zipped where one.values.count != first.values.count {
      complain(
        one.mark,
        "'\(one.name)' has \(one.values.count) values, '\(first.name)' \(first.values.count): what is"
          + " walked together has equally many.")
    }
  }

  /// How many values each group of axes takes.
  private static func extents(_ axes: [Sweep.Axis]) -> [Int] {
    (0..<(axes.map(\.group).max() ?? -1) + 1).map { group in
      axes.first { $0.group == group }?.values.count ?? 1
    }
  }

  /// All combinations, the last group fastest.
  private static func product(_ extents: [Int]) -> [[Int]] {
    extents.reduce([[]]) { heads, extent in
      heads.flatMap { head in (0..<extent).map { head + [$0] } }
    }
  }

  private mutating func excluded(from combinations: [[Int]]) -> [[Int]] {
    guard case .list(let rules)? = node["exclude"]?.content else { return combinations }
    var kept = combinations
    for rule in rules {
      let before = kept.count
      guard let wanted = positions(rule) else { continue }
      kept.removeAll { positions in wanted.allSatisfy { positions[$0.axis] == $0.position } }
      if kept.count == before { complain(rule.mark, "this exclusion matches no case.") }
    }
    return kept
  }

  private mutating func positions(_ rule: YAMLNode) -> [(axis: Int, position: Int)]? {
    var result: [(axis: Int, position: Int)] = []
    for entry in rule.entries {
      guard let axis = axes.firstIndex(where: { $0.name == entry.key }) else {
        complain(
          entry.keyMark, "'\(entry.key)' is not an axis of the sweep.",
          suggestion: Suggestion.nearest(to: entry.key, among: axes.map(\.name)))
        return nil
      }
      let value = entry.value.value
      guard let position = axes[axis].values.firstIndex(where: value.isSame) else {
        complain(entry.value.mark, "the axis '\(entry.key)' has no value \(Format.value(value)).")
        return nil
      }
      result.append((axis, position))
    }
    return result
  }

  /// Further cases; axes that they do not name keep the value of `params`.
  private mutating func included() -> [[Int]] {
    guard case .list(let rules)? = node["include"]?.content else { return [] }
    return rules.map { rule in
      axes.indices.map { i in
        let value = rule[axes[i].name]?.value ?? bindings.values[axes[i].name] ?? .null
        return position(of: value, on: i)
      }
    }
  }

  /// Parameters that only included cases change: all other cases have the value of `params`.
  private mutating func addConstantAxes() {
    guard case .list(let rules)? = node["include"]?.content else { return }
    for entry in rules.flatMap(\.entries) where !axes.contains(where: { $0.name == entry.key }) {
      checkName(entry.key, entry.keyMark, "part of a case")
      let group = (axes.map(\.group).max() ?? -1) + 1
      axes.append(
        Sweep.Axis(name: entry.key, values: [bindings.values[entry.key] ?? .null], group: group))
    }
  }

  private mutating func position(of value: Value, on axis: Int) -> Int {
    if let known = axes[axis].values.firstIndex(where: value.isSame) { return known }
    axes[axis].values.append(value)
    return axes[axis].values.count - 1
  }
}

extension Value {
  /// Equal, with 1 and 1.0 taken for the same number.
  func isSame(_ other: Value) -> Bool {
    if let a = number, let b = other.number { return a == b }
    return self == other
  }
}

extension YAMLNode.Content {
  fileprivate var isList: Bool { if case .list = self { true } else { false } }
}

extension Int {
  /// A product of extents that has left the range stays above every limit.
  fileprivate var clampedToCases: Int {
    self < 0 || self > Sweep.casesMax ? Sweep.casesMax + 1 : self
  }
}
