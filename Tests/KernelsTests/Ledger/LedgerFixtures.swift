import Kernels

/// Three nodes or more, and a mint of 1, 2, 5 and 10.
func smallLedger(nodes: Int = 3) throws -> CoinLedger {
  try CoinLedger(nodeCount: nodes, mint: Mint(denominations: [1, 2, 5, 10], seed: 7))
}

/// A coin that should have been in a purse is not.
struct NotInPurse: Error {
  var coin: Int
}

// `#expect` and `#require` copy the receiver of a bare call, which a ledger does not allow; these
// helpers keep the calls outside the macros.
extension CoinLedger {
  /// The claim of whoever holds the coin.
  func holdersClaim(on coin: Int) throws -> CoinClaim {
    guard let claim = claim(on: coin) else { throw NotInPurse(coin: coin) }
    return claim
  }

  /// The coin, out of its holder's purse.
  mutating func takeOut(_ coin: Int) throws -> Coin {
    switch checkOut(try holdersClaim(on: coin)) {
    case .coin(let coin): return coin
    case .refused: throw NotInPurse(coin: coin)
    }
  }

  /// Whether a coin can be put into the purse of `node`; a bounced one is dropped.
  mutating func accepts(_ coin: consuming Coin, at node: Int) -> Bool {
    switch deposit(coin, to: node, at: 1) {
    case .delivered: true
    case .bounced: false
    }
  }

  /// Whether a coin can be put back; a bounced one is dropped.
  mutating func takesBack(_ coin: consuming Coin) -> Bool {
    switch putBack(coin) {
    case .delivered: true
    case .bounced: false
    }
  }
}
