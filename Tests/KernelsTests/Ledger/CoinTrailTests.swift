import Testing

@testable import Kernels

@Suite struct CoinTrailTests {
  @Test func `links are SHA-256 of the link before, id, number, giver, taker and time`() {
    let id = CoinID(high: 0x018B_CFE5_6800_7000, low: 0x8000_0001_C7F0_A1B2)
    let first = TrailHash(before: 5).next(TrailEntry(seq: 0, from: -1, to: 3, time: 1000), of: id)
    let second = first.next(TrailEntry(seq: 1, from: 3, to: 4, time: 2500), of: id)
    // From Python's hashlib over the same 80 bytes.
    #expect(
      first.description == "0e6fd8dda287fe2a73105859b08a3fdf03e44dd5351f94beba9ab564b667c876")
    #expect(
      second.description == "9e4c122ba146e061a105048a0a5821efe004bb493ebfe14263f6e49415e17697")
  }

  /// A coin that went 0, 1, 2, 0, and its ledger.
  private static func travelled() throws -> (trail: CoinTrail, head: TrailHash) {
    var ledger = try smallLedger()
    try ledger.mint(1, to: 2, at: 0)
    let coin = try ledger.mint(5, to: 0, at: 10)
    for (node, time) in [(1, 20), (2, 30), (0, 40)] as [(Int, Int64)] {
      let claim = try ledger.holdersClaim(on: coin)
      _ = ledger.move(claim, to: node, at: time)
    }
    #expect(ledger.brokenTrails().isEmpty)
    return (ledger.trail(of: coin), ledger.trailHead(of: coin))
  }

  @Test(arguments: [1, 2, 7])
  func `broken trails are found by any number of threads`(threads: Int) throws {
    var ledger = try CoinLedger(nodeCount: 3, mint: Mint(denominations: [1], seed: 3))
    for _ in 0..<10_000 { try ledger.mint(1, to: 0, at: 0) }
    #expect(ledger.brokenTrails(threads: threads).isEmpty)
    for coin in [0, 4095, 4096, 9999] { ledger.coins[coin].holder = 2 }
    #expect(ledger.brokenTrails(threads: threads) == [0, 4095, 4096, 9999])
  }

  @Test func `a trail leads from the mint to the holder`() throws {
    let (trail, head) = try Self.travelled()
    #expect(trail.holders == [0, 2, 1, 0])
    #expect(trail.entries.map(\.seq) == [0, 1, 2, 3])
    #expect(trail.entries.map(\.from) == [-1, 0, 1, 2])
    #expect(trail.entries.map(\.time) == [10, 20, 30, 40])
    #expect(trail.fault(holder: 0, head: head) == nil)
    #expect(trail.fault(holder: 2, head: head) == .wrongHolder(found: 0))
  }

  @Test(arguments: 0..<4)
  func `any changed entry is found where it was changed`(row: Int) throws {
    let (trail, head) = try Self.travelled()
    let seq = UInt32(row)
    var later = trail
    later.entries[row].time += 1
    #expect(later.fault(holder: 0, head: head) == .wrongHash(seq: seq))
    var giver = trail
    giver.entries[row].from = 7
    #expect(giver.fault(holder: 0, head: head) == .wrongGiver(seq: seq, from: 7))
    var number = trail
    number.entries[row].seq += 1
    #expect(number.fault(holder: 0, head: head) == .missingMove(before: seq + 1))
    var link = trail
    link.hashes[row] = TrailHash(before: 1)
    #expect(link.fault(holder: 0, head: head) == .wrongHash(seq: seq))
    var taker = trail
    taker.entries[row].to = 7
    #expect(taker.fault(holder: 0, head: head) == .wrongHash(seq: seq))
  }

  @Test(arguments: 0..<4)
  func `a left out move is found`(row: Int) throws {
    var (trail, head) = try Self.travelled()
    trail.entries.remove(at: row)
    trail.hashes.remove(at: row)
    #expect(trail.fault(holder: 0, head: head) != nil)
  }

  @Test func `a trail of another coin or value is found`() throws {
    let (trail, head) = try Self.travelled()
    var dearer = trail
    dearer.denomination = 10
    #expect(dearer.fault(holder: 0, head: head) == .wrongHash(seq: 0))
    var other = trail
    other.id = CoinID(high: 1, low: 1)
    #expect(other.fault(holder: 0, head: head) == .wrongHash(seq: 0))
  }

  @Test func `a trail that was forged from end to end fails against the coin's head`() throws {
    let (trail, head) = try Self.travelled()
    var forged = trail
    forged.entries[1].to = 7
    forged.entries[2].from = 7
    var link = TrailHash(before: forged.denomination)
    for row in forged.entries.indices {
      link = link.next(forged.entries[row], of: forged.id)
      forged.hashes[row] = link
    }
    #expect(forged.fault(holder: 0, head: link) == nil)
    #expect(forged.fault(holder: 0, head: head) == .wrongHead)
  }

  @Test func `a trail without entries proves nothing`() {
    let trail = CoinTrail(id: CoinID(high: 0, low: 0), denomination: 1, entries: [], hashes: [])
    #expect(trail.fault(holder: 0, head: TrailHash(before: 1)) == .empty)
  }
}
