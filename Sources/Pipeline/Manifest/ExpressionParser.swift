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
struct ExpressionParser {
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

  mutating func comparison() throws(ClaimSyntaxError) -> Comparison {
    Comparison(left: try sum(), relation: try relation(), right: try sum())
  }

  private mutating func relation() throws(ClaimSyntaxError) -> Comparison.Relation {
    guard let relation = Comparison.Relation(rawValue: next) else {
      throw failure("one of < <= > >= == !=")
    }
    position += 1
    return relation
  }

  func end() throws(ClaimSyntaxError) {
    if position < tokens.count { throw failure("its end") }
  }

  private mutating func sum() throws(ClaimSyntaxError) -> Expression {
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
    let aggregate = Expression.Aggregate(rawValue: name)
    let function = Expression.Function(rawValue: name)
    guard aggregate != nil || function != nil else {
      position -= 1
      throw failure("one of " + Self.callables.joined(separator: ", "))
    }
    position += 1
    var arguments = [try sum()]
    if let aggregate, next != "," {
      let condition = accept("where") ? try comparison() : nil
      guard accept(")") else { throw failure("')' or 'where'") }
      return .aggregate(aggregate, arguments[0], condition: condition)
    }
    while accept(",") { arguments.append(try sum()) }
    guard accept(")") else { throw failure("')'") }
    guard let function, function.arguments.contains(arguments.count) else {
      throw failure("one argument of \(name)")
    }
    return .call(function, arguments)
  }

  /// Every word that may stand before a parenthesis, each once.
  private static let callables =
    Set(
      Expression.Function.allCases.map(\.rawValue) + Expression.Aggregate.allCases.map(\.rawValue)
    ).sorted()
}
