import Kernels
public import Pipeline

/// The medians of one case over time, and where they change their level.
public struct HistoryFigure: Sendable {
  public let points: [BenchHistory.Point]
  /// Indices of the first point of each new level.
  public let changes: [Int]
  private let quantity: Quantity

  public init(_ points: [BenchHistory.Point], _ quantity: Quantity) {
    self.points = points
    self.quantity = quantity
    changes = ChangePoints.find(in: points.map(\.median))
  }

  /// The median of each level, with the place of its first point.
  public var levels: [(start: Int, median: Double)] {
    guard !points.isEmpty else { return [] }
    let starts = [0] + changes
    return zip(starts, changes + [points.count]).compactMap { start, end in
      Quantiles(points[start..<end].map(\.median)).map { (start, $0.median) }
    }
  }

  /// A line per change: when, which build, from which level to which.
  public var rows: [[String]] {
    zip(levels.dropFirst(), levels).map { new, old in
      let point = points[new.start]
      return [
        point.measuredAt, String(point.build.prefix(12)),
        "\(Amount.text(old.median, quantity.unit)) -> \(Amount.text(new.median, quantity.unit))",
        Amount.percent(new.median / old.median - 1),
      ]
    }
  }

  public func figure(title: String) -> Figure {
    let x = points.indices.map(Double.init)
    var series = [Figure.Series("median", .points, x: x, y: points.map(\.median))]
    series.append(levelLine)
    if !changes.isEmpty {
      series.append(
        Figure.Series(
          "change", .points, x: changes.map(Double.init), y: changes.map { points[$0].median }))
    }
    return Figure(
      "history", title: title, x: .init("measurement"),
      y: .init("\(quantity.word) (\(quantity.unit.rawValue))"), series)
  }

  private var levelLine: Figure.Series {
    let ends = changes + [points.count]
    let corners = zip(levels, ends).flatMap { level, end in
      [(Double(level.start), level.median), (Double(end - 1), level.median)]
    }
    return Figure.Series("level", .lines, x: corners.map(\.0), y: corners.map(\.1))
  }
}
