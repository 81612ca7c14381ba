import Kernels
import Pipeline

extension RecordedEvents {
  /// The events of a replay: `m7.sent` and `m7.replied` at a client, `m7.served` at a node.
  ///
  /// Causes are what a message, a client and a node did before: events of one place follow one another
  /// by time, then by message. A client that no log names has no order of its own.
  init(traffic: ArtifactReader) throws(DataError) {
    typealias A = TrafficArtifact
    self.init(subject: "traffic")
    let (clients, nodes) = (try traffic.read(A.client), try traffic.read(A.node))
    let times = [try traffic.read(A.sent), try traffic.read(A.served), try traffic.read(A.replied)]
    guard times[0].count < Int(Int32.max) / 3 else {
      throw DataError(subject, expected: "at most 7e8 messages", found: "\(times[0].count)")
    }
    var moments: [Moment] = []
    for message in clients.indices {
      var last: Int32 = -1
      for step in 0..<3 where !times[step][message].isNaN {
        let event = Int32(events.count)
        add(message, Self.words[step], client: clients[message], node: nodes[message])
        let reading = Int64((times[step][message] * 1e9).rounded())
        physical.append(reading)
        if last >= 0 { add(last, event) }
        last = event
        let place = step == 1 ? Int(nodes[message]) : -1 - Int(clients[message])
        if step == 1 || clients[message] >= 0 {
          moments.append(Moment(place: place, time: reading, event: event))
        }
      }
    }
    moments.sort { ($0.place, $0.time, $0.event) < ($1.place, $1.time, $1.event) }
    for (before, after) in zip(moments, moments.dropFirst()) where before.place == after.place {
      add(before.event, after.event)
    }
  }

  /// An event at a node (from 0 on) or at a client (below 0).
  private struct Moment {
    let place: Int
    let time: Int64
    let event: Int32
  }

  private static let words = ["sent", "served", "replied"]

  private mutating func add(_ message: Int, _ word: String, client: Int32, node: Int32) {
    let names = ["client \(client)", "node \(node)"]
    let partakers = word == "served" ? names : [names[0]]
    events.append(
      NetEvent(
        "m\(message).\(word)", partakers: partakers,
        conversations: word == "served" ? [names] : []))
  }
}
