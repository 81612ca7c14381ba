/// How two datasets of one name differ.
public struct DatasetComparison: Sendable, Equatable {
  public let name: String
  /// Nil where shapes or types differ, or one is missing; `note` says which.
  public let largestAbsolute: Double?
  public let largestRelative: Double?
  /// The first place that differs, one index per dimension.
  public let firstIndex: [Int]
  public let first: (old: String, new: String)
  public let note: String

  public static func == (a: DatasetComparison, b: DatasetComparison) -> Bool {
    a.name == b.name && a.firstIndex == b.firstIndex && a.first == b.first && a.note == b.note
      && a.largestAbsolute == b.largestAbsolute && a.largestRelative == b.largestRelative
  }

  public var description: String {
    if !note.isEmpty { return "\(name): \(note)" }
    let place = firstIndex.map(String.init).joined(separator: ", ")
    let size = largestAbsolute.map {
      "; largest difference \(Format.number($0)), relative \(Format.number(largestRelative ?? 0))"
    }
    return "\(name)[\(place)]: \(first.old) -> \(first.new)" + (size ?? "")
  }

  init(_ name: String, note: String) {
    self.name = name
    self.note = note
    largestAbsolute = nil
    largestRelative = nil
    firstIndex = []
    first = ("", "")
  }

  private init(
    _ name: String, largest: (absolute: Double, relative: Double)?, index: [Int],
    first: (String, String)
  ) {
    self.name = name
    note = ""
    largestAbsolute = largest?.absolute
    largestRelative = largest?.relative
    firstIndex = index
    self.first = first
  }

  /// Compares the datasets of two artifacts that are not equal by digest.
  public static func compare(
    _ old: [DatasetDigest], in a: ArtifactReader, _ new: [DatasetDigest], in b: ArtifactReader
  ) throws(DataError) -> [DatasetComparison] {
    var result: [DatasetComparison] = []
    for left in old {
      guard let right = new.first(where: { $0.name == left.name }) else {
        result.append(DatasetComparison(left.name, note: "only in the first"))
        continue
      }
      if left == right { continue }
      guard left.shape == right.shape, left.type == right.type else {
        let (l, r) = (Self.outline(left), Self.outline(right))
        result.append(DatasetComparison(left.name, note: "\(l) -> \(r)"))
        continue
      }
      if let one = try compare(left, a, b) { result.append(one) }
    }
    for right in new where !old.contains(where: { $0.name == right.name }) {
      result.append(DatasetComparison(right.name, note: "only in the second"))
    }
    return result
  }

  private static func outline(_ set: DatasetDigest) -> String {
    "\(set.type.rawValue)(\(set.shape.map(String.init).joined(separator: ", ")))"
  }

  private static func compare(
    _ set: DatasetDigest, _ a: ArtifactReader, _ b: ArtifactReader
  ) throws(DataError) -> DatasetComparison? {
    switch set.type {
    case .float64: try numbers(set, a, b, as: Double.self) { $0 }
    case .int64: try numbers(set, a, b, as: Int64.self) { Double($0) }
    case .int32: try numbers(set, a, b, as: Int32.self) { Double($0) }
    case .int8: try numbers(set, a, b, as: Int8.self) { Double($0) }
    case .uint64: try numbers(set, a, b, as: UInt64.self) { Double($0) }
    case .text: try texts(set, a, b)
    }
  }

  private static func numbers<Element: ColumnElement & BitwiseCopyable>(
    _ set: DatasetDigest, _ a: ArtifactReader, _ b: ArtifactReader, as type: Element.Type,
    _ number: (Element) -> Double
  ) throws(DataError) -> DatasetComparison? {
    let left = try a.read(set.name, as: type)
    let right = try b.read(set.name, as: type)
    var first: Int?
    var largest = (absolute: 0.0, relative: 0.0)
    for i in left.indices where left[i] != right[i] {
      let (x, y) = (number(left[i]), number(right[i]))
      if x.isNaN && y.isNaN { continue }
      if first == nil { first = i }
      let gap = abs(x - y)
      largest.absolute = max(largest.absolute, gap.isNaN ? .infinity : gap)
      let scale = max(abs(x), abs(y))
      largest.relative = max(largest.relative, scale > 0 && gap.isFinite ? gap / scale : .infinity)
    }
    guard let first else { return nil }
    return DatasetComparison(
      set.name, largest: largest, index: index(first, set.shape),
      first: ("\(left[first])", "\(right[first])"))
  }

  private static func texts(
    _ set: DatasetDigest, _ a: ArtifactReader, _ b: ArtifactReader
  ) throws(DataError) -> DatasetComparison? {
    let left = try a.read(set.name, as: String.self)
    let right = try b.read(set.name, as: String.self)
    guard let first = left.indices.first(where: { left[$0] != right[$0] }) else { return nil }
    return DatasetComparison(
      set.name, largest: nil, index: index(first, set.shape),
      first: ("'\(left[first])'", "'\(right[first])'"))
  }

  private static func index(_ flat: Int, _ shape: [Int]) -> [Int] {
    var rest = flat
    return shape.reversed().map { extent in
      defer { rest /= max(1, extent) }
      return rest % max(1, extent)
    }.reversed()
  }
}
