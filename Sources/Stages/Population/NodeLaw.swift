import Foundation
import Kernels

/// Draws node `i` from the blocks that bear its number.
struct NodeLaw {
  struct Node {
    let servers: Int32
    let speed: Double
    let priceFactor: Double
    let popularity: Double
    let qualityPrior: Double
    let offers: [Int8]
    let behaviour: NodeBehaviour
    let severity: Double
  }

  private let parameters: Population.Parameters
  private let services: Int
  private let visible: RandomStream
  private let hidden: RandomStream

  init(_ parameters: Population.Parameters, services: Int, seed: UInt64) {
    self.parameters = parameters
    self.services = services
    visible = RandomStream(seed: seed, name: "population.node")
    hidden = RandomStream(seed: seed, name: "population.behaviour")
  }

  func node(_ i: Int) -> Node {
    let size = visible.block(i, purpose: 0)
    let look = visible.block(i, purpose: 1)
    let (behaviour, severity) = behaviour(i)
    let popularity = pow(look.unit1, -1 / (parameters.popularityExponent - 1))
    return Node(
      servers: Int32(min(popularity.rounded(.up), Double(parameters.serversMax))),
      speed: 0.5 + size.unit1,
      priceFactor: 1 + parameters.priceSpread * (2 * look.unit0 - 1),
      popularity: popularity,
      qualityPrior: 0.8 + 0.2 * visible.block(i, purpose: 2).unit0,
      offers: offers(i), behaviour: behaviour, severity: severity)
  }

  /// Each type with the wanted probability, and one in any case.
  private func offers(_ i: Int) -> [Int8] {
    let sure = Int(visible.block(i, purpose: 3).unit0 * Double(services))
    return (0..<services).map { service in
      let draw = visible.block(i, purpose: 16 + UInt64(service)).unit0
      return service == sure || draw < parameters.serviceShare ? 1 : 0
    }
  }

  /// Exactly the wanted number of nodes is corrupt: those with the smallest draws would need a
  /// sort, so a node's rank comes from a random permutation that costs O(1) per node.
  private func behaviour(_ i: Int) -> (NodeBehaviour, Double) {
    guard Permutation(count: parameters.nodes, stream: hidden).image(of: i) < corruptCount else {
      return (.honest, 0)
    }
    let block = hidden.block(i, purpose: 1)
    let kind = NodeBehaviour.corrupt[Int(block.unit0 * Double(NodeBehaviour.corrupt.count))]
    return (kind, min(1, parameters.severity * (0.5 + block.unit1)))
  }

  var corruptCount: Int {
    Int((parameters.corruptShare * Double(parameters.nodes)).rounded())
  }
}
