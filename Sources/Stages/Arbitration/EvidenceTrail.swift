import Kernels

/// What of the files reaches whom (requirement N12: lost messages, missing trails).
///
/// Every observer loses each report, and independently each record, with the same probability. A
/// complaint stands only with both; whatever is missing counts for the accused, as a dealing that
/// nobody complained of. So a share `loss` of lost papers leaves (1 - loss)^2 of the complaints.
struct EvidenceTrail {
  private let loss: Double
  private let stream: RandomStream

  /// The clerk, who keeps the file of clients' complaints for the model.
  static let clerk = 0

  /// The number under which a member of the panel observes.
  static func observer(arbiter: Int) -> Int { arbiter + 1 }

  init(loss: Double, seed: UInt64) {
    self.loss = loss
    stream = RandomStream(seed: seed, name: "arbitration.loss")
  }

  /// Whether a complaint about `message` stands before the observer.
  func reaches(_ observer: Int, _ message: Int) -> Bool {
    let block = stream.block(message, purpose: UInt64(observer))
    return block.unit0 >= loss && block.unit1 >= loss
  }
}
