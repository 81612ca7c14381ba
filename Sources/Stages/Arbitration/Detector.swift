/// Who has the last word on an accused node.
public enum Detector: String, CaseIterable, Sendable {
  /// More than half of the arbiters; a tie is for the accused.
  case majority
  /// The posterior of the model of Dawid and Skene over clients and arbiters.
  case dawidSkene = "dawid_skene"
}
