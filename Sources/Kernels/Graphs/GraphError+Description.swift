extension GraphError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unequalLengths(let tails, let heads, let weights):
      "\(tails) tails, \(heads) heads and \(weights) weights do not make a list of arcs"
    case .nodeCountOutOfRange(let count):
      "\(count) is not a number of nodes between 0 and \(Int32.max - 1)"
    case .arcCountOutOfRange(let count):
      "\(count) arcs are more than \(ArcList.countMax)"
    case .nodeOutOfRange(let arc, let node, let nodeCount):
      "arc \(arc) touches node \(node), but there are \(nodeCount) nodes"
    case .negativeWeight(let arc, let weight):
      "arc \(arc) has the negative weight \(weight)"
    case .weightSumTooLarge(let arc):
      "the sum of the weights reaches 2^63 at arc \(arc)"
    case .terminalOutOfRange(let node, let nodeCount):
      "the terminal \(node) is none of the \(nodeCount) nodes"
    case .sourceIsSink(let node):
      "node \(node) is both source and sink"
    }
  }
}
