import Kernels

/// Input for a kernel, drawn from a seed.
struct Workload {
  let size: Int
  let seed: UInt64

  func stream(_ name: String) -> RandomStream {
    RandomStream(seed: seed, name: "microbenchmark." + name)
  }

  /// Numbers above 0 with a heavy tail.
  func values(_ name: String) -> [Double] {
    var draw = stream(name).sequence()
    return (0..<size).map { _ in draw.pareto(shape: 2, minimum: 1) }
  }

  /// Arcs among a quarter as many nodes; few nodes have most of them, as in payments.
  func arcs() -> (nodes: Int, payers: [Int32], payees: [Int32], amounts: [Int64]) {
    let nodes = max(2, size / 4)
    var draw = stream("arcs").sequence()
    func node(_ unit: Double) -> Int32 {
      Int32(min(Double(nodes - 1), unit * unit * Double(nodes)))
    }
    var (payers, payees): ([Int32], [Int32]) = ([], [])
    var amounts: [Int64] = []
    for _ in 0..<size {
      payers.append(node(draw.unit()))
      payees.append(node(draw.unit()))
      amounts.append(1 + Int64(draw.index(below: 1000)))
    }
    return (nodes, payers, payees, amounts)
  }
}
