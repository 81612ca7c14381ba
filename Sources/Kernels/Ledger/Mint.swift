/// The central bank: it issues the ids of coins and limits how much money circulates.
///
///     let mint = try Mint(denominations: [1, 2, 5, 10], seed: 7)
///     var ledger = try CoinLedger(nodeCount: 100, mint: mint)
///
/// Ids are UUIDs of version 7 from the run's clock, a counter and the seed: equal runs mint equal
/// coins. A clock that goes back keeps the last time, so ids always rise (RFC 9562, section 6.1).
public struct Mint: Sendable {
  /// The values that coins may have, rising.
  public let denominations: [Int64]
  /// The largest sum of denominations that may circulate.
  public let circulationMax: Int64
  /// The sum of denominations that circulates: minted and not withdrawn.
  public private(set) var circulation: Int64 = 0
  /// The sum of denominations ever minted.
  public private(set) var minted: Int64 = 0

  private let stream: RandomStream
  private var serial: UInt64 = 0
  private var lastMillisecond: UInt64 = 0

  /// - Throws: ``LedgerError`` for an empty list, and for values that are not above 0 or come twice.
  public init(
    denominations: [Int64], circulationMax: Int64 = .max, seed: UInt64
  ) throws(LedgerError) {
    guard !denominations.isEmpty else { throw .noDenominations }
    let rising = denominations.sorted()
    for (i, value) in rising.enumerated() where value <= 0 || i > 0 && value == rising[i - 1] {
      throw .invalidDenomination(value)
    }
    self.denominations = rising
    self.circulationMax = circulationMax
    stream = RandomStream(seed: seed, name: "ledger.mint")
  }

  /// The place of a denomination in ``denominations``.
  func rank(of denomination: Int64) throws(LedgerError) -> Int {
    guard let rank = denominations.firstIndex(of: denomination) else {
      throw .unknownDenomination(denomination)
    }
    return rank
  }

  /// The id of a new coin; its value circulates from now on.
  ///
  /// - Parameters:
  ///   - denomination: the coin's value.
  ///   - time: nanoseconds of the run's clock.
  /// - Returns: an id that no other coin of this mint has.
  /// - Throws: ``LedgerError/circulationLimit(_:)`` or ``LedgerError/mintedOverflow``.
  mutating func issue(_ denomination: Int64, at time: Int64) throws(LedgerError) -> CoinID {
    guard denomination <= circulationMax - circulation else {
      throw .circulationLimit(circulationMax)
    }
    let (sum, overflow) = minted.addingReportingOverflow(denomination)
    guard !overflow else { throw .mintedOverflow }
    minted = sum
    circulation += denomination
    serial += 1
    lastMillisecond = max(lastMillisecond, UInt64(max(0, time)) / 1_000_000)
    let random = stream.block(serial).x0
    return CoinID(milliseconds: lastMillisecond, counter: serial, random: random)
  }

  /// Takes the value of a coin out of circulation.
  mutating func withdraw(_ denomination: Int64) {
    circulation -= denomination
    assert(circulation >= 0, "more money withdrawn than minted")
  }
}
