import Pipeline

/// The dealings of a cloud, ordered by node, and which of them were complained of.
///
/// A problem report counts if the record of its dealing names the same client and node; any other
/// has no trail, and the doubt is for the accused. Messages that name no node are no dealings. Time
/// and memory are linear in the messages.
struct Dealings {
  let nodeCount: Int
  let clientCount: Int
  /// The client of each message; -1 for none.
  let client: [Int32]
  /// Whether a report with a trail is about the message.
  let isComplained: [Bool]
  let reportsWithoutTrail: Int
  /// The complaints of each node.
  let complaints: [Int]

  /// Message numbers by node, ascending; those of node i lie at `starts[i] ..< starts[i + 1]`.
  private let messages: [Int]
  private let starts: [Int]

  init(_ events: ArtifactReader) throws {
    typealias A = TrafficArtifact
    nodeCount = Int(try events.scalar(A.nodeCount))
    clientCount = Int(try events.scalar(A.clientCount))
    let node = try events.read(A.node)
    client = try events.read(A.client)
    try Self.check(node, below: nodeCount, A.node.name)
    try Self.check(client, below: clientCount, A.client.name)
    (isComplained, reportsWithoutTrail) = try Self.match(events, node, client)
    (messages, starts) = Self.order(node, nodeCount)
    complaints = Self.count(isComplained, node, nodeCount)
  }

  /// The number of messages, also those to no node.
  var messageCount: Int { client.count }

  /// The number of messages to a node.
  var count: Int { messages.count }
  var complaintCount: Int { complaints.reduce(0, +) }

  /// Complaints per dealing in the whole cloud; 0 without dealings.
  var baseShare: Double { count == 0 ? 0 : Double(complaintCount) / Double(count) }

  /// The messages of a node, in the order of sending.
  func messages(of node: Int) -> ArraySlice<Int> { messages[starts[node]..<starts[node + 1]] }

  /// A node with a complaint is a case; no other is judged.
  func isAccused(_ node: Int) -> Bool { complaints[node] > 0 }

  private static func check(
    _ numbers: [Int32], below count: Int, _ column: String
  ) throws(DataError) {
    if let i = numbers.firstIndex(where: { $0 < -1 || Int($0) >= count }) {
      throw DataError(
        column, at: "message \(i)", expected: "a number below \(count), or -1",
        found: "\(numbers[i])")
    }
  }

  private static func match(
    _ events: ArtifactReader, _ node: [Int32], _ client: [Int32]
  ) throws(DataError) -> (isComplained: [Bool], withoutTrail: Int) {
    let about = try events.read(TrafficArtifact.reportMessage)
    let complainants = try events.read(TrafficArtifact.reportClient)
    let accused = try events.read(TrafficArtifact.reportNode)
    var isComplained = [Bool](repeating: false, count: node.count)
    var withoutTrail = 0
    for (report, number) in about.enumerated() {
      let message = Int(number)
      if node.indices.contains(message), node[message] >= 0, node[message] == accused[report],
        client[message] == complainants[report]
      {
        isComplained[message] = true
      } else {
        withoutTrail += 1
      }
    }
    return (isComplained, withoutTrail)
  }

  /// Counting sort by node.
  private static func order(_ node: [Int32], _ count: Int) -> (messages: [Int], starts: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for i in node where i >= 0 { starts[Int(i) + 1] += 1 }
    for i in 0..<count { starts[i + 1] += starts[i] }
    var next = starts
    var messages = [Int](repeating: 0, count: starts[count])
    for (message, i) in node.enumerated() where i >= 0 {
      messages[next[Int(i)]] = message
      next[Int(i)] += 1
    }
    return (messages, starts)
  }

  private static func count(_ isComplained: [Bool], _ node: [Int32], _ count: Int) -> [Int] {
    var complaints = [Int](repeating: 0, count: count)
    for (message, isBad) in isComplained.enumerated() where isBad {
      complaints[Int(node[message])] += 1
    }
    return complaints
  }
}
