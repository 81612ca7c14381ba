import Foundation

/// Arithmetic over metrics.
indirect enum Expression: Sendable, Equatable {
  case number(Double)
  case name(String)
  case call(Function, [Expression])
  case operation(Operator, Expression, Expression)
  /// Over the cases of a sweep that meet the condition.
  case aggregate(Aggregate, Expression, condition: Comparison?)

  enum Function: String, Sendable, CaseIterable {
    case abs, min, max, sqrt, log, exp

    var arguments: ClosedRange<Int> { self == .min || self == .max ? 2...64 : 1...1 }
  }

  enum Aggregate: String, Sendable, CaseIterable {
    case mean, median, sd, sum, count, min, max
  }

  enum Operator: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case power = "^"
  }

  var names: [String] {
    switch self {
    case .number: []
    case .name(let name): [name]
    case .call(_, let arguments): arguments.flatMap(\.names)
    case .operation(_, let a, let b): a.names + b.names
    case .aggregate(_, let inner, let condition): inner.names + (condition?.names ?? [])
    }
  }

  /// Whether every name stands inside an aggregate.
  var isAggregated: Bool {
    switch self {
    case .number, .aggregate: true
    case .name: false
    case .call(_, let arguments): arguments.allSatisfy(\.isAggregated)
    case .operation(_, let a, let b): a.isAggregated && b.isAggregated
    }
  }

  func evaluate(_ values: [String: Double], _ cases: [[String: Double]]) -> Double {
    switch self {
    case .number(let value): value
    case .name(let name): values[name] ?? .nan
    case .call(let function, let arguments):
      Self.apply(function, arguments.map { $0.evaluate(values, cases) })
    case .operation(let operation, let a, let b):
      Self.apply(operation, a.evaluate(values, cases), b.evaluate(values, cases))
    case .aggregate(let aggregate, let inner, let condition):
      Self.apply(
        aggregate,
        cases.filter { condition?.evaluate($0, over: cases).holds ?? true }
          .map { inner.evaluate($0, cases) })
    }
  }

  private static func apply(_ function: Function, _ x: [Double]) -> Double {
    switch function {
    case .abs: x[0].magnitude
    case .min: x.contains(where: \.isNaN) ? .nan : x.min() ?? .nan
    case .max: x.contains(where: \.isNaN) ? .nan : x.max() ?? .nan
    case .sqrt: x[0].squareRoot()
    case .log: Foundation.log(x[0])
    case .exp: Foundation.exp(x[0])
    }
  }

  private static func apply(_ operation: Operator, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .plus: a + b
    case .minus: a - b
    case .times: a * b
    case .over: a / b
    case .power: pow(a, b)
    }
  }

  /// A case without a value makes the aggregate one without a value: nothing is left out silently.
  private static func apply(_ aggregate: Aggregate, _ x: [Double]) -> Double {
    if aggregate == .count { return Double(x.count { !$0.isNaN }) }
    guard !x.isEmpty, !x.contains(where: \.isNaN) else { return .nan }
    let mean = x.reduce(0, +) / Double(x.count)
    return switch aggregate {
    case .mean: mean
    case .median: median(x.sorted())
    case .sd:
      (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count - 1)).squareRoot()
    case .sum: x.reduce(0, +)
    case .min: x.min() ?? .nan
    case .max: x.max() ?? .nan
    case .count: Double(x.count)
    }
  }

  private static func median(_ sorted: [Double]) -> Double {
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }
}
