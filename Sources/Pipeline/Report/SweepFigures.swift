extension SweepSummary {
  /// Curves of one colour each; more would not be told apart.
  private static let curvesMax = 6

  /// The figures of a metric: curves over the first axis of numbers, one for each combination of the
  /// others; where these are too many, a heat map over the first two axes.
  func figures(of column: Int) -> [Figure] {
    guard let base = extents.firstIndex(where: { $0.length > 1 && isNumeric($0) }) else {
      return []
    }
    let others = extents.indices.filter { $0 != base && extents[$0].length > 1 }
    let curves = others.reduce(1) { $0 * extents[$1].length }
    if curves <= Self.curvesMax { return [lines(column, base, others)] }
    return others.count == 1 ? [heatMap(column, base, others[0])] : []
  }

  /// The flat place of a case in the arrays.
  func place(of one: Sweep.Case) -> Int {
    if extents.count == 1, extents[0].axes.isEmpty {
      return (sweep.cases.firstIndex(of: one) ?? 0) / sweep.replicates
    }
    return extents.reduce(0) { $0 * $1.length + one.positions[$1.axes[0]] }
  }

  private func isNumeric(_ extent: Extent) -> Bool {
    guard let axis = extent.axes.first else { return false }
    return sweep.axes[axis].values.allSatisfy { $0.number != nil }
  }

  private func label(_ column: Int) -> String {
    let unit = table.columns[column].unit
    let name = table.columns[column].metric.name
    return unit.isEmpty || unit == "1" ? name : "\(name) [\(unit)]"
  }

  private func title(_ column: Int, over names: String) -> String {
    "\(table.columns[column].metric.name) over \(names)"
  }

  private func lines(_ column: Int, _ base: Int, _ others: [Int]) -> Figure {
    let spreads = spreads(of: column)
    let axis = sweep.axes[extents[base].axes[0]]
    let xs = axis.values.map { $0.number ?? .nan }
    let order = xs.indices.sorted { xs[$0] < xs[$1] }
    let series = combinations(others).flatMap { fixed -> [Figure.Series] in
      let places = order.map { flat(fixed.merging([base: $0]) { $1 }) }
      let name = others.map { other in
        let axis = sweep.axes[extents[other].axes[0]]
        return "\(axis.name) = \(Format.value(axis.values[fixed[other] ?? 0]))"
      }.joined(separator: ", ")
      return [
        Figure.Series(
          name, .lines, x: order.map { xs[$0] }, y: places.map { spreads[$0].mean },
          errors: sweep.replicates > 1 ? places.map { spreads[$0].halfWidth } : [])
      ]
    }
    return Figure(
      table.columns[column].metric.name, title: title(column, over: axis.name),
      x: .init(axis.name), y: .init(label(column)), series)
  }

  private func heatMap(_ column: Int, _ x: Int, _ y: Int) -> Figure {
    let spreads = spreads(of: column)
    let values = (0..<extents[y].length).flatMap { row in
      (0..<extents[x].length).map { spreads[flat([y: row, x: $0])].mean }
    }
    let (across, down) = (sweep.axes[extents[x].axes[0]], sweep.axes[extents[y].axes[0]])
    return Figure(
      table.columns[column].metric.name,
      title: title(column, over: "\(across.name) and \(down.name)"),
      x: .init("place on the axis \(across.name)"), y: .init("place on the axis \(down.name)"),
      heatMap: values, columns: extents[x].length)
  }

  /// Every choice of places on some dimensions.
  private func combinations(_ dimensions: [Int]) -> [[Int: Int]] {
    dimensions.reduce([[:]]) { heads, dimension in
      heads.flatMap { head in
        (0..<extents[dimension].length).map { head.merging([dimension: $0]) { $1 } }
      }
    }
  }

  private func flat(_ positions: [Int: Int]) -> Int {
    extents.indices.reduce(0) { $0 * extents[$1].length + (positions[$1] ?? 0) }
  }
}
