/// A station that has classes in an order, interrupts, fails, changes its speed, serves in batches,
/// or is left by those who lose patience.
struct IntricateStation {
  let servers: Int
  let isPreemptive: Bool
  let batch: Int
  let speeds: [Double]
  let balking: QueueNetwork.Balking
  let working: LawSampler?
  let repair: LawSampler?
  let hasOwnLine: Bool
  /// Lines of those that wait, the most urgent class first.
  var heads: [UInt32]
  var tails: [UInt32]
  /// Those that are served; the first of each batch.
  var inService: [UInt32] = []
  var isUp = true
  var failures: UInt64 = 0
  /// Messages that wait and did not lose patience.
  var waiting = 0

  static func isNeeded(
    for station: QueueNetwork.Station, of network: QueueNetwork
  ) -> Bool {
    (station.discipline != .firstCome && network.classes.count > 1) || station.balking != .never
      || station.batch > 1 || !station.speeds.isEmpty || station.breakdown != nil
      || network.classes.contains { $0.patience != nil }
  }

  init(_ station: QueueNetwork.Station, of network: QueueNetwork, values: inout [Double]) {
    servers = station.servers
    isPreemptive = station.discipline == .preemptiveResume
    batch = station.batch
    speeds = station.speeds
    balking = station.balking
    working = station.breakdown.map { LawSampler($0.working, values: &values) }
    repair = station.breakdown.map { LawSampler($0.repair, values: &values) }
    hasOwnLine = station.discipline != .firstCome
    let lines = hasOwnLine ? network.classes.count : 1
    heads = [UInt32](repeating: NetworkMessage.none, count: lines)
    tails = heads
  }

  /// The line of a class.
  func line(_ messageClass: Int) -> Int { hasOwnLine ? messageClass : 0 }

  /// The speed of each server with so many messages at the station; 0 while it is down.
  func speed(present: Int) -> Double {
    guard isUp else { return 0 }
    return speeds.isEmpty ? 1 : speeds[min(max(present, 1), speeds.count) - 1]
  }
}
