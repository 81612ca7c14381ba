/// A Swift source as words: without comments and layout, with the names that it declares and those
/// that it mentions.
struct SwiftSource {
  /// The words, separated by single blanks; equal for two sources that differ in comments only.
  let code: String
  let mentionedNames: Set<String>
  /// Types, functions and values declared at the top level.
  let ownNames: Set<String>
  /// Types that the file extends at the top level.
  let extendedNames: Set<String>

  var declaredNames: Set<String> { ownNames.union(extendedNames) }

  init(_ text: String) {
    var scanner = SwiftScanner(text)
    let words = scanner.words()
    code = words.joined(separator: " ")
    mentionedNames = Set(words.filter(Self.isName))
    (ownNames, extendedNames) = Self.declarations(words)
  }

  private static func isName(_ word: String) -> Bool {
    word.unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "_" } == true
  }

  private static let introducers: Set<String> = [
    "struct", "class", "enum", "protocol", "actor", "typealias", "func", "let", "var",
  ]

  private static func declarations(_ words: [String]) -> (own: Set<String>, extended: Set<String>) {
    var own: Set<String> = []
    var extended: Set<String> = []
    var depth = 0
    for (i, word) in words.enumerated() {
      switch word {
      case "{", "(", "[": depth += 1
      case "}", ")", "]": depth -= 1
      case "extension" where depth == 0 && i + 1 < words.count: extended.insert(words[i + 1])
      case _ where depth == 0 && introducers.contains(word) && i + 1 < words.count:
        own.insert(words[i + 1])
      default: break
      }
    }
    return (own, extended)
  }
}

/// Cuts a source into words; a text with its quotes is one word.
struct SwiftScanner {
  private let text: [Character]
  private var i = 0

  init(_ text: String) { self.text = Array(text) }

  mutating func words() -> [String] {
    var words: [String] = []
    while i < text.count {
      if text[i].isWhitespace {
        i += 1
      } else if starts("//") {
        while i < text.count, !text[i].isNewline { i += 1 }
      } else if starts("/*") {
        skipBlockComment()
      } else if text[i] == "\"" || startsRawText() {
        words.append(quoted())
      } else if Self.isWordCharacter(text[i]) {
        words.append(take(while: Self.isWordCharacter))
      } else {
        words.append(String(text[i]))
        i += 1
      }
    }
    return words
  }

  private static func isWordCharacter(_ c: Character) -> Bool {
    c.isLetter || c.isNumber || c == "_"
  }

  private func starts(_ prefix: String) -> Bool { text[i...].starts(with: prefix) }

  private func startsRawText() -> Bool {
    text[i] == "#" && text[i...].first { $0 != "#" } == "\""
  }

  private mutating func take(while condition: (Character) -> Bool) -> String {
    let start = i
    while i < text.count, condition(text[i]) { i += 1 }
    return String(text[start..<i])
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        i += 2
      } else if starts("*/") {
        depth -= 1
        i += 2
      } else {
        i += 1
      }
    } while depth > 0 && i < text.count
  }

  /// A text with its quotes, whatever it holds: escapes, interpolations with texts of their own,
  /// several lines, raw marks.
  private mutating func quoted() -> String {
    let start = i
    let marks = take { $0 == "#" }
    let quote = starts("\"\"\"") ? "\"\"\"" : "\""
    i += quote.count
    while i < text.count, !starts(quote + marks) {
      if starts("\\" + marks + "(") {
        i += 2 + marks.count
        skipInterpolation()
      } else if starts("\\" + marks) {
        i += 2 + marks.count
      } else {
        i += 1
      }
    }
    i = min(text.count, i + quote.count + marks.count)
    return String(text[start..<i])
  }

  /// Up to the parenthesis that ends an interpolation; texts inside may hold parentheses.
  private mutating func skipInterpolation() {
    var depth = 1
    while i < text.count, depth > 0 {
      if text[i] == "\"" || startsRawText() {
        _ = quoted()
        continue
      }
      if text[i] == "(" { depth += 1 }
      if text[i] == ")" { depth -= 1 }
      i += 1
    }
  }
}
