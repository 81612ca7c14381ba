/// What the ledger knows of each coin, by slot; slots are never reused.
///
/// Moves hit coins at random, so what a move compares and sets lies together in 20 bytes: one cache
/// miss in place of five. Ids, which only the hash reads, are a column of their own.
struct CoinTable: Sendable {
  /// The part of a coin that moves change.
  struct Record: Sendable {
    /// The node in whose purse the coin is, or was last.
    var holder: Int32
    /// The number of the coin's last move.
    var seq: UInt32
    /// The row of the coin's last move in the trail.
    var lastRow: Int32
    /// The place of the denomination in the mint's list.
    let rank: Int32
    var state: CoinState
  }

  private(set) var ids: [CoinID] = []
  private var records: [Record] = []

  var count: Int { ids.count }

  subscript(coin: Int) -> Record {
    get { records[coin] }
    _modify { yield &records[coin] }
  }

  mutating func reserve(_ coins: Int) {
    ids.reserveCapacity(count + coins)
    records.reserveCapacity(count + coins)
  }

  /// Appends a coin that is in no purse and has no trail yet.
  ///
  /// - Returns: its slot.
  mutating func append(_ id: CoinID, rank: Int) -> Int {
    ids.append(id)
    records.append(
      Record(
        holder: TrailEntry.mint, seq: 0, lastRow: -1, rank: Int32(rank), state: .inTransit))
    return count - 1
  }
}
