/// A figure as data: what is drawn, not how; `Gnuplot` draws it.
public struct Figure: Sendable {
  /// One curve, cloud of points or group of bars.
  public struct Series: Sendable {
    public enum Style: String, Sendable {
      case lines, steps, points
      /// Bars at the categories of the figure, or boxes at the given x.
      case bars
    }

    let name: String
    let style: Style
    let x: [Double]
    let y: [Double]
    /// Half-widths of intervals around y; none where there are no error bars.
    let errors: [Double]

    public init(_ name: String, _ style: Style, x: [Double], y: [Double], errors: [Double] = []) {
      precondition(x.count == y.count, "\(name): x and y differ in length")
      precondition(errors.isEmpty || errors.count == x.count, "\(name): errors differ in length")
      self.name = name
      self.style = style
      self.x = x
      self.y = y
      self.errors = errors
    }

    /// Bars over the categories 0, 1, 2 ...
    public init(_ name: String, bars y: [Double]) {
      self.init(name, .bars, x: y.indices.map(Double.init), y: y)
    }
  }

  /// A matrix drawn as colours; row 0 is at the top.
  public struct HeatMap: Sendable {
    let rows: Int
    let columns: Int
    let values: [Double]
  }

  public struct Axis: Sendable {
    let label: String
    let isLogarithmic: Bool

    public init(_ label: String, logarithmic: Bool = false) {
      self.label = label
      self.isLogarithmic = logarithmic
    }
  }

  enum Content: Sendable {
    case series([Series])
    case heatMap(HeatMap)
  }

  let name: String
  let title: String
  let x: Axis
  let y: Axis
  let content: Content
  /// Labels at x = 0, 1, 2 ...; empty for a numeric axis.
  let categories: [String]

  /// `name`: a word for the file's name, as `waiting_time`.
  public init(
    _ name: String, title: String, x: Axis, y: Axis, categories: [String] = [], _ series: [Series]
  ) {
    self.name = name
    self.title = title
    self.x = x
    self.y = y
    self.categories = categories
    content = .series(series)
  }

  public init(
    _ name: String, title: String, x: Axis, y: Axis, heatMap values: [Double], columns: Int
  ) {
    self.name = name
    self.title = title
    self.x = x
    self.y = y
    categories = []
    let rows = columns == 0 ? 0 : values.count / columns
    content = .heatMap(HeatMap(rows: rows, columns: columns, values: values))
  }

  /// Whether there is anything to draw: a logarithmic axis shows positive values only.
  package var isEmpty: Bool {
    switch content {
    case .series(let series): series.allSatisfy { drawable($0).isEmpty }
    case .heatMap(let map): map.values.isEmpty
    }
  }

  /// The points that the axes can show.
  func drawable(_ series: Series) -> [(x: Double, y: Double, error: Double)] {
    series.x.indices.filter { i in
      series.x[i].isFinite && series.y[i].isFinite && (!x.isLogarithmic || series.x[i] > 0)
        && (!y.isLogarithmic || series.y[i] > 0)
    }.map { i in
      let error = series.errors.isEmpty || !series.errors[i].isFinite ? 0 : series.errors[i]
      return (x: series.x[i], y: series.y[i], error: error)
    }
  }
}
