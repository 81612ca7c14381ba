import Kernels
import Pipeline

/// What clients owe for the replies that they were charged for, in the order of service.
struct PaymentOrders {
  struct Order {
    /// Microseconds of the run's clock.
    let time: Int64
    let client: Int
    let node: Int
    let charge: Int64
    let message: Int
  }

  private(set) var orders: [Order] = []
  /// Charged replies whose client or node is not known.
  private(set) var unattributed = 0
  /// The worth of the replies that are paid for.
  private(set) var goodsValue = 0.0
  private(set) var charged: Int64 = 0
  let clientCount: Int
  let nodeCount: Int

  /// Reads the events; `worth` is value() by service type, and nil takes what was quoted.
  init(_ events: ArtifactReader, worth: [Double]?) throws {
    typealias A = TrafficArtifact
    clientCount = Int(try events.scalar(A.clientCount))
    nodeCount = Int(try events.scalar(A.nodeCount))
    let clients = try events.read(A.client)
    let nodes = try events.read(A.node)
    let charges = try events.read(A.charged)
    let served = try events.read(A.served)
    let quotes = try events.read(A.quoted)
    let qualities = try events.read(A.quality)
    let services = try events.read(A.service)
    for message in charges.indices where charges[message] > 0 && !served[message].isNaN {
      let (client, node) = (Int(clients[message]), Int(nodes[message]))
      guard (0..<clientCount).contains(client), (0..<nodeCount).contains(node) else {
        unattributed += 1
        continue
      }
      orders.append(
        Order(
          time: try Self.microseconds(served[message], message), client: client, node: node,
          charge: charges[message], message: message))
      charged += charges[message]
      let value = worth?[Int(services[message])] ?? Double(quotes[message])
      goodsValue += value * qualities[message]
    }
    orders.sort { ($0.time, $0.message) < ($1.time, $1.message) }
  }

  /// - Throws: `DataError` for a time that 64 bits cannot hold in nanoseconds.
  private static func microseconds(_ time: Double, _ message: Int) throws(DataError) -> Int64 {
    guard abs(time) < 9e9 else {
      throw DataError(
        TrafficArtifact.served.name, at: "message \(message)", expected: "a time within 9e9 s",
        found: "\(time) s")
    }
    return Int64((time * 1e6).rounded())
  }
}
