/// Reads the `sweep:` of a manifest, checked against `ManifestShape.sweep` already.
struct SweepReader {
  private let node: YAMLNode
  private let bindings: ParameterBindings
  private(set) var diagnostics: [Diagnostic] = []
  private var axes: [Sweep.Axis] = []
  /// The place of each value on its axis, by axis.
  private var places: [[String: Int]] = []

  private static let axesMax = 64

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
    if axes.count > Self.axesMax {
      complain(node.mark, "the sweep has \(axes.count) axes, more than \(Self.axesMax).")
    }
    guard diagnostics.isEmpty else { return nil }
    let extents = Self.extents(axes)
    guard extents.reduce(1, { ($0 * $1).clampedToCases }) <= Sweep.casesMax else {
      complain(node.mark, "the sweep has more than \(Sweep.casesMax) cases.")
      return nil
    }
    var combinations = hasBase || furtherCases.isEmpty ? Self.product(extents) : []
    combinations = excluded(from: combinations.map { groups in axes.map { groups[$0.group] } })
    var known = Set(combinations)
    for one in included() where known.insert(one).inserted { combinations.append(one) }
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

  /// Every name that may be an axis, of a sweep that could not be read.
  static func axisNames(_ node: YAMLNode?) -> [String] {
    let cases =
      if case .list(let cases)? = node?["include"]?.content { cases } else { [YAMLNode]() }
    let parts = [node?["grid"], node?["zip"]].compactMap { $0 } + cases
    return parts.flatMap(\.entries).map(\.key)
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
    let complaints = diagnostics.count
    let values = entry.value.content.isList ? entry.value.value.items : range(entry.value)
    var known: Set<String> = []
    for value in values where !known.insert(value.identity).inserted {
      complain(entry.value.mark, "the axis '\(entry.key)' has \(Format.value(value)) twice.")
    }
    if values.isEmpty, diagnostics.count == complaints {
      complain(entry.value.mark, "the axis '\(entry.key)' has no values.")
    }
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
    guard case .int(let first) = from, case .int(let whole) = step else {
      return (0..<Int(count)).map { .real(low + Double($0) * stride) }
    }
    // Above 2^53 the count is rounded; such a value can lie beyond the end, or beyond all numbers.
    return (0..<Int64(count)).compactMap { i in
      let (value, isBeyond) = first.addingReportingOverflow(i * whole)
      if case .int(let last) = to, value > last { return nil }
      return isBeyond ? nil : .int(value)
    }
  }

  private mutating func add(_ name: String, _ values: [Value], group: Int, _ mark: YAMLNode.Mark) {
    if axes.contains(where: { $0.name == name }) {
      complain(mark, "'\(name)' is an axis of the grid already.")
    }
    append(Sweep.Axis(name: name, values: values, group: group))
  }

  private mutating func append(_ axis: Sweep.Axis) {
    axes.append(axis)
    places.append(
      Dictionary(axis.values.enumerated().map { ($1.identity, $0) }) { first, _ in first })
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
    // By axes and positions: one by one, each rule would go over all cases.
    var wanted: [[Int]: [[Int]: Int]] = [:]
    var idle = Set(rules.indices)
    for (i, rule) in rules.enumerated() {
      guard let pairs = positions(rule)?.sorted(by: { $0.axis < $1.axis }) else {
        idle.remove(i)
        continue
      }
      let (axes, positions) = (pairs.map(\.axis), pairs.map(\.position))
      if wanted[axes]?[positions] == nil { wanted[axes, default: [:]][positions] = i }
    }
    let kept = combinations.filter { one in
      guard let rule = wanted.compactMap({ axes, rules in rules[axes.map { one[$0] }] }).min()
      else { return true }
      idle.remove(rule)
      return false
    }
    for i in idle.sorted() { complain(rules[i].mark, "this exclusion matches no case.") }
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
      guard let position = places[axis][value.identity] else {
        complain(entry.value.mark, "the axis '\(entry.key)' has no value \(Format.value(value)).")
        return nil
      }
      result.append((axis, position))
    }
    return result
  }

  private var furtherCases: [YAMLNode] {
    if case .list(let cases)? = node["include"]?.content { cases } else { [] }
  }

  /// Further cases; axes that they do not name keep the value of `params`.
  private mutating func included() -> [[Int]] {
    furtherCases.map { rule in
      axes.indices.map { i in
        let value = rule[axes[i].name]?.value ?? bindings.values[axes[i].name] ?? .null
        return position(of: value, on: i)
      }
    }
  }

  /// Parameters that only included cases change: all other cases have the value of `params`.
  private mutating func addConstantAxes() {
    var known = Set(axes.map(\.name))
    for entry in furtherCases.flatMap(\.entries) where known.insert(entry.key).inserted {
      checkName(entry.key, entry.keyMark, "part of a case")
      let group = (axes.map(\.group).max() ?? -1) + 1
      append(
        Sweep.Axis(name: entry.key, values: [bindings.values[entry.key] ?? .null], group: group))
    }
  }

  private mutating func position(of value: Value, on axis: Int) -> Int {
    if let known = places[axis][value.identity] { return known }
    places[axis][value.identity] = axes[axis].values.count
    axes[axis].values.append(value)
    return axes[axis].values.count - 1
  }
}

extension Value {
  /// A text that equal values share, with 1 and 1.0 taken for the same number.
  fileprivate var identity: String { number.map { "\($0 + 0)" } ?? canonicalJSON }
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
