/// The money trails of all coins: one row per move, linked backwards from each coin's last.
struct TrailStore: Sendable {
  /// The row of the same coin's move before; -1 at the mint.
  private var previous: [Int32] = []
  private var seqs: [UInt32] = []
  private var givers: [Int32] = []
  private var takers: [Int32] = []
  private var times: [Int64] = []
  private var hashes: [TrailHash] = []

  var count: Int { hashes.count }

  func hash(_ row: Int) -> TrailHash { hashes[row] }

  func entry(_ row: Int) -> TrailEntry {
    TrailEntry(seq: seqs[row], from: givers[row], to: takers[row], time: times[row])
  }

  /// Room for `rows` more moves, so that a run of known length does not grow the columns.
  mutating func reserve(_ rows: Int) {
    previous.reserveCapacity(count + rows)
    seqs.reserveCapacity(count + rows)
    givers.reserveCapacity(count + rows)
    takers.reserveCapacity(count + rows)
    times.reserveCapacity(count + rows)
    hashes.reserveCapacity(count + rows)
  }

  /// Appends a move after row `last`; one SHA-256 of 80 bytes.
  ///
  /// - Returns: the new row.
  mutating func append(
    _ entry: TrailEntry, after last: Int32, of id: CoinID, worth denomination: Int64
  ) -> Int32 {
    let before = last < 0 ? TrailHash(before: denomination) : hashes[Int(last)]
    previous.append(last)
    seqs.append(entry.seq)
    givers.append(entry.from)
    takers.append(entry.to)
    times.append(entry.time)
    hashes.append(before.next(entry, of: id))
    return Int32(count - 1)
  }

  /// The rows of one coin, newest first.
  func rows(from last: Int32) -> [Int] {
    var rows: [Int] = []
    var row = last
    while row >= 0 {
      rows.append(Int(row))
      row = previous[Int(row)]
    }
    return rows
  }

  /// The fault nearest to the mint in the trail that ends at row `last`, or nil; one hash a move.
  func fault(from last: Int32, of id: CoinID, worth denomination: Int64) -> TrailFault? {
    var found: TrailFault?
    var row = last
    while row >= 0 {
      let before = previous[Int(row)]
      let link = before < 0 ? nil : (entry: entry(Int(before)), hash: hashes[Int(before)])
      let fault = entry(Int(row)).fault(
        linkedBy: hashes[Int(row)], after: link, of: id, worth: denomination)
      found = fault ?? found
      row = before
    }
    return found
  }
}
