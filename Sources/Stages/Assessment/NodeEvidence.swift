import Pipeline

/// What `arbitration` says of each node, beside what the node is.
struct NodeEvidence {
  let behaviour: [Int8]
  let isConvicted: [Bool]
  let isAccused: [Bool]
  let needsHuman: [Bool]
  private let posterior: [Double]
  private let votes: [Double]
  private let complaintShare: [Double]
  private let quality: [Double]

  init(verdicts: ArtifactReader, truth: ArtifactReader) throws {
    typealias A = ArbitrationArtifact
    behaviour = try truth.read(PopulationTruth.behaviour)
    isConvicted = try verdicts.read(A.verdict).map { $0 == Verdict.corrupt.code }
    isAccused = try verdicts.read(A.complaints).map { $0 > 0 }
    needsHuman = try verdicts.read(A.needsHuman).map { $0 == 1 }
    posterior = try verdicts.read(A.posterior)
    votes = try zip(verdicts.read(A.votesGuilty), verdicts.read(A.votesCast)).map { guilty, cast in
      cast == 0 ? 0 : Double(guilty) / Double(cast)
    }
    complaintShare = try verdicts.read(A.complaintShare)
    quality = try verdicts.read(A.quality)
    guard behaviour.count == isConvicted.count else {
      throw DataError(
        A.verdict.name, expected: "verdicts on the \(behaviour.count) nodes of the truth",
        found: "\(isConvicted.count)")
    }
  }

  var count: Int { behaviour.count }

  var isCorrupt: [Bool] { behaviour.map { $0 != NodeBehaviour.honest.code } }

  /// A higher score is a stronger suspicion.
  func scores(_ suspicion: Suspicion) -> [Double] {
    switch suspicion {
    case .posterior: posterior
    case .votes: votes
    case .complaints: complaintShare
    case .quality: quality.map { 1 - $0 }
    }
  }
}
