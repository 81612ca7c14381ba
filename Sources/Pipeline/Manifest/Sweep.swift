/// The cases of an experiment that is run for many values of its parameters.
///
///     sweep:
///       grid: {corrupt_share: [0, 0.1, 0.3], panel: [1, 5]}    # every combination
///       zip: {clients: [100, 1000], nodes: [8, 64]}            # walked together
///       exclude: [{corrupt_share: 0, panel: 5}]
///       include: [{corrupt_share: 0.49, panel: 5}]
///       replicates: 3
public struct Sweep: Sendable {
  /// A parameter that the cases differ in, with every value that it takes, in order.
  public struct Axis: Sendable, Equatable {
    public let name: String
    public internal(set) var values: [Value]
    /// Axes of one group are walked together; a grid's axes have groups of their own.
    let group: Int
  }

  /// One combination of values.
  public struct Case: Sendable, Equatable {
    /// By axis: the place of the case's value among the axis's values.
    public let positions: [Int]
    /// From 1; always 1 where the sweep has no replicates.
    public let replicate: Int
  }

  public let axes: [Axis]
  public let cases: [Case]
  /// 1 where the manifest asks for none.
  public let replicates: Int

  /// More are refused: a typing mistake in a range, rather than an experiment.
  static let casesMax = 1_000_000

  /// The values of a case, by axis.
  public func coordinates(of one: Case) -> [(name: String, value: Value)] {
    zip(axes, one.positions).map { ($0.name, $0.values[$1]) }
  }

  /// `corrupt_share=0.1,panel=5,replicate=2`: the name of a case and of its folder.
  public func name(of one: Case) -> String {
    name(of: one, axes: Set(axes.indices), withReplicate: replicates > 1)
  }

  /// The same for some of the axes only.
  func name(of one: Case, axes chosen: Set<Int>, withReplicate: Bool) -> String {
    var parts = axes.indices.filter(chosen.contains).map { i in
      "\(axes[i].name)=\(Self.word(axes[i].values[one.positions[i]]))"
    }
    if withReplicate { parts.append("replicate=\(one.replicate)") }
    return parts.joined(separator: ",")
  }

  /// A value as part of a folder's name: what a file system or shell might not like is replaced, and
  /// a digest keeps two such values apart.
  static func word(_ value: Value) -> String {
    let text = if case .string(let text) = value { text } else { value.canonicalJSON }
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2B, 0x2D, 0x2E, 0x5F].contains(byte)
    }
    if isPlain, !text.isEmpty, text.utf8.count <= 64 { return text }
    let kept = text.unicodeScalars.prefix(24).map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        ? String(scalar) : "_"
    }
    return kept.joined() + "." + Digest(of: text).hex.prefix(8)
  }
}
