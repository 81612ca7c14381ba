/// Arrivals as they were recorded or drawn: times in seconds that do not fall, and what each brings.
public struct ArrivalSeries: Sendable, Equatable {
  public var times: [Double]
  /// Service that each needs, in seconds; not a number where it is unknown.
  public var works: [Double]
  /// The row of the source that each came from.
  public var rows: [Int64]

  /// Works and rows may be left empty: nothing is known of the works then, and rows are counted.
  public init(times: [Double], works: [Double] = [], rows: [Int64] = []) {
    self.times = times
    self.works = works.isEmpty ? [Double](repeating: .nan, count: times.count) : works
    self.rows = rows.isEmpty ? times.indices.map { Int64($0) } : rows
  }

  public var count: Int { times.count }
  public var span: Double { (times.last ?? 0) - (times.first ?? 0) }

  /// Each time divided by `factor`: above 1 everything comes faster, services excepted.
  public func warped(by factor: Double) -> ArrivalSeries {
    var series = self
    series.times = times.map { $0 / factor }
    return series
  }

  /// Each arrival stays with probability `share`, by its number, so a smaller share is a part of a
  /// larger one.
  public func thinned(to share: Double, stream: RandomStream) -> ArrivalSeries {
    picked(times.indices.filter { stream.block($0).unit0 < share })
  }

  /// The series again and again, each time behind the last by its span and one mean gap.
  public func looped(_ rounds: Int) -> ArrivalSeries {
    guard rounds > 1, count > 1 else { return self }
    let period = span * Double(count) / Double(count - 1)
    var series = ArrivalSeries(times: [])
    for round in 0..<rounds {
      let shift = Double(round) * period
      series.times += times.map { $0 + shift }
      series.works += works
      series.rows += rows
    }
    return series
  }

  /// `copies` of the series on top of each other, each turned by a random part of the span and
  /// wrapped around, so that all cover the same time.
  public func superposed(_ copies: Int, stream: RandomStream) -> ArrivalSeries {
    guard copies > 1, count > 1, let first = times.first else { return self }
    let period = span * Double(count) / Double(count - 1)
    var all = self
    for copy in 1..<copies {
      let turn = stream.block(copy).unit0 * period
      all.times += times.map { time in
        let moved = time - first + turn
        return first + (moved >= period ? moved - period : moved)
      }
      all.works += works
      all.rows += rows
    }
    let order = all.times.indices.sorted { (all.times[$0], $0) < (all.times[$1], $1) }
    return all.picked(order)
  }

  /// In order of time; equal times keep their order.
  public func sorted() -> ArrivalSeries {
    picked(times.indices.sorted { (times[$0], $0) < (times[$1], $1) })
  }

  private func picked(_ places: [Int]) -> ArrivalSeries {
    ArrivalSeries(
      times: places.map { times[$0] }, works: places.map { works[$0] },
      rows: places.map { rows[$0] })
  }

  /// Variance over squared mean of the gaps: 1 for a Poisson process, more for bursts.
  public var gapVariation: Double {
    let gaps = RunningMoments(zip(times.dropFirst(), times).map { $0 - $1 })
    return gaps.mean > 0 ? gaps.variance / (gaps.mean * gaps.mean) : 0
  }

  /// Arrivals from counts per interval: evenly spread over it, or at random places in it.
  public static func spread(
    counts: [Int], interval: Double, evenly: Bool, stream: RandomStream
  ) -> ArrivalSeries {
    var series = ArrivalSeries(times: [])
    var number = 0
    for (row, count) in counts.enumerated() {
      var places = (0..<count).map { i -> Double in
        evenly ? (Double(i) + 0.5) / Double(count) : stream.block(number + i).unit0
      }
      places.sort()
      number += count
      series.times += places.map { (Double(row) + $0) * interval }
      series.works += places.map { _ in .nan }
      series.rows += places.map { _ in Int64(row) }
    }
    return series
  }
}
