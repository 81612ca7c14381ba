import Kernels
import Testing

/// Coins outside every purse: checked out, delivered, bounced, dropped.
@Suite struct CoinTests {
  @Test func `a coin taken out and delivered has moved once`() throws {
    var ledger = try smallLedger()
    let slot = try ledger.mint(5, to: 0, at: 0)
    let coin = try ledger.takeOut(slot)
    #expect(coin.denomination == 5)
    #expect(coin.holder == 0)
    #expect(coin.id == ledger.id(of: slot))
    #expect(coin.trailHead == ledger.trailHead(of: slot))
    #expect(ledger.state(of: slot) == .inTransit)
    #expect(ledger.referenceCounts() == [0])
    #expect(ledger.conservation().inTransit == Conservation.Amount(coins: 1, value: 5))
    switch ledger.deposit(coin, to: 1, at: 10) {
    case .delivered(let claim): #expect(claim == CoinClaim(coin: slot, holder: 1, seq: 1))
    case .bounced: Issue.record("a coin of this ledger bounced")
    }
    #expect(ledger.reserve.coins(of: 1) == [slot])
    #expect(ledger.trailFault(of: slot) == nil)
    #expect(ledger.reap().isEmpty)
  }

  @Test func `a coin in transit cannot be spent`() throws {
    var ledger = try smallLedger()
    let slot = try ledger.mint(5, to: 0, at: 0)
    let claim = try ledger.holdersClaim(on: slot)
    let coin = try ledger.takeOut(slot)
    #expect(ledger.claim(on: slot) == nil)
    #expect(ledger.move(claim, to: 1, at: 1) == .refused(.notInPurse(.inTransit)))
    switch ledger.checkOut(claim) {
    case .coin: Issue.record("a coin was taken out twice")
    case .refused(let refusal): #expect(refusal == .notInPurse(.inTransit))
    }
    #expect(ledger.retire(claim, at: 1) == .notInPurse(.inTransit))
    #expect(ledger.doubleSpendsRefused == 3)
    let isBack = ledger.takesBack(coin)
    #expect(isBack)
    #expect(ledger.claim(on: slot) == claim)
    #expect(ledger.moveCount == 1)
  }

  @Test func `a refused coin comes back and can be spent after all`() throws {
    var ledger = try smallLedger()
    let slot = try ledger.mint(5, to: 0, at: 0)
    var coin: Coin? = try ledger.takeOut(slot)
    for (node, expected) in [(9, MoveRefusal.unknownNode(9)), (0, .sameNode(0))] {
      guard let sent = coin.take() else { continue }
      switch ledger.deposit(sent, to: node, at: 1) {
      case .delivered: Issue.record("delivered to node \(node)")
      case .bounced(let back, let refusal):
        #expect(refusal == expected)
        coin = consume back
      }
    }
    #expect(ledger.reap().isEmpty)
    let isDelivered = try ledger.accepts(taken(&coin), at: 1)
    #expect(isDelivered)
    #expect(ledger.reserve.coins(of: 1) == [slot])
  }

  @Test func `a ledger refuses the coins of another, equal as they may look`() throws {
    var ledger = try smallLedger()
    var twin = try smallLedger()
    let slot = try ledger.mint(5, to: 0, at: 0)
    #expect(try twin.mint(5, to: 0, at: 0) == slot)
    #expect(ledger.id(of: slot) == twin.id(of: slot))
    let coin = try twin.takeOut(slot)
    switch ledger.deposit(coin, to: 1, at: 1) {
    case .delivered: Issue.record("a foreign coin was accepted")
    case .bounced(let back, let refusal):
      #expect(refusal == .foreignCoin)
      let isHome = twin.takesBack(back)
      #expect(isHome)
    }
  }

  @Test func `the reaper destroys a dropped coin exactly once`() throws {
    var ledger = try smallLedger()
    let slots = try (0..<3).map { _ in try ledger.mint(5, to: 0, at: 0) }
    _ = try ledger.takeOut(slots[1])
    #expect(ledger.conservation().retired == Conservation.Amount(coins: 1, value: 5))
    #expect(ledger.conservation() == ledger.recount())
    #expect(ledger.reap() == [slots[1]])
    #expect(ledger.reap().isEmpty)
    #expect(ledger.state(of: slots[1]) == .reaped)
    #expect(ledger.mint.circulation == 10)
    #expect(ledger.conservation().reaped == Conservation.Amount(coins: 1, value: 5))
    #expect(ledger.conservation().difference == Conservation.Amount())
  }

  @Test func `a retired coin is reaped once and cannot be spent`() throws {
    var ledger = try smallLedger()
    let slot = try ledger.mint(5, to: 0, at: 0)
    let claim = try ledger.holdersClaim(on: slot)
    #expect(ledger.retire(claim, at: 1) == nil)
    #expect(ledger.retire(claim, at: 2) == .notInPurse(.retired))
    #expect(ledger.conservation().retired == Conservation.Amount(coins: 1, value: 5))
    #expect(ledger.reap() == [slot])
    #expect(ledger.reap().isEmpty)
    #expect(ledger.move(claim, to: 1, at: 3) == .refused(.notInPurse(.reaped)))
    #expect(ledger.trail(of: slot).holders == [-1, 0])
    #expect(ledger.trailFault(of: slot) == nil)
  }

  @Test func `coins dropped on many tasks are each reaped once`() async throws {
    var ledger = try smallLedger()
    let slots = try (0..<400).map { _ in try ledger.mint(1, to: 0, at: 0) }
    await withTaskGroup(of: Void.self) { group in
      for slot in slots {
        guard let claim = ledger.claim(on: slot) else { continue }
        let box = CoinBox(ledger.checkOut(claim))
        group.addTask { await box.drop() }
      }
    }
    #expect(ledger.reap() == slots)
    #expect(ledger.reap().isEmpty)
    #expect(ledger.conservation().difference == Conservation.Amount())
  }

  @Test func `a coin may outlive its ledger`() throws {
    var coin: Coin?
    do {
      var ledger = try smallLedger()
      coin = try ledger.takeOut(ledger.mint(5, to: 0, at: 0))
    }
    let survivor = try taken(&coin)
    #expect(survivor.denomination == 5)
  }
}

/// The coin in a place that should have one.
private func taken(_ place: inout Coin?) throws -> Coin {
  guard let coin = place.take() else { throw NotInPurse(coin: 0) }
  return coin
}

/// A coin that another task will drop.
private actor CoinBox {
  private var coin: Coin?

  init(_ outcome: consuming CheckOut) {
    switch consume outcome {
    case .coin(let coin): self.coin = consume coin
    case .refused: coin = nil
    }
  }

  func drop() { _ = coin.take() }
}
