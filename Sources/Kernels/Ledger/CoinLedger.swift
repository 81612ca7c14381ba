/// The register of all coins of a cloud: who holds which, how it got there, and where all the
/// money is.
///
///     var ledger = try CoinLedger(nodeCount: 2, mint: Mint(denominations: [1, 5], seed: 7))
///     let coin = try ledger.mint(5, to: 0, at: 0)
///     if let claim = ledger.claim(on: coin) { _ = ledger.move(claim, to: 1, at: 10) }
///     ledger.reserve.value(of: 1)  // 5
///
/// A coin at rest is in the purse of one node; a ``Coin`` is one that was taken out. Every change is
/// a compare-and-set on (coin, holder, number of moves): a claim that is not true any more is
/// refused and counted as a double spend, and then nothing has changed. Every move adds a link to
/// the coin's money trail.
///
/// Moves are a structure of arrays, coins nearly so: 44 bytes a coin with its place in a purse, 56
/// bytes a move. A move is O(1): one SHA-256 of two blocks and a few cache misses.
public struct CoinLedger: ~Copyable, Sendable {
  /// The central bank of this ledger.
  public internal(set) var mint: Mint
  /// The purses of all nodes.
  public internal(set) var reserve: CashReserve
  /// Claims refused because they were not true, or not any more.
  public internal(set) var doubleSpendsRefused = 0

  var coins = CoinTable()
  var trails = TrailStore()
  var figures = Conservation()
  /// Retired coins in the order in which they lost their reference.
  var retired: [Int] = []
  let dropped = DroppedCoins()

  /// An empty ledger.
  ///
  /// - Throws: ``LedgerError/invalidNodeCount(_:)`` below 1 node or beyond 2^31 - 1.
  public init(nodeCount: Int, mint: Mint) throws(LedgerError) {
    guard nodeCount > 0, nodeCount <= Int32.max else { throw .invalidNodeCount(nodeCount) }
    self.mint = mint
    reserve = CashReserve(nodeCount: nodeCount, rankCount: mint.denominations.count)
  }

  public var nodeCount: Int { reserve.nodeCount }

  /// Coins ever minted; their slots are 0 ..< coinCount.
  public var coinCount: Int { coins.count }

  /// Moves ever recorded, the minting of each coin included.
  public var moveCount: Int { trails.count }

  /// Makes room ahead for a run of known size.
  public mutating func reserveCapacity(coins count: Int, moves: Int) {
    coins.reserve(count)
    reserve.reserve(count)
    trails.reserve(count + moves)
  }

  public func id(of coin: Int) -> CoinID { coins.ids[coin] }

  public func state(of coin: Int) -> CoinState { coins[coin].state }

  public func denomination(of coin: Int) -> Int64 { mint.denominations[Int(coins[coin].rank)] }

  /// How often a coin has changed hands, be it in a purse or not.
  public func moves(of coin: Int) -> UInt32 { coins[coin].seq }

  /// What the holder of a coin may present to spend it; nil where it is in no purse.
  public func claim(on coin: Int) -> CoinClaim? {
    guard isCoin(coin), coins[coin].state == .held else { return nil }
    return CoinClaim(coin: coin, holder: Int(coins[coin].holder), seq: coins[coin].seq)
  }

  /// Mints a coin into the purse of `node`.
  ///
  /// - Parameters:
  ///   - denomination: one of the mint's denominations.
  ///   - node: the first holder.
  ///   - time: nanoseconds of the run's clock.
  /// - Returns: the coin's slot.
  /// - Throws: ``LedgerError`` for an unknown node or denomination, or beyond the mint's limit.
  @discardableResult
  public mutating func mint(
    _ denomination: Int64, to node: Int, at time: Int64
  ) throws(LedgerError) -> Int {
    guard isNode(node) else { throw .unknownNode(node) }
    let rank = try mint.rank(of: denomination)
    let id = try mint.issue(denomination, at: time)
    let coin = coins.append(id, rank: rank)
    reserve.addSlot()
    let amount = Conservation.Amount(coins: 1, value: denomination)
    figures.minted = figures.minted + amount
    figures.inTransit = figures.inTransit + amount
    record(0, of: coin, from: TrailEntry.mint, to: Int32(node), at: time)
    putIntoPurse(coin, of: node)
    return coin
  }

  func isCoin(_ coin: Int) -> Bool { coin >= 0 && coin < coinCount }

  func isNode(_ node: Int) -> Bool { node >= 0 && node < nodeCount }
}
