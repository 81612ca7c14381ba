import Foundation

/// The text of a document, addressed by line and column as the YAML parser counts them.
struct YAMLText {
  /// Both from 1; a column is a Unicode scalar.
  struct Position: Hashable {
    let line: Int
    let column: Int
  }

  private(set) var string: String

  /// Takes UTF-8 with or without a byte order mark.
  init(_ data: Data, file: String) throws(ManifestError) {
    guard let text = String(validating: data, as: UTF8.self) else {
      let position = Self.position(behind: Self.validPrefix(of: data).utf8)
      throw ManifestError([
        Diagnostic(
          .file(file, line: position.line, column: position.column),
          "this byte is not UTF-8; save the manifest as UTF-8 text.")
      ])
    }
    string = text
    if string.unicodeScalars.first == "\u{FEFF}" { string.unicodeScalars.removeFirst() }
  }

  /// Everything before the first byte that is no UTF-8.
  private static func validPrefix(of data: Data) -> String {
    var text = ""
    var decoder = UTF8()
    var bytes = data.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
      text.unicodeScalars.append(scalar)
    }
    return text
  }

  private static func position(behind head: some Sequence<UInt8>) -> Position {
    var (line, column) = (1, 1)
    for byte in head {
      if byte == 0x0A {
        (line, column) = (line + 1, 1)
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return Position(line: line, column: column)
  }

  func position(ofByte offset: Int) -> Position {
    Self.position(behind: string.utf8.prefix(offset))
  }

  subscript(_ position: Position) -> Unicode.Scalar? {
    index(of: position).map { string.unicodeScalars[$0] }
  }

  /// O(n): it is asked for mistakes only.
  private func index(of wanted: Position) -> String.Index? {
    let scalars = string.unicodeScalars
    var (line, column) = (1, 1)
    var i = scalars.startIndex
    while i < scalars.endIndex {
      if line == wanted.line, column == wanted.column { return i }
      let scalar = scalars[i]
      i = scalars.index(after: i)
      let isHalfBreak = scalar == "\r" && i < scalars.endIndex && scalars[i] == "\n"
      if Self.breaks.contains(scalar), !isHalfBreak {
        (line, column) = (line + 1, 1)
      } else if !isHalfBreak {
        column += 1
      }
    }
    return nil
  }

  private static let breaks: Set<Unicode.Scalar> = [
    "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}",
  ]

  /// The text with another sign in place of some; nil if it holds none of them.
  func masking(_ signs: Set<Unicode.Scalar>, by mask: Unicode.Scalar) -> String? {
    guard string.unicodeScalars.contains(where: signs.contains) else { return nil }
    var masked = String.UnicodeScalarView()
    masked.append(contentsOf: string.unicodeScalars.map { signs.contains($0) ? mask : $0 })
    return String(masked)
  }

  /// Replaces the first letter of a key by one from the private area, which no word has; the letter,
  /// or nil if the key has none that can be replaced.
  mutating func renameKey(at position: Position, number: Int) -> Unicode.Scalar? {
    guard var i = index(of: position) else { return nil }
    let scalars = string.unicodeScalars
    if scalars[i] == "\"" || scalars[i] == "'" { i = scalars.index(after: i) }
    guard i < scalars.endIndex, !"\"'\\[]{}?|>".unicodeScalars.contains(scalars[i]),
      let stranger = Unicode.Scalar(0xE000 + UInt32(number))
    else { return nil }
    let letter = scalars[i]
    string.unicodeScalars.replaceSubrange(i...i, with: [stranger])
    return letter
  }
}
