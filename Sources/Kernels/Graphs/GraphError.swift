/// What is wrong with the arcs or terminals that a graph kernel was given.
///
/// Arcs are numbered from 0 in the order of the input.
public enum GraphError: Error, Sendable, Equatable {
  /// The three parallel arrays differ in length.
  case unequalLengths(tails: Int, heads: Int, weights: Int)
  /// The number of nodes is negative or does not fit an `Int32`.
  case nodeCountOutOfRange(Int)
  /// There are 2^30 arcs or more, so that arcs and their reverses do not fit an `Int32`.
  case arcCountOutOfRange(Int)
  /// The tail or head of an arc is not in `0..<nodeCount`.
  case nodeOutOfRange(arc: Int, node: Int, nodeCount: Int)
  /// A weight, amount or capacity is below zero.
  case negativeWeight(arc: Int, weight: Int64)
  /// The sum of the weights reaches 2^63 at this arc.
  case weightSumTooLarge(arc: Int)
  /// The source or sink of a flow is not in `0..<nodeCount`.
  case terminalOutOfRange(node: Int, nodeCount: Int)
  /// Source and sink of a flow are one node.
  case sourceIsSink(node: Int)
}
