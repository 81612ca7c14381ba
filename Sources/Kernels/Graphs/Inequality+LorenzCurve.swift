extension Inequality {
  /// The Lorenz curve at evenly spaced shares of the holders, from (0, 0) to (1, 1).
  ///
  /// Between two headcounts the curve is a straight line, as usual. O(n + points).
  ///
  /// - Parameter points: number of points, at least 2.
  /// - Returns: the points, ascending and convex.
  ///
  /// Source: Lorenz, "Methods of measuring the concentration of wealth", Publications of the
  /// American Statistical Association 9 (1905).
  public func lorenzCurve(points: Int) -> [LorenzPoint] {
    precondition(points >= 2, "a curve needs two points")
    let steps = points - 1
    var held: Int64 = 0
    var holders = 0
    return (0...steps).map { step in
      let (whole, part) = (step * count).quotientAndRemainder(dividingBy: steps)
      while holders < whole {
        held += sorted[holders]
        holders += 1
      }
      let x = Double(step) / Double(steps)
      return LorenzPoint(x: x, y: height(held, part: part, of: steps, next: holders) ?? x)
    }
  }

  /// The share of the total that the amounts summed so far and a part of the next one make up.
  private func height(_ held: Int64, part: Int, of steps: Int, next: Int) -> Double? {
    guard total > 0 else { return nil }
    let addition = part > 0 ? Int128(part) * Int128(sorted[next]) : 0
    let amount = Int128(held) * Int128(steps) + addition
    return Double(amount) / Double(Int128(total) * Int128(steps))
  }
}
