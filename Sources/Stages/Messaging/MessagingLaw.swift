import Foundation
import Kernels

/// All that is drawn: each number belongs to a message and an attempt, or to a consumer and a
/// failure, so none depends on the order of events.
struct MessagingLaw {
  private let parameters: Messaging.Parameters
  private let messages: RandomStream
  private let services: RandomStream
  private let failures: RandomStream

  init(_ parameters: Messaging.Parameters, seed: UInt64) {
    self.parameters = parameters
    messages = RandomStream(seed: seed, name: "messaging.message")
    services = RandomStream(seed: seed, name: "messaging.service")
    failures = RandomStream(seed: seed, name: "messaging.failure")
  }

  /// The time that a publisher takes before it sends a message.
  func gapSeconds(_ message: Int) -> Double {
    let rate = parameters.rate / Double(parameters.publishers)
    return -log(messages.block(message).unit0) / rate
  }

  /// A message as it is sent.
  func message(_ number: Int) -> OutgoingMessage {
    let kind = messages.block(number, purpose: 1)
    let level = kind.unit1 * Double(parameters.priorityLevels)
    return OutgoingMessage(
      UInt64(number), type: UInt16(kind.unit0 * Double(parameters.types)), priority: UInt8(level),
      isPersistent: messages.block(number).unit1 < parameters.persistentShare)
  }

  /// How long an attempt takes, and whether the consumer refuses the message in the end.
  func service(_ message: UInt64, attempt: UInt8, consumer: Int) -> (
    seconds: Double, isRefused: Bool
  ) {
    let purpose = UInt64(consumer) << 8 | UInt64(attempt)
    let block = services.block(message, purpose: purpose)
    return (-log(block.unit0) * parameters.serviceMean, block.unit1 < parameters.refusedShare)
  }

  /// How long a consumer is up before a failure; infinite if it never fails.
  func upSeconds(_ consumer: Int, failure: Int) -> Double {
    guard parameters.failureRate > 0 else { return .infinity }
    return -log(failures.block(consumer, purpose: UInt64(failure)).unit0) / parameters.failureRate
  }

  /// How long it is away after it.
  func downSeconds(_ consumer: Int, failure: Int) -> Double {
    -log(failures.block(consumer, purpose: UInt64(failure)).unit1) * parameters.repairMean
  }
}
