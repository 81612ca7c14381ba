import Synchronization

/// The first signal that arrived.
final class Signal: Sendable {
  private let received = Mutex<Int32?>(nil)

  var number: Int32? { received.withLock { $0 } }

  func set(_ number: Int32) {
    received.withLock { if $0 == nil { $0 = number } }
  }
}
