import Foundation

/// A stream read one number after another.
///
///     var draw = RandomStream(seed: 7, name: "population.price").sequence()
///     let price = 10 + 5 * draw.unit()
///
/// It is a `RandomNumberGenerator`, so `shuffled(using:)` and `randomElement(using:)` work with it.
public struct RandomSequence: RandomNumberGenerator, Sendable {
  private let stream: RandomStream
  private var position: UInt64 = 0
  private var spare: UInt64?

  init(_ stream: RandomStream) {
    self.stream = stream
  }

  public mutating func next() -> UInt64 {
    if let word = spare {
      spare = nil
      return word
    }
    let block = stream.block(position)
    position += 1
    spare = block.word1
    return block.word0
  }

  /// A number drawn evenly from the open interval (0, 1).
  public mutating func unit() -> Double {
    unitInterval(next())
  }

  /// An exponential variate with the given rate (events per unit of time).
  public mutating func exponential(rate: Double) -> Double {
    -log(unit()) / rate
  }

  /// A Pareto variate: P(X > x) = (minimum / x)^shape for x >= minimum.
  public mutating func pareto(shape: Double, minimum: Double) -> Double {
    minimum * pow(unit(), -1 / shape)
  }

  /// A whole number drawn evenly from 0 ..< bound, without bias.
  public mutating func index(below bound: Int) -> Int {
    Int.random(in: 0..<bound, using: &self)
  }
}
