import Kernels
import Pipeline

/// The rulings on all nodes, and the counts that follow from them.
struct CourtMinutes {
  private let rulings: [Court.Ruling]
  private let isAccused: [Bool]
  private let votesGuilty: [Int]
  private let votesCast: [Int]
  private let posteriors: [Double]

  init(_ dealings: Dealings, votes: [[Bool]], _ model: DawidSkene, _ court: Court) {
    let isAccused = (0..<dealings.nodeCount).map(dealings.isAccused)
    let votesGuilty = isAccused.indices.map { node in votes.count { $0[node] } }
    let votesCast = isAccused.map { $0 ? votes.count : 0 }
    let posteriors = isAccused.indices.map { model.posterior[2 * $0 + 1] }
    rulings = isAccused.indices.map { node in
      court.ruling(
        isAccused: isAccused[node], votesGuilty: votesGuilty[node], votesCast: votesCast[node],
        posterior: posteriors[node])
    }
    self.isAccused = isAccused
    self.votesGuilty = votesGuilty
    self.votesCast = votesCast
    self.posteriors = posteriors
  }

  func write(to artifact: ArtifactWriter) throws {
    typealias A = ArbitrationArtifact
    try artifact.write(A.votesGuilty, votesGuilty.map(Int32.init))
    try artifact.write(A.votesCast, votesCast.map(Int32.init))
    try artifact.write(A.posterior, posteriors)
    try artifact.write(A.verdict, rulings.map(\.verdict.code))
    try artifact.write(A.confidence, rulings.map(\.confidence))
    try artifact.write(A.action, rulings.map(\.action.code))
    try artifact.write(A.needsHuman, rulings.map { $0.needsHuman ? 1 : 0 })
    try artifact.write(A.accusedCount, isAccused.count { $0 })
    try artifact.write(A.convictedCount, rulings.count { $0.verdict == .corrupt })
    try artifact.write(A.humanCount, rulings.count { $0.needsHuman })
    try artifact.write(A.warnedCount, count(.warn))
    try artifact.write(A.demotedCount, count(.demote))
    try artifact.write(A.suspendedCount, count(.suspend))
    try artifact.write(A.expelledCount, count(.expel))
    try artifact.write(A.meanConfidence, meanConfidence)
  }

  private func count(_ action: ArbiterAction) -> Int { rulings.count { $0.action == action } }

  /// Over the accused; 1 without any.
  private var meanConfidence: Double {
    let cases = zip(rulings, isAccused).filter(\.1).map(\.0.confidence)
    return cases.isEmpty ? 1 : cases.reduce(0, +) / Double(cases.count)
  }
}
