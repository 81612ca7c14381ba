import Kernels
import Pipeline

/// What the records tell of each reply: how it ended, how long it took, what it cost and was worth.
struct ReplyLog {
  /// From sending to having the reply, in seconds; NaN without a reply.
  let latencySeconds: [Double]
  /// What the reply was worth, in coins: quality, at most the ordered one, times quoted price.
  let value: [Double]
  /// What was charged, in coins.
  let price: [Double]
  private let outcome: [Int8]
  private let service: [Int32]

  private static let served = Outcome.allCases.firstIndex(of: .served)
  private static let unanswered = Outcome.allCases.firstIndex(of: .unanswered)

  init(_ events: ArtifactReader) throws {
    typealias A = TrafficArtifact
    outcome = try events.read(A.outcome)
    service = try events.read(A.service)
    if let i = service.firstIndex(where: { $0 < -1 }) {
      throw DataError(
        A.service.name, at: "message \(i)", expected: "a service type, or -1",
        found: "\(service[i])")
    }
    latencySeconds = try zip(events.read(A.replied), events.read(A.sent)).map { max(0, $0 - $1) }
    let quoted = try events.read(A.quoted)
    value = try zip(events.read(A.quality), quoted).map { quality, quoted in
      min(max(quality, 0), 1) * Double(quoted)
    }
    price = try events.read(A.charged).map { Double(max(0, $0)) }
  }

  func isInTime(_ message: Int) -> Bool {
    Int(outcome[message]) == Self.served && isAnswered(message)
  }

  func isAnswered(_ message: Int) -> Bool {
    Int(outcome[message]) != Self.unanswered && latencySeconds[message].isFinite
  }

  /// The service type of a message; 0 where the records name none.
  func type(_ message: Int) -> Int { Int(service[message]) + 1 }

  /// For each type the quantile of its latencies, in seconds; above 0, infinite without replies.
  func objectives(quantile: Double) -> [Double] {
    var latencies = [[Double]](repeating: [], count: Int(service.max() ?? -1) + 2)
    for message in latencySeconds.indices where isAnswered(message) {
      latencies[type(message)].append(latencySeconds[message])
    }
    return latencies.map { sample in
      Quantiles(sample).map { max($0.value(at: quantile), .leastNormalMagnitude) } ?? .infinity
    }
  }
}
