/// A point of a Lorenz curve: the poorest share `x` of the holders has the share `y` of the total.
public struct LorenzPoint: Sendable, Equatable {
  /// Share of the holders, poorest first, 0...1.
  public let x: Double

  /// Share of the total that they hold, 0...1, never above `x`.
  public let y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
