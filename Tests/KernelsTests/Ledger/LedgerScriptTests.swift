import Kernels
import Testing

/// Random scripts of everything that a ledger can do, checked against a slow and clear model.
@Suite struct LedgerScriptTests {
  @Test(arguments: [3, 20, 200], 0..<20 as Range<UInt64>)
  func `money is conserved and no coin is ever in two purses`(steps: Int, seed: UInt64) throws {
    var script = try LedgerScript(nodes: 4, seed: seed)
    for _ in 0..<steps {
      try script.step()
      try script.check()
    }
    try script.finish()
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func `long scripts over many nodes conserve money`(seed: UInt64) throws {
    var script = try LedgerScript(nodes: 100, seed: seed)
    for _ in 0..<5_000 { try script.step() }
    try script.check()
    try script.finish()
  }

  @Test func `many coins and moves are recorded and verified`() throws {
    let (coins, nodes) = (50_000, 1000)
    var ledger = try CoinLedger(nodeCount: nodes, mint: Mint(denominations: [1, 5], seed: 3))
    ledger.reserveCapacity(coins: coins, moves: coins)
    for coin in 0..<coins { try ledger.mint(coin % 2 == 0 ? 1 : 5, to: coin % nodes, at: 0) }
    var draw = RandomStream(seed: 3, name: "test.moves").sequence()
    var moves = 0
    for time in 0..<coins {
      let claim = try ledger.holdersClaim(on: draw.index(below: coins))
      let outcome = ledger.move(claim, to: draw.index(below: nodes), at: Int64(time))
      if case .moved = outcome { moves += 1 }
    }
    #expect(ledger.moveCount == coins + moves)
    #expect(ledger.brokenTrails().isEmpty)
    #expect(ledger.conservation() == ledger.recount())
    #expect(ledger.conservation().held == .init(coins: coins, value: 3 * Int64(coins)))
    #expect(ledger.referenceCounts().allSatisfy { $0 == 1 })
  }
}

/// One script: a ledger, a model of it, and at most one coin outside every purse.
private struct LedgerScript: ~Copyable {
  private var ledger: CoinLedger
  private var draw: RandomSequence
  private var outside: Coin?

  /// The model: state, holder and number of moves of each coin.
  private var states: [CoinState] = []
  private var holders: [Int] = []
  private var seqs: [UInt32] = []
  private var reapedOnce: [Int] = []
  private var doubleSpends = 0
  private var oldClaims: [CoinClaim] = []

  init(nodes: Int, seed: UInt64) throws {
    ledger = try CoinLedger(nodeCount: nodes, mint: Mint(denominations: [1, 2, 5, 10], seed: seed))
    draw = RandomStream(seed: seed, name: "test.script").sequence()
  }

  mutating func step() throws {
    switch draw.index(below: 20) {
    case 0..<5: try mint()
    case 5..<10: move()
    case 10..<12: doubleSpend()
    case 12..<14: checkOut()
    case 14: deposit()
    case 15: putBack()
    case 16: drop()
    case 17: retire()
    case 18: reap()
    default: try pay()
    }
  }

  private mutating func mint() throws {
    let node = draw.index(below: ledger.nodeCount)
    let denomination: Int64 = [1, 2, 5, 10][draw.index(below: 4)]
    let coin = try ledger.mint(denomination, to: node, at: 0)
    #expect(coin == states.count)
    states.append(.held)
    holders.append(node)
    seqs.append(0)
  }

  /// A claim that is true, on a random coin that is held.
  private mutating func trueClaim() -> CoinClaim? {
    let held = states.indices.filter { states[$0] == .held }
    guard !held.isEmpty else { return nil }
    let coin = held[draw.index(below: held.count)]
    let claim = CoinClaim(coin: coin, holder: holders[coin], seq: seqs[coin])
    #expect(ledger.claim(on: coin) == claim)
    return claim
  }

  private mutating func move() {
    guard let claim = trueClaim() else { return }
    let node = draw.index(below: ledger.nodeCount)
    let outcome = ledger.move(claim, to: node, at: 1)
    guard node != claim.holder else {
      #expect(outcome == .refused(.sameNode(node)))
      return
    }
    #expect(outcome == .moved(CoinClaim(coin: claim.coin, holder: node, seq: claim.seq + 1)))
    arrive(claim.coin, at: node)
    oldClaims.append(claim)
  }

  private mutating func arrive(_ coin: Int, at node: Int) {
    states[coin] = .held
    holders[coin] = node
    seqs[coin] += 1
  }

  private mutating func doubleSpend() {
    guard !oldClaims.isEmpty else { return }
    let claim = oldClaims[draw.index(below: oldClaims.count)]
    let outcome = ledger.move(claim, to: draw.index(below: ledger.nodeCount), at: 2)
    guard case .refused(let refusal) = outcome else {
      Issue.record("spent twice: \(claim)")
      return
    }
    #expect(refusal.isDoubleSpend)
    doubleSpends += 1
  }

  private mutating func checkOut() {
    guard outside == nil, let claim = trueClaim() else { return }
    switch ledger.checkOut(claim) {
    case .coin(let coin): outside = consume coin
    case .refused(let refusal): Issue.record("\(refusal)")
    }
    states[claim.coin] = .inTransit
    oldClaims.append(claim)
  }

  private mutating func deposit() {
    guard let coin = outside.take() else { return }
    let node = draw.index(below: ledger.nodeCount + 1)
    switch ledger.deposit(coin, to: node, at: 3) {
    case .delivered(let claim): arrive(claim.coin, at: node)
    case .bounced(let back, _): outside = consume back
    }
  }

  private mutating func putBack() {
    guard let coin = outside.take() else { return }
    switch ledger.putBack(coin) {
    case .delivered(let claim):
      states[claim.coin] = .held
      oldClaims.removeAll { $0 == claim }
    case .bounced: Issue.record("a coin of this ledger bounced")
    }
  }

  private mutating func drop() {
    guard let coin = outside.take() else { return }
    let id = coin.id
    _ = consume coin
    for slot in states.indices where ledger.id(of: slot) == id { states[slot] = .retired }
  }

  private mutating func retire() {
    guard let claim = trueClaim() else { return }
    #expect(ledger.retire(claim, at: 4) == nil)
    states[claim.coin] = .retired
    oldClaims.append(claim)
  }

  private mutating func reap() {
    let harvest = ledger.reap()
    #expect(harvest.sorted() == states.indices.filter { states[$0] == .retired })
    for coin in harvest { states[coin] = .reaped }
    reapedOnce += harvest
  }

  private mutating func pay() throws {
    let (buyer, seller) = (0, 1 + draw.index(below: ledger.nodeCount - 1))
    let amount = Int64(draw.index(below: 30))
    let payment = try ledger.pay(amount, from: buyer, to: seller, at: 5)
    #expect(payment.paid + payment.unpaid == amount)
    #expect(payment.paid == payment.coins.reduce(0) { $0 + ledger.denomination(of: $1) })
    for coin in payment.coins {
      oldClaims.append(CoinClaim(coin: coin, holder: buyer, seq: seqs[coin]))
      arrive(coin, at: seller)
    }
  }

  /// Compares the ledger with the model.
  func check() throws {
    let figures = ledger.conservation()
    #expect(figures.difference == Conservation.Amount())
    #expect(figures == ledger.recount())
    for state in CoinState.allCases {
      let coins = states.indices.filter { states[$0] == state }
      let value = coins.reduce(0) { $0 + ledger.denomination(of: $1) }
      #expect(
        amount(of: state, in: figures) == Conservation.Amount(coins: coins.count, value: value))
    }
    #expect(ledger.referenceCounts() == states.map { $0 == .held ? 1 : 0 })
    for node in 0..<ledger.nodeCount {
      let mine = states.indices.filter { states[$0] == .held && holders[$0] == node }
      #expect(ledger.reserve.coins(of: node).sorted() == mine)
      #expect(ledger.reserve.count(of: node) == mine.count)
    }
    let circulating = figures.held.value + figures.inTransit.value
    #expect(ledger.mint.circulation >= circulating)
    #expect(ledger.doubleSpendsRefused == doubleSpends)
  }

  private func amount(of state: CoinState, in figures: Conservation) -> Conservation.Amount {
    switch state {
    case .held: figures.held
    case .inTransit: figures.inTransit
    case .retired: figures.retired
    case .reaped: figures.reaped
    }
  }

  /// Drops what is outside, reaps what is left over, and verifies every trail.
  mutating func finish() throws {
    drop()
    reap()
    try check()
    #expect(ledger.reap().isEmpty)
    #expect(Set(reapedOnce).count == reapedOnce.count)
    #expect(ledger.brokenTrails().isEmpty)
    for coin in states.indices where states[coin] == .held {
      let trail = ledger.trail(of: coin)
      #expect(trail.fault(holder: Int32(holders[coin]), head: ledger.trailHead(of: coin)) == nil)
      #expect(trail.entries.count == Int(seqs[coin]) + 1)
    }
    #expect(ledger.mint.circulation == ledger.conservation().held.value)
  }
}
