import Kernels
import Testing

@Suite struct CoinLedgerTests {
  @Test func `a ledger has at least one node`() throws {
    for count in [0, -1, Int(Int32.max) + 1] {
      #expect(throws: LedgerError.invalidNodeCount(count)) {
        let mint = try Mint(denominations: [1], seed: 1)
        _ = try CoinLedger(nodeCount: count, mint: mint)
      }
    }
  }

  @Test func `a move takes the coin from the buyer and gives it to the seller`() throws {
    var ledger = try smallLedger()
    let coin = try ledger.mint(5, to: 0, at: 100)
    let claim = try ledger.holdersClaim(on: coin)
    #expect(claim == CoinClaim(coin: coin, holder: 0, seq: 0))
    #expect(ledger.move(claim, to: 1, at: 200) == .moved(.init(coin: coin, holder: 1, seq: 1)))
    #expect(ledger.reserve.coins(of: 0) == [])
    #expect(ledger.reserve.coins(of: 1) == [coin])
    #expect(ledger.reserve.value(of: 1) == 5)
    #expect(ledger.claim(on: coin) == CoinClaim(coin: coin, holder: 1, seq: 1))
    #expect(ledger.referenceCounts() == [1])
  }

  @Test func `a coin cannot be spent twice`() throws {
    var ledger = try smallLedger()
    let coin = try ledger.mint(5, to: 0, at: 0)
    let claim = try ledger.holdersClaim(on: coin)
    _ = ledger.move(claim, to: 1, at: 1)
    #expect(ledger.move(claim, to: 2, at: 2) == .refused(.spent(holder: 1, seq: 1)))
    #expect(ledger.doubleSpendsRefused == 1)
    #expect(ledger.reserve.value(of: 1) == 5)
    #expect(ledger.reserve.value(of: 2) == 0)
    #expect(ledger.moveCount == 2)
  }

  @Test func `an old claim stays refused after the coin has come back`() throws {
    var ledger = try smallLedger()
    let coin = try ledger.mint(5, to: 0, at: 0)
    let old = try ledger.holdersClaim(on: coin)
    _ = ledger.move(old, to: 1, at: 1)
    _ = ledger.move(CoinClaim(coin: coin, holder: 1, seq: 1), to: 0, at: 2)
    #expect(ledger.move(old, to: 2, at: 3) == .refused(.spent(holder: 0, seq: 2)))
    #expect(ledger.reserve.coins(of: 0) == [coin])
  }

  @Test func `a claim that nobody could make is refused`() throws {
    var ledger = try smallLedger()
    let coin = try ledger.mint(5, to: 0, at: 0)
    let thief = CoinClaim(coin: coin, holder: 2, seq: 0)
    #expect(ledger.move(thief, to: 1, at: 1) == .refused(.spent(holder: 0, seq: 0)))
    let unknown = CoinClaim(coin: 9, holder: 0, seq: 0)
    #expect(ledger.move(unknown, to: 1, at: 1) == .refused(.unknownCoin(9)))
    let mine = CoinClaim(coin: coin, holder: 0, seq: 0)
    #expect(ledger.move(mine, to: 3, at: 1) == .refused(.unknownNode(3)))
    #expect(ledger.move(mine, to: 0, at: 1) == .refused(.sameNode(0)))
    #expect(ledger.doubleSpendsRefused == 1)
    #expect(ledger.claim(on: coin) == mine)
    #expect(ledger.claim(on: 9) == nil)
  }

  @Test func `a payment takes the largest coins first and says what it could not pay`() throws {
    var ledger = try smallLedger()
    let coins = try [1, 2, 2, 5, 10].map { try ledger.mint($0, to: 0, at: 0) }
    let exact = try ledger.pay(9, from: 0, to: 1, at: 1)
    #expect(exact == Payment(coins: [coins[3], coins[2], coins[1]], paid: 9, unpaid: 0))
    let partly = try ledger.pay(8, from: 0, to: 1, at: 2)
    #expect(partly == Payment(coins: [coins[0]], paid: 1, unpaid: 7))
    #expect(ledger.reserve.value(of: 0) == 10)
    #expect(ledger.reserve.value(of: 1) == 10)
    #expect(ledger.reserve.coins(of: 1) == [coins[0], coins[1], coins[2], coins[3]])
  }

  @Test func `greedy payment gives no change`() throws {
    var ledger = try smallLedger()
    for denomination: Int64 in [5, 2, 2, 2] { try ledger.mint(denomination, to: 0, at: 0) }
    let payment = try ledger.pay(6, from: 0, to: 1, at: 1)
    #expect(payment.paid == 5)
    #expect(payment.unpaid == 1)
  }

  @Test func `a payment that makes no sense changes nothing`() throws {
    var ledger = try smallLedger()
    try ledger.mint(5, to: 0, at: 0)
    #expect(throws: LedgerError.unknownNode(7)) { try ledger.pay(5, from: 0, to: 7, at: 1) }
    #expect(throws: LedgerError.unknownNode(-1)) { try ledger.pay(5, from: -1, to: 0, at: 1) }
    #expect(throws: LedgerError.sameNode(0)) { try ledger.pay(5, from: 0, to: 0, at: 1) }
    #expect(throws: LedgerError.invalidAmount(-1)) { try ledger.pay(-1, from: 0, to: 1, at: 1) }
    #expect(try ledger.pay(0, from: 0, to: 1, at: 1) == Payment())
    #expect(ledger.reserve.value(of: 0) == 5)
  }
}
