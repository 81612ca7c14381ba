/// A coin outside every purse: a message whose id is money.
///
///     switch ledger.checkOut(claim) {
///     case .coin(let coin): ledger.deposit(coin, to: seller, at: now)
///     case .refused(let refusal): …
///     }
///
/// A coin cannot be copied: `m2 = m1` moves it, and the compiler rejects a use of `m1` after that.
/// It is the one reference to its money while it is outside; in a purse the ledger holds it. A coin
/// that is dropped anywhere has no reference left: it is reported to its ledger's reaper, which
/// destroys it once.
public struct Coin: ~Copyable, Sendable {
  public let id: CoinID
  public let denomination: Int64
  /// How many times the coin has changed hands; the next move has this number plus 1.
  public let moves: UInt32
  /// The last link of the coin's money trail.
  public let trailHead: TrailHash
  /// The node from whose purse the coin was taken.
  public let holder: Int

  let slot: Int
  private let reaper: DroppedCoins
  private var isLive = true

  init(
    id: CoinID, denomination: Int64, moves: UInt32, trailHead: TrailHash, holder: Int, slot: Int,
    reaper: DroppedCoins
  ) {
    self.id = id
    self.denomination = denomination
    self.moves = moves
    self.trailHead = trailHead
    self.holder = holder
    self.slot = slot
    self.reaper = reaper
  }

  deinit {
    if isLive { reaper.report(slot) }
  }

  /// Whether this coin came from the ledger that `reaper` belongs to.
  borrowing func isKnown(to reaper: DroppedCoins) -> Bool { self.reaper === reaper }

  /// Ends this reference without a report: the money is in a purse again.
  consuming func enterPurse() { isLive = false }
}
