/// Where all messages are, a copy for each queue that they entered counted as one.
///
/// At every instant `sent` is the sum of the rest: `isConserved`.
public struct BrokerCensus: Sendable, Equatable {
  /// Copies handed over so far, committed or staged; aborted ones are taken off again.
  public internal(set) var sent = 0
  /// Staged in open transactions.
  public internal(set) var staged = 0
  /// Outside of full queues.
  public internal(set) var blocked = 0
  /// In queues.
  public internal(set) var waiting = 0
  /// With consumers and not acknowledged.
  public internal(set) var inHand = 0
  public internal(set) var acknowledged = 0
  /// Gone, by the code of the reason; dead letters are not.
  public internal(set) var gone = [Int](repeating: 0, count: LossReason.allCases.count)
  /// Moved to a dead-letter queue, by the code of the reason.
  public internal(set) var deadLettered = [Int](repeating: 0, count: LossReason.allCases.count)
  /// Deliveries, of which some again.
  public internal(set) var deliveries = 0
  public internal(set) var redeliveries = 0

  public init() {}

  public var isConserved: Bool {
    sent == staged + blocked + waiting + inHand + acknowledged + gone.reduce(0, +)
  }

  /// Messages in the broker's custody.
  public var inFlight: Int { staged + blocked + waiting + inHand }
}
