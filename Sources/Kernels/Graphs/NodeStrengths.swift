/// The sums of the weights at each node of a graph, in the unit of the weights.
///
/// In a graph of payments the out-strength is what a node pays, the in-strength what it receives;
/// both sum to the total weight, and a loop counts in both.
public struct NodeStrengths: Sendable, Equatable {
  /// Sum of the weights of the arcs that leave each node; n entries.
  public let out: [Int64]

  /// Sum of the weights of the arcs that enter each node; n entries.
  public let `in`: [Int64]
}
