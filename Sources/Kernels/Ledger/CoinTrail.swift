/// The money trail of one coin, as evidence that anybody can check: its moves from the mint on.
///
///     let trail = ledger.trail(of: coin)
///     trail?.fault(holder: seller, head: head)  // nil: intact from the mint to the seller
///
/// The columns are open, because evidence comes from whoever keeps it; the coin's own head link is
/// what a forger would have to match.
public struct CoinTrail: Sendable, Equatable {
  public var id: CoinID
  public var denomination: Int64
  /// The moves, oldest first.
  public var entries: [TrailEntry]
  /// The link of each move.
  public var hashes: [TrailHash]

  public init(id: CoinID, denomination: Int64, entries: [TrailEntry], hashes: [TrailHash]) {
    self.id = id
    self.denomination = denomination
    self.entries = entries
    self.hashes = hashes
  }

  /// Whoever had the coin, the present holder first; the mint, where the coin is back, as -1.
  public var holders: [Int32] { entries.reversed().map(\.to) }

  /// The first fault of the trail, or nil where it proves who holds the coin; one hash a move.
  ///
  /// - Parameters:
  ///   - holder: the node that is said to hold the coin.
  ///   - head: the link that the coin carries.
  /// - Returns: the fault nearest to the mint.
  public func fault(holder: Int32, head: TrailHash) -> TrailFault? {
    guard let last = entries.last, entries.count == hashes.count else { return .empty }
    var previous: (entry: TrailEntry, hash: TrailHash)?
    for (entry, hash) in zip(entries, hashes) {
      let fault = entry.fault(linkedBy: hash, after: previous, of: id, worth: denomination)
      if let fault { return fault }
      previous = (entry, hash)
    }
    guard last.to == holder else { return .wrongHolder(found: last.to) }
    return hashes.last == head ? nil : .wrongHead
  }
}
