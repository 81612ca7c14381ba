import Kernels
import Testing

/// Random scripts of all calls against a model without data structures.
@Suite("Broker against its rules") struct BrokerDifferentialTests {
  static let profiles: [(String, BrokerProfile)] = [
    ("model", .model), ("activemq", .activemq), ("rabbitmq", .rabbitmq),
  ]

  /// After each call both have said the same, the census agrees, every invariant holds: no message
  /// is lost without a record, none is delivered but where the rules say so, and at every instant
  /// all are accounted for.
  @Test(arguments: 0..<3, 1...30 as ClosedRange<UInt64>)
  func `the broker does what its rules say, call by call`(profile: Int, seed: UInt64) {
    let (name, rules) = Self.profiles[profile]
    var script = BrokerScript(rules, seed: seed)
    for call in 0..<1500 {
      script.step()
      if let difference = script.both.difference() {
        Issue.record(
          "seed \(seed), profile \(name), call \(call), \(script.last): \(difference)")
        return
      }
    }
    #expect(script.both.tags.count > 150, "seed \(seed): the script does too little")
    #expect(script.both.lossCount > 20, "seed \(seed): the script loses too little")
  }
}
