import Foundation
import Kernels

/// Draws client `i` from the blocks that bear its number.
struct ClientLaw {
  struct Client {
    let rate: Double
    let budget: Int64
    let complaintProbability: Double
    let perjuryProbability: Double
    let utilities: [Double]
  }

  private let parameters: Population.Parameters
  private let services: Int
  private let stream: RandomStream
  private let hidden: RandomStream

  init(_ parameters: Population.Parameters, services: Int, seed: UInt64) {
    self.parameters = parameters
    self.services = services
    stream = RandomStream(seed: seed, name: "population.client")
    hidden = RandomStream(seed: seed, name: "population.perjury")
  }

  func client(_ i: Int) -> Client {
    let block = stream.block(i, purpose: 0)
    let habit = stream.block(i, purpose: 1)
    let lie = hidden.block(i)
    return Client(
      rate: parameters.rate * activity(block.unit0),
      budget: max(1, Int64((Double(parameters.budget) * (0.5 + block.unit1)).rounded())),
      complaintProbability: min(1, parameters.complaintProbability * (0.5 + habit.unit0)),
      perjuryProbability: lie.unit0 < parameters.liarShare ? parameters.perjuryProbability : 0,
      utilities: (0..<services).map { stream.block(i, purpose: 16 + UInt64($0)).unit0 })
  }

  /// A Pareto variate scaled to mean 1 where it has a mean, capped at 1000 times the smallest.
  private func activity(_ unit: Double) -> Double {
    let shape = parameters.activityExponent - 1
    let raw = min(1000, pow(unit, -1 / shape))
    let cap = 1000.0
    let mean =
      abs(shape - 1) < 1e-9
      ? 1 + log(cap) : (shape - pow(cap, 1 - shape)) / (shape - 1)
    return raw / mean
  }
}
