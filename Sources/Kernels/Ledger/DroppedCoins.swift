internal import Synchronization

/// Coins that were dropped outside every purse, until the reaper collects them.
///
/// The one lock of the ledger: a coin may be dropped on any thread.
final class DroppedCoins: Sendable {
  private let slots = Mutex<[Int]>([])

  func report(_ slot: Int) {
    slots.withLock { $0.append(slot) }
  }

  /// The dropped coins, in rising order so that no thread's timing shows.
  var pending: [Int] { slots.withLock { $0.sorted() } }

  /// The dropped coins, which are then forgotten here.
  func collect() -> [Int] {
    slots.withLock { slots in
      defer { slots.removeAll() }
      return slots.sorted()
    }
  }
}
