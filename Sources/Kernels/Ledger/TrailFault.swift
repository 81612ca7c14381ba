/// Why a money trail proves nothing, with the number of the move.
public enum TrailFault: Sendable, Equatable {
  case empty
  /// A number is left out, doubled or out of order.
  case missingMove(before: UInt32)
  /// The coin was given by a node that did not have it.
  case wrongGiver(seq: UInt32, from: Int32)
  /// The entry, the one before it or the coin was changed after the fact.
  case wrongHash(seq: UInt32)
  /// The trail ends at another node than the holder.
  case wrongHolder(found: Int32)
  /// The chain ends in another link than the coin carries.
  case wrongHead
}
