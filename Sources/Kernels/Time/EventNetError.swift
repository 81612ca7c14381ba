/// What is wrong with the events or edges of an EventNet.
public enum EventNetError: Error, Sendable, Equatable {
  /// Two events bear one id.
  case duplicateEvent(String)
  /// An edge touches an event that is not there; edges are numbered from 0.
  case eventOutOfRange(edge: Int, event: Int, eventCount: Int)
  /// The two ends of the edges are not equally many.
  case unequalLengths(causes: Int, effects: Int)
  /// The vector clocks would hold more entries than this.
  case tooManyEntries(Int)
  /// Each of these events caused the next, and the last one the first.
  case cycle([String])
}

extension EventNetError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .duplicateEvent(let id): "there are two events '\(id)'"
    case .eventOutOfRange(let edge, let event, let count):
      "edge \(edge) touches event \(event), but there are \(count) events"
    case .unequalLengths(let causes, let effects):
      "\(causes) causes and \(effects) effects do not make a list of edges"
    case .tooManyEntries(let limit):
      "the vector clocks of these events hold more than \(limit) entries"
    case .cycle(let ids):
      "events cause one another in a circle: " + (ids + ids.prefix(1)).joined(separator: " -> ")
    }
  }
}
