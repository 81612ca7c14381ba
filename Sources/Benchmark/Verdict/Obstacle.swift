import Pipeline

/// Why a case of one record has no equal in the other.
public struct Obstacle: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case missing
    /// Other parameters, seed or inputs.
    case otherWork
    /// Outputs whose content differs.
    case otherResult(outputs: [String])
  }

  public let name: String
  public let kind: Kind

  public var sentence: String {
    switch kind {
    case .missing: "\(name): missing in the new record"
    case .otherWork: "\(name): other parameters, seed or inputs, so not the same work"
    case .otherResult(let outputs):
      "\(name): the result differs (\(outputs.joined(separator: ", "))), so not the same work"
    }
  }

  static func between(_ base: BenchRecord, _ new: BenchRecord) -> [Obstacle] {
    base.cases.compactMap { old in
      guard let other = new.find(old.name) else { return Obstacle(name: old.name, kind: .missing) }
      if old.work != other.work { return Obstacle(name: old.name, kind: .otherWork) }
      let names = Set(old.results.keys).union(other.results.keys).sorted()
      let changed = names.filter { old.results[$0] != other.results[$0] }
      return changed.isEmpty ? nil : Obstacle(name: old.name, kind: .otherResult(outputs: changed))
    }
  }
}
