/// One move in a coin's money trail.
public struct TrailEntry: Sendable, Equatable {
  /// The number of the move: 0 where the coin is minted, then one more each time.
  public var seq: UInt32
  /// The node that gave the coin; ``mint`` for the first entry.
  public var from: Int32
  /// The node that took it; ``mint`` for a coin that is retired.
  public var to: Int32
  /// When, in nanoseconds of the run's clock.
  public var time: Int64

  /// The number that stands for the mint among the nodes.
  public static let mint: Int32 = -1

  public init(seq: UInt32, from: Int32, to: Int32, time: Int64) {
    self.seq = seq
    self.from = from
    self.to = to
    self.time = time
  }

  /// What is wrong with this entry as the follower of `previous`, or nil.
  ///
  /// - Parameters:
  ///   - hash: the link that the trail holds for this entry.
  ///   - previous: the entry before it with its link; nil where this is the first.
  ///   - id: the coin's id.
  ///   - denomination: the coin's value.
  /// - Returns: the first fault in the order number, giver, link.
  func fault(
    linkedBy hash: TrailHash, after previous: (entry: TrailEntry, hash: TrailHash)?,
    of id: CoinID, worth denomination: Int64
  ) -> TrailFault? {
    guard seq == previous.map({ $0.entry.seq + 1 }) ?? 0 else { return .missingMove(before: seq) }
    guard from == previous?.entry.to ?? Self.mint else { return .wrongGiver(seq: seq, from: from) }
    let before = previous?.hash ?? TrailHash(before: denomination)
    return before.next(self, of: id) == hash ? nil : .wrongHash(seq: seq)
  }
}
