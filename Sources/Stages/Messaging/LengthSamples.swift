/// Numbers of messages over time at evenly spaced moments, at most 1024: where more would be needed
/// every other one is dropped and the spacing doubled, so that no end need be known.
struct LengthSamples {
  private static let countMax = 1024

  private(set) var spacing: Double
  private(set) var waiting: [Int64] = []
  private(set) var inHand: [Int64] = []
  private(set) var blocked: [Int64] = []

  init(spacing: Double) { self.spacing = spacing }

  /// The moments of the samples, from 0.
  var times: [Double] { waiting.indices.map { Double($0) * spacing } }

  /// Takes the samples that are due before `time`, up to which nothing changed.
  mutating func advance(to time: Double, waiting: Int, inHand: Int, blocked: Int) {
    while Double(self.waiting.count) * spacing < time {
      if self.waiting.count == Self.countMax {
        thin()
        continue
      }
      self.waiting.append(Int64(waiting))
      self.inHand.append(Int64(inHand))
      self.blocked.append(Int64(blocked))
    }
  }

  private mutating func thin() {
    spacing *= 2
    waiting = Self.everyOther(waiting)
    inHand = Self.everyOther(inHand)
    blocked = Self.everyOther(blocked)
  }

  private static func everyOther(_ values: [Int64]) -> [Int64] {
    stride(from: 0, to: values.count, by: 2).map { values[$0] }
  }
}
