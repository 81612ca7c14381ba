/// The expression of a claim: `wait_mean <= 2 * service_mean`, `abs(price - 3.5) < 1e-9`.
///
/// Grammar: comparison = sum (`<` | `<=` | `>` | `>=` | `==` | `!=`) sum, with `+ - * /`, powers by
/// `^`, parentheses, the functions `abs`, `min`, `max`, `sqrt`, `log`, `exp`, and over the cases of
/// a sweep `mean`, `median`, `sd`, `sum`, `count`, `min` and `max` of one argument, each with an
/// optional condition: `mean(auc where corrupt_share == 0.1)`.
package struct Comparison: Sendable, Equatable {
  enum Relation: String, Sendable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="

    /// Nothing holds of what is not a number.
    func holds(_ a: Double, _ b: Double) -> Bool {
      switch self {
      case .less: a < b
      case .atMost: a <= b
      case .greater: a > b
      case .atLeast: a >= b
      case .equal: a == b
      case .unequal: a < b || a > b
      }
    }
  }

  let left: Expression
  let relation: Relation
  let right: Expression

  init(left: Expression, relation: Relation, right: Expression) {
    self.left = left
    self.relation = relation
    self.right = right
  }

  package init(parsing text: String) throws(ClaimSyntaxError) {
    var parser = ExpressionParser(text)
    self = try parser.comparison()
    try parser.end()
  }

  /// The metrics that it speaks of, in order of first use.
  var names: [String] {
    (left.names + right.names).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether it speaks of all cases together, so that it is judged once and not in every case.
  var isAggregated: Bool { left.isAggregated && right.isAggregated }

  /// What the sides come to; a claim about a metric that is missing or not a number fails.
  ///
  /// `values`: of one case, by name; `cases`: of all cases, for aggregates.
  package func evaluate(
    _ values: [String: Double], over cases: [[String: Double]]? = nil
  ) -> (holds: Bool, left: Double, right: Double) {
    let a = left.evaluate(values, cases ?? [values])
    let b = right.evaluate(values, cases ?? [values])
    return (relation.holds(a, b), a, b)
  }
}
