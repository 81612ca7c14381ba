import Kernels
import Testing

@Suite struct MintTests {
  @Test func `denominations are sorted, above 0 and different`() throws {
    #expect(try Mint(denominations: [5, 1, 2], seed: 1).denominations == [1, 2, 5])
    #expect(throws: LedgerError.noDenominations) { try Mint(denominations: [], seed: 1) }
    #expect(throws: LedgerError.invalidDenomination(0)) {
      try Mint(denominations: [1, 0], seed: 1)
    }
    #expect(throws: LedgerError.invalidDenomination(2)) {
      try Mint(denominations: [2, 2], seed: 1)
    }
  }

  @Test func `ids are version 7 of variant 2, carry the time and always rise`() throws {
    var ledger = try CoinLedger(nodeCount: 1, mint: Mint(denominations: [1], seed: 1))
    let millisecond: Int64 = 1_000_000
    for time in [1_700_000_000_000, 1_700_000_000_000, 1_699_999_999_999, 1_700_000_000_001] {
      try ledger.mint(1, to: 0, at: Int64(time) * millisecond)
    }
    let ids = (0..<4).map { ledger.id(of: $0) }
    #expect(ids.sorted() == ids)
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 != $1 })
    #expect(ids.allSatisfy { $0.high >> 12 & 0xF == 7 && $0.low >> 62 == 0b10 })
    let times = ids.map { $0.high >> 16 }
    #expect(times == [1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_001])
  }

  @Test func `equal seeds mint equal coins, others do not`() throws {
    func ids(_ seed: UInt64) throws -> [CoinID] {
      var ledger = try CoinLedger(nodeCount: 1, mint: Mint(denominations: [1], seed: seed))
      for _ in 0..<50 { try ledger.mint(1, to: 0, at: 0) }
      return (0..<50).map { ledger.id(of: $0) }
    }
    #expect(try ids(1) == ids(1))
    #expect(try ids(1) != ids(2))
  }

  @Test func `no more than the limit circulates`() throws {
    let mint = try Mint(denominations: [1, 5], circulationMax: 7, seed: 1)
    var ledger = try CoinLedger(nodeCount: 2, mint: mint)
    let coin = try ledger.mint(5, to: 0, at: 0)
    try ledger.mint(1, to: 0, at: 0)
    #expect(throws: LedgerError.circulationLimit(7)) { try ledger.mint(5, to: 0, at: 0) }
    #expect(ledger.mint.circulation == 6)
    let claim = try ledger.holdersClaim(on: coin)
    #expect(ledger.retire(claim, at: 1) == nil)
    #expect(ledger.mint.circulation == 1)
    try ledger.mint(5, to: 0, at: 2)
    #expect(ledger.mint.minted == 11)
  }

  @Test func `the sum of all money stays within 64 bits`() throws {
    var ledger = try CoinLedger(nodeCount: 1, mint: Mint(denominations: [.max], seed: 1))
    let coin = try ledger.mint(.max, to: 0, at: 0)
    let claim = try ledger.holdersClaim(on: coin)
    #expect(ledger.retire(claim, at: 0) == nil)
    #expect(throws: LedgerError.mintedOverflow) { try ledger.mint(.max, to: 0, at: 0) }
    #expect(ledger.coinCount == 1)
  }

  @Test func `a refused coin leaves no trace`() throws {
    var ledger = try CoinLedger(nodeCount: 1, mint: Mint(denominations: [1], seed: 1))
    #expect(throws: LedgerError.unknownNode(1)) { try ledger.mint(1, to: 1, at: 0) }
    #expect(throws: LedgerError.unknownNode(-1)) { try ledger.mint(1, to: -1, at: 0) }
    #expect(throws: LedgerError.unknownDenomination(2)) { try ledger.mint(2, to: 0, at: 0) }
    #expect(ledger.conservation() == Conservation())
    #expect(ledger.moveCount == 0)
  }
}
