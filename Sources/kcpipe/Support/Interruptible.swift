import Foundation
import Pipeline

/// Runs work that SIGINT and SIGTERM cancel.
///
/// The work cleans up, then the signal is raised again with its default action, so that a shell
/// sees how the program ended (130, 143).
enum Interruptible {
  static func run<R: Sendable>(_ work: @escaping @Sendable () async throws -> R) async throws -> R {
    let task = Task { try await work() }
    let received = Signal()
    let watches = [SIGINT, SIGTERM].map { number in
      SignalWatch(number) {
        received.set(number)
        task.cancel()
      }
    }
    let result = await task.result
    withExtendedLifetime(watches) {}
    if let number = received.number {
      Console.complain("interrupted; what was finished is kept, run again to continue")
      raiseAgain(number)
    }
    return try result.get()
  }

  /// Ends the process by the signal itself; watching it may have blocked it in this thread.
  private static func raiseAgain(_ number: Int32) {
    signal(number, SIG_DFL)
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(number)
    // The first process of a container is not ended by a signal's default action.
    _exit(128 + number)
  }
}
