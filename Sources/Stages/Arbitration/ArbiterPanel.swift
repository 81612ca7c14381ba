import Kernels

/// Arbiters who look at the accused nodes, each by himself (requirements N12, N18, N22).
///
/// An arbiter draws a sample of the node's dealings without replacement, counts the complaints that
/// stand before him, votes guilty if they are an excess over the cloud's share (`ExcessTest`), and
/// errs: with probability `error` he votes the opposite. The cloud's share is public and counts
/// every complaint that was filed, so lost evidence never helps an accuser. O(accused x sample).
struct ArbiterPanel {
  private let dealings: Dealings
  private let trail: EvidenceTrail
  private let test: ExcessTest
  private let sample: Int
  private let error: Double
  private let samples: RandomStream
  private let errors: RandomStream

  init(
    _ parameters: Arbitration.Parameters, dealings: Dealings, trail: EvidenceTrail, seed: UInt64
  ) {
    self.dealings = dealings
    self.trail = trail
    sample = min(parameters.sample, dealings.count)
    error = parameters.arbiterError
    test = ExcessTest(
      base: dealings.baseShare, confidence: parameters.voteConfidence, dealingsMax: sample)
    samples = RandomStream(seed: seed, name: "arbitration.sample")
    errors = RandomStream(seed: seed, name: "arbitration.error")
  }

  /// Whether the arbiter votes guilty, for each node; never for one that nobody accuses.
  func votes(of arbiter: Int) -> [Bool] {
    let draws = samples.substream(UInt64(arbiter))
    return (0..<dealings.nodeCount).map { node in
      guard dealings.isAccused(node) else { return false }
      let errs = errors.block(node, purpose: UInt64(arbiter)).unit0 < error
      return finds(arbiter, node, draws.substream(UInt64(node))) != errs
    }
  }

  /// What the evidence says to the arbiter.
  private func finds(_ arbiter: Int, _ node: Int, _ stream: RandomStream) -> Bool {
    let messages = dealings.messages(of: node)
    let observer = EvidenceTrail.observer(arbiter: arbiter)
    let looks = min(sample, messages.count)
    let order = Permutation(count: messages.count, stream: stream)
    let standing = (0..<looks).count { i in
      let place = looks == messages.count ? i : order.image(of: i)
      let message = messages[messages.startIndex + place]
      return dealings.isComplained[message] && trail.reaches(observer, message)
    }
    return test.isExcess(complaints: standing, dealings: looks)
  }
}
