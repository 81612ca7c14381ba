import Foundation
import Kernels
import Pipeline

/// Events and their causes as a file or a replay has them; not yet known to be without cycles.
struct RecordedEvents {
  let subject: String
  var events: [NetEvent] = []
  /// Readings of physical clocks in nanoseconds; 0 where there are none.
  var physical: [Int64] = []
  var causes: [Int32] = []
  var effects: [Int32] = []

  init(subject: String) {
    self.subject = subject
  }

  /// Reads JSON, or HDF5 where the file begins as such a file does.
  init(path: String) throws(DataError) {
    let name = (path as NSString).lastPathComponent
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw DataError(name, expected: "a readable file", found: "none")
    }
    let start = (try? file.read(upToCount: 4)) ?? Data()
    try? file.close()
    self.init(subject: name)
    if start == Data([0x89, 0x48, 0x44, 0x46]) {
      try readHDF5(path)
    } else {
      try readMarkup(path)
    }
  }

  private static let shape: Shape = {
    let names = Shape.list(of: .string(.anything), count: 0...Int.max)
    let event = Shape.record([
      .init("id", .string(.anything), isRequired: true, "unique name"),
      .init("partakers", names, "who took part"),
      .init("conversations", .list(of: names, count: 0...Int.max), "who spoke with whom"),
      .init("physical_ns", .integer(Int64.min...Int64.max), unit: "ns", "reading of a clock"),
    ])
    let edge = Shape.list(of: .string(.anything), count: 2...2)
    return .record([
      .init("events", .list(of: event, count: 0...Int.max), isRequired: true, "the events"),
      .init("edges", .list(of: edge, count: 0...Int.max), "pairs of ids: cause and effect"),
    ])
  }()

  private mutating func readMarkup(_ path: String) throws(DataError) {
    let value = try MarkupFile(path: path).checked(against: Self.shape, "a net of events")
    var numbers: [String: Int32] = [:]
    for (i, event) in (value["events"]?.items ?? []).enumerated() {
      let id = event["id"]?.text ?? ""
      events.append(
        NetEvent(
          id, partakers: event["partakers"]?.items.compactMap(\.text) ?? [],
          conversations: event["conversations"]?.items.map { $0.items.compactMap(\.text) } ?? []))
      if case .int(let reading)? = event["physical_ns"] {
        physical.append(reading)
      } else {
        physical.append(0)
      }
      numbers[id] = Int32(i)
    }
    for (i, edge) in (value["edges"]?.items ?? []).enumerated() {
      let ids = edge.items.compactMap(\.text)
      guard let cause = numbers[ids[0]], let effect = numbers[ids[1]] else {
        let missing = numbers[ids[0]] == nil ? ids[0] : ids[1]
        throw DataError(
          subject, at: "edge \(i)", expected: "the ids of two events",
          found: "'\(missing)', which is none")
      }
      add(cause, effect)
    }
  }

  /// The variables of this stage's own output, of which ids and edges must be there.
  private mutating func readHDF5(_ path: String) throws(DataError) {
    typealias A = CausalityArtifact
    let file = try ArtifactReader(opening: path)
    let ids = try file.read(A.id)
    var partakers = [[String]](repeating: [], count: ids.count)
    if file.contains(A.partakerName.name) {
      let names = try file.read(A.partakerName)
      for (event, name) in zip(try file.read(A.partakerEvent), names) {
        guard ids.indices.contains(Int(event)) else { throw outside(event, A.partakerEvent.name) }
        partakers[Int(event)].append(name)
      }
    }
    var conversations = [[[String]]](repeating: [], count: ids.count)
    if file.contains(A.memberName.name) {
      let (of, names) = (try file.read(A.memberEvent), try file.read(A.memberName))
      for (i, number) in try file.read(A.memberConversation).enumerated() {
        guard i < of.count, i < names.count, ids.indices.contains(Int(of[i])), number >= 0,
          number <= conversations[Int(of[i])].count
        else { throw outside(number, A.memberConversation.name) }
        if number == conversations[Int(of[i])].count { conversations[Int(of[i])].append([]) }
        conversations[Int(of[i])][Int(number)].append(names[i])
      }
    }
    events = ids.indices.map {
      NetEvent(ids[$0], partakers: partakers[$0], conversations: conversations[$0])
    }
    physical = [Int64](repeating: 0, count: ids.count)
    if file.contains(A.physical.name) { physical = try file.read(A.physical) }
    let (tails, heads) = (try file.read(A.edgeCause), try file.read(A.edgeEffect))
    guard tails.count == heads.count, physical.count == ids.count else {
      throw DataError(
        subject, expected: "as many causes as effects, and a reading for each event",
        found: "\(tails.count) and \(heads.count), \(physical.count) for \(ids.count)")
    }
    for (tail, head) in zip(tails, heads) {
      guard let cause = Int32(exactly: tail), let effect = Int32(exactly: head) else {
        throw outside(tail, A.edgeCause.name)
      }
      add(cause, effect)
    }
  }

  private func outside(_ number: Int64, _ place: String) -> DataError {
    DataError(subject, at: place, expected: "numbers of events, from 0", found: "\(number)")
  }

  mutating func add(_ cause: Int32, _ effect: Int32) {
    causes.append(cause)
    effects.append(effect)
  }
}
