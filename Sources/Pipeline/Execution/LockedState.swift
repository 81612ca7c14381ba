import Synchronization

/// One lock around one value.
final class LockedState<State>: Sendable {
  private let mutex: Mutex<State>

  init(_ state: sending State) {
    mutex = Mutex(state)
  }

  func withLock<R>(_ body: (inout sending State) -> sending R) -> sending R {
    mutex.withLock(body)
  }
}
