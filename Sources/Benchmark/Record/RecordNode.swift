import Pipeline

/// A place in a record that is being read; its errors name the file and the place.
struct RecordNode {
  let value: Value
  let file: String
  let path: String

  init(_ value: Value, file: String, path: String = "") {
    self.value = value
    self.file = file
    self.path = path
  }

  /// Refuses files of another kind, and those of a later format with a word of their own.
  func check(kind: String, format: Int64) throws(DataError) {
    guard value["kind"] == .string(kind) else {
      throw DataError(file, expected: "a file of kind '\(kind)'", found: "another kind of file")
    }
    guard case .int(let found)? = value["format"], found > 0 else {
      throw error("format", expected: "a format number")
    }
    guard found <= format else {
      throw DataError(
        file, at: "'format'", expected: "format \(format), which this program reads",
        found: "format \(found), written by a newer kcpipe; update kcpipe or measure again")
    }
  }

  func member(_ name: String) throws(DataError) -> RecordNode {
    guard case .object? = value[name] else { throw error(name, expected: "a mapping") }
    return RecordNode(value[name] ?? .null, file: file, path: place(name))
  }

  func text(_ name: String) throws(DataError) -> String {
    guard let text = value[name]?.text else { throw error(name, expected: "a text") }
    return text
  }

  /// Infinities and what is no number are written as texts, since JSON has none.
  func number(_ name: String) throws(DataError) -> Double {
    guard let number = value[name].flatMap(Self.number) else {
      throw error(name, expected: "a number")
    }
    return number
  }

  func numbers(_ name: String) throws(DataError) -> [Double] {
    guard case .list(let items)? = value[name] else { throw error(name, expected: "a list") }
    let numbers = items.compactMap(\.number)
    guard numbers.count == items.count else { throw error(name, expected: "a list of numbers") }
    return numbers
  }

  func texts(_ name: String) throws(DataError) -> [String: String] {
    let members = try member(name).value.members
    let texts = members.compactMapValues(\.text)
    guard texts.count == members.count else { throw error(name, expected: "a mapping of texts") }
    return texts
  }

  func digest(_ name: String) throws(DataError) -> Digest {
    guard let digest = Digest(hex: try text(name)) else { throw error(name, expected: "a SHA-256") }
    return digest
  }

  func digests(_ name: String) throws(DataError) -> [String: Digest] {
    let texts = try texts(name)
    let digests = texts.compactMapValues { Digest(hex: $0) }
    guard digests.count == texts.count else {
      throw error(name, expected: "a mapping to SHA-256 digests")
    }
    return digests
  }

  func items<T>(
    _ name: String, _ read: (RecordNode) throws(DataError) -> T
  ) throws(DataError) -> [T] {
    guard case .list(let items)? = value[name] else { throw error(name, expected: "a list") }
    var result: [T] = []
    for (i, item) in items.enumerated() {
      result.append(try read(RecordNode(item, file: file, path: "\(place(name))[\(i)]")))
    }
    return result
  }

  func error(_ name: String, expected: String) -> DataError {
    DataError(
      file, at: "'\(place(name))'", expected: expected, found: value[name]?.kind ?? "nothing")
  }

  private func place(_ name: String) -> String { path.isEmpty ? name : path + "." + name }

  private static func number(_ value: Value) -> Double? {
    if let number = value.number { return number }
    return ["inf": Double.infinity, "-inf": -.infinity, "nan": .nan][value.text ?? ""]
  }
}
