import Dispatch
import Foundation

/// Calls back when a signal arrives, instead of ending the process, for as long as it lives.
public final class SignalWatch: Sendable {
  nonisolated(unsafe) private let source: any DispatchSourceSignal
  private let number: Int32

  public init(_ number: Int32, _ handler: @escaping @Sendable () -> Void) {
    self.number = number
    signal(number, SIG_IGN)
    unsafe source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    unsafe source.setEventHandler(handler: handler)
    unsafe source.resume()
  }

  deinit {
    unsafe source.cancel()
    signal(number, SIG_DFL)
  }
}
