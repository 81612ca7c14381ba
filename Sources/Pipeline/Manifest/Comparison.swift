import Foundation

/// The expression of a claim: `wait_mean <= 2 * service_mean`, `abs(price - 3.5) < 1e-9`.
///
/// Grammar: comparison = sum (`<` | `<=` | `>` | `>=` | `==` | `!=`) sum, with `+ - * /`, powers by
/// `^`, parentheses, and the functions `abs`, `min`, `max`, `sqrt`, `log`, `exp`.
package struct Comparison: Sendable, Equatable {
  enum Relation: String, Sendable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="

    func holds(_ a: Double, _ b: Double) -> Bool {
      switch self {
      case .less: a < b
      case .atMost: a <= b
      case .greater: a > b
      case .atLeast: a >= b
      case .equal: a == b
      case .unequal: a != b
      }
    }
  }

  let left: Expression
  let relation: Relation
  let right: Expression

  package init(parsing text: String) throws(ClaimSyntaxError) {
    var parser = ExpressionParser(text)
    left = try parser.sum()
    relation = try parser.relation()
    right = try parser.sum()
    try parser.end()
  }

  /// The metrics that it speaks of, in order of first use.
  var names: [String] {
    (left.names + right.names).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// What the sides come to; a claim about a metric that is missing or not a number fails.
  package func evaluate(_ values: [String: Double]) -> (holds: Bool, left: Double, right: Double) {
    let a = left.evaluate(values)
    let b = right.evaluate(values)
    return (relation.holds(a, b), a, b)
  }
}

/// Arithmetic over metrics.
indirect enum Expression: Sendable, Equatable {
  case number(Double)
  case name(String)
  case call(Function, [Expression])
  case operation(Operator, Expression, Expression)

  enum Function: String, Sendable, CaseIterable {
    case abs, min, max, sqrt, log, exp

    var arguments: ClosedRange<Int> { self == .min || self == .max ? 1...64 : 1...1 }
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
    }
  }

  func evaluate(_ values: [String: Double]) -> Double {
    switch self {
    case .number(let value): value
    case .name(let name): values[name] ?? .nan
    case .call(let function, let arguments):
      Self.apply(function, arguments.map { $0.evaluate(values) })
    case .operation(let operation, let a, let b):
      Self.apply(operation, a.evaluate(values), b.evaluate(values))
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
}

/// Where a claim stops to make sense.
package struct ClaimSyntaxError: Error, Equatable, CustomStringConvertible {
  package let column: Int
  let expected: String
  let found: String

  package var description: String {
    "expected \(expected) at character \(column), found \(found.isEmpty ? "its end" : "'\(found)'")"
  }
}

/// A recursive descent over the characters of a claim.
private struct ExpressionParser {
  private let tokens: [(text: String, column: Int)]
  private var position = 0
  private var depth = 0
  private let length: Int

  init(_ text: String) {
    var tokens: [(text: String, column: Int)] = []
    let characters = Array(text)
    var i = 0
    while i < characters.count {
      let end = Self.endOfToken(characters, from: i)
      let token = String(characters[i..<end])
      if !token.allSatisfy(\.isWhitespace) { tokens.append((token, i + 1)) }
      i = end
    }
    self.tokens = tokens
    self.length = characters.count
  }

  private static func endOfToken(_ text: [Character], from start: Int) -> Int {
    var end = start + 1
    if text[start].isNumber || text[start] == "." {
      while end < text.count, text[end].isNumber || text[end] == "." || isExponent(text, end) {
        end += 1
      }
    } else if text[start].isLetter || text[start] == "_" {
      while end < text.count, text[end].isLetter || text[end].isNumber || text[end] == "_" {
        end += 1
      }
    } else if "<>=!".contains(text[start]), end < text.count, text[end] == "=" {
      end += 1
    }
    return end
  }

  /// `e`, `E`, or a sign behind one of them.
  private static func isExponent(_ text: [Character], _ i: Int) -> Bool {
    if text[i] == "e" || text[i] == "E" { return true }
    return "+-".contains(text[i]) && (text[i - 1] == "e" || text[i - 1] == "E")
  }

  private var next: String { position < tokens.count ? tokens[position].text : "" }

  private func failure(_ expected: String) -> ClaimSyntaxError {
    let column = position < tokens.count ? tokens[position].column : length + 1
    return ClaimSyntaxError(column: column, expected: expected, found: next)
  }

  private mutating func accept(_ token: String) -> Bool {
    guard next == token else { return false }
    position += 1
    return true
  }

  mutating func relation() throws(ClaimSyntaxError) -> Comparison.Relation {
    guard let relation = Comparison.Relation(rawValue: next) else {
      throw failure("one of < <= > >= == !=")
    }
    position += 1
    return relation
  }

  func end() throws(ClaimSyntaxError) {
    if position < tokens.count { throw failure("its end") }
  }

  mutating func sum() throws(ClaimSyntaxError) -> Expression {
    var result = try product()
    while let operation = Expression.Operator(rawValue: next), [.plus, .minus].contains(operation) {
      position += 1
      result = .operation(operation, result, try product())
    }
    return result
  }

  private mutating func product() throws(ClaimSyntaxError) -> Expression {
    var result = try signed()
    while let operation = Expression.Operator(rawValue: next), [.times, .over].contains(operation) {
      position += 1
      result = .operation(operation, result, try signed())
    }
    return result
  }

  private mutating func signed() throws(ClaimSyntaxError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { throw failure("fewer than 100 nested parts") }
    if accept("-") { return .operation(.minus, .number(0), try signed()) }
    let base = try atom()
    return accept("^") ? .operation(.power, base, try signed()) : base
  }

  private mutating func atom() throws(ClaimSyntaxError) -> Expression {
    if accept("(") {
      let inner = try sum()
      guard accept(")") else { throw failure("')'") }
      return inner
    }
    let token = next
    if let number = Double(token), token.first?.isNumber == true || token.first == "." {
      position += 1
      return .number(number)
    }
    guard token.first.map({ $0.isLetter || $0 == "_" }) == true else {
      throw failure("a number, a metric or '('")
    }
    position += 1
    return next == "(" ? try call(token) : .name(token)
  }

  private mutating func call(_ name: String) throws(ClaimSyntaxError) -> Expression {
    guard let function = Expression.Function(rawValue: name) else {
      position -= 1
      throw failure(
        "one of " + Expression.Function.allCases.map(\.rawValue).joined(separator: ", "))
    }
    position += 1
    var arguments = [try sum()]
    while accept(",") { arguments.append(try sum()) }
    guard accept(")") else { throw failure("')'") }
    guard function.arguments.contains(arguments.count) else {
      throw failure("\(function.arguments.upperBound) argument")
    }
    return .call(function, arguments)
  }
}
