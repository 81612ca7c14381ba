/// Highest-label push-relabel towards one sink, the engine of both phases of a maximum flow.
///
/// A vertex with more inflow than outflow is active. The highest active vertex is discharged: its
/// excess is pushed down by one label at a time, and its own label raised when no arc leads down.
/// Labels are lower bounds of the distance to the sink; a vertex that cannot reach it any more has
/// label n and is dropped with its excess. O(n^2 sqrt m), near linear on power-law graphs.
///
/// Sources: Goldberg, Tarjan, "A new approach to the maximum-flow problem", J. ACM 35 (1988);
/// Cherkassky, Goldberg, "On implementing the push-relabel method for the maximum flow problem",
/// Algorithmica 19 (1997), for the highest label, global relabelling, gaps and buckets.
struct PushRelabel: ~Copyable {
  /// Work of a relabelling besides the scan of its arcs, in units of one arc.
  private static let relabelWork = 12

  /// A search of the whole graph pays off after this much work; set from measurements.
  private let workBetweenRelabellings: Int

  let network: ResidualNetwork
  let excess: GraphBuffer<Int64>
  let label: GraphBuffer<Int32>
  let currentArc: GraphBuffer<Int32>
  var buckets: LabelBuckets
  var sink: Int32
  var source: Int32
  var workSinceRelabelling = 0

  /// Prepares a flow from `source` to `sink` and saturates the arcs that leave the source.
  init(_ network: consuming ResidualNetwork, from source: Int32, to sink: Int32) {
    let count = network.nodeCount
    excess = GraphBuffer(repeating: 0, count: count)
    label = GraphBuffer(repeating: 0, count: count)
    currentArc = GraphBuffer(repeating: 0, count: count)
    buckets = LabelBuckets(nodeCount: count)
    workBetweenRelabellings = 2 * (6 * count + network.inputCount)
    self.network = network
    self.source = source
    self.sink = sink
    saturateSource()
  }

  /// The label of vertices that cannot reach the sink.
  var unreachable: Int32 { Int32(truncatingIfNeeded: network.nodeCount) }

  private func saturateSource() {
    for position in network.arcs(of: source) {
      let arc = network.arc(position)
      guard arc.residual > 0, arc.head != source else { continue }
      network.push(arc.residual, along: position)
      excess[arc.head] += arc.residual
    }
  }

  /// Makes the next run send the excess that is stranded in a preflow back to its source.
  mutating func swapTerminals() { swap(&source, &sink) }

  /// Discharges vertices until none is active; then `excess[sink]` is all that can arrive.
  mutating func run() {
    relabelGlobally()
    while let vertex = buckets.popHighestActive() {
      discharge(vertex)
      if workSinceRelabelling > workBetweenRelabellings { relabelGlobally() }
    }
  }

  @inline(__always)
  private mutating func discharge(_ vertex: Int32) {
    var height = label[vertex]
    var rest = push(from: vertex, height: height)
    while rest > 0 {
      height = relabel(vertex, from: height)
      guard height < unreachable else { return }
      rest = push(from: vertex, height: height)
    }
    buckets.addInactive(vertex, label: height)
  }

  /// Pushes the excess of a vertex along admissible arcs, from its current arc on; what is left.
  @inline(__always)
  private mutating func push(from vertex: Int32, height: Int32) -> Int64 {
    var rest = excess[vertex]
    var position = Int(currentArc[vertex])
    let end = network.arcs(of: vertex).upperBound
    while position < end {
      let arc = network.arc(position)
      if arc.residual > 0, label[arc.head] == height &- 1 {
        let amount = min(arc.residual, rest)
        network.push(amount, along: position)
        receive(amount, at: arc.head)
        rest &-= amount
        if rest == 0 { break }
      }
      position &+= 1
    }
    currentArc[vertex] = Int32(truncatingIfNeeded: position)
    excess[vertex] = rest
    return rest
  }

  @inline(__always)
  private mutating func receive(_ amount: Int64, at vertex: Int32) {
    let before = excess[vertex]
    excess[vertex] = before &+ amount
    if before == 0, vertex != sink { buckets.activate(vertex, label: label[vertex]) }
  }

  /// Raises a vertex just above its lowest residual neighbour, whose arc becomes current.
  @inline(__always)
  private mutating func relabel(_ vertex: Int32, from height: Int32) -> Int32 {
    guard !buckets.isEmpty(height) else {
      closeGap(above: height)
      label[vertex] = unreachable
      return unreachable
    }
    let arcs = network.arcs(of: vertex)
    var lowest = unreachable &- 1
    var best = arcs.lowerBound
    for position in arcs {
      let arc = network.arc(position)
      if arc.residual > 0, label[arc.head] < lowest {
        lowest = label[arc.head]
        best = position
        if lowest == height { break }
      }
    }
    workSinceRelabelling &+= Self.relabelWork &+ arcs.count
    label[vertex] = lowest &+ 1
    currentArc[vertex] = Int32(truncatingIfNeeded: best)
    return lowest &+ 1
  }

  /// With no vertex left at a label, none above it can reach the sink.
  private mutating func closeGap(above height: Int32) {
    while let vertex = buckets.popInactive(above: height) { label[vertex] = unreachable }
  }
}
