/// The purses of all nodes: which coins each node keeps, by denomination.
///
/// A coin is in at most one purse. Purses are linked lists over the ledger's coin slots, last in,
/// first out, so putting and taking are O(1) and allocate nothing. A purse costs 4 bytes per
/// denomination and 12 more, a coin 8 bytes. It is not copyable, as what it holds is not.
public struct CashReserve: ~Copyable, Sendable {
  /// The coins before and after one in its list; -1 at the ends.
  private struct Link {
    var previous: Int32 = -1
    var next: Int32 = -1
  }

  private let rankCount: Int
  /// The coin on top, by node and denomination; -1 where there is none.
  private var first: [Int32]
  /// The neighbours of each coin in its list.
  private var links: [Link] = []
  private var counts: [Int32]
  private var values: [Int64]

  init(nodeCount: Int, rankCount: Int) {
    self.rankCount = rankCount
    first = Array(repeating: -1, count: nodeCount * rankCount)
    counts = Array(repeating: 0, count: nodeCount)
    values = Array(repeating: 0, count: nodeCount)
  }

  public var nodeCount: Int { counts.count }

  /// How many coins a node keeps.
  public func count(of node: Int) -> Int { Int(counts[node]) }

  /// The sum of the denominations that a node keeps.
  public func value(of node: Int) -> Int64 { values[node] }

  /// The coins that a node keeps, by rising denomination, the last one in first.
  public func coins(of node: Int) -> [Int] {
    var coins: [Int] = []
    for rank in 0..<rankCount {
      var coin = first[node * rankCount + rank]
      while coin >= 0 {
        coins.append(Int(coin))
        coin = links[Int(coin)].next
      }
    }
    return coins
  }

  /// The coin of one denomination that a node would spend first.
  func top(of node: Int, rank: Int) -> Int? {
    let coin = first[node * rankCount + rank]
    return coin < 0 ? nil : Int(coin)
  }

  /// Makes room for one more coin slot, in no purse.
  mutating func addSlot() {
    links.append(Link())
  }

  mutating func reserve(_ coins: Int) {
    links.reserveCapacity(links.count + coins)
  }

  /// The node's count of this coin goes from 0 to 1.
  mutating func put(_ coin: Int, worth denomination: Int64, rank: Int, into node: Int) {
    let list = node * rankCount + rank
    links[coin] = Link(previous: -1, next: first[list])
    if first[list] >= 0 { links[Int(first[list])].previous = Int32(coin) }
    first[list] = Int32(coin)
    counts[node] += 1
    values[node] += denomination
  }

  /// The node's count of this coin goes from 1 to 0.
  mutating func take(_ coin: Int, worth denomination: Int64, rank: Int, from node: Int) {
    let link = links[coin]
    if link.previous >= 0 {
      links[Int(link.previous)].next = link.next
    } else {
      first[node * rankCount + rank] = link.next
    }
    if link.next >= 0 { links[Int(link.next)].previous = link.previous }
    counts[node] -= 1
    values[node] -= denomination
  }
}
