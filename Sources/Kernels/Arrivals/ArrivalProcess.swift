import Foundation

/// A random process of arrivals on a line of time, in seconds.
///
///     let process = ArrivalProcess.selfExciting(base: 2, branching: 0.5, decay: 10)
///     let times = process.times(count: 10_000, stream: stream)      // mean rate 4
public enum ArrivalProcess: Sendable, Equatable {
  /// Independent arrivals at one rate.
  case poisson(rate: Double)
  /// Poisson at the rate of a state; states follow each other in a circle, each for an exponential
  /// time of its mean.
  case markovModulated(rates: [Double], stays: [Double])
  /// Each arrival brings `branching` others on average, at an intensity that falls off with `decay`
  /// (Hawkes).
  case selfExciting(base: Double, branching: Double, decay: Double)
  /// Poisson at rate (1 + amplitude sin(2 pi (t / period - phase))).
  case diurnal(rate: Double, amplitude: Double, period: Double, phase: Double)

  /// Arrivals for each second in the long run.
  public var meanRate: Double {
    switch self {
    case .poisson(let rate), .diurnal(let rate, _, _, _): rate
    case .markovModulated(let rates, let stays):
      zip(rates, stays).reduce(0) { $0 + $1.0 * $1.1 } / stays.reduce(0, +)
    case .selfExciting(let base, let branching, _): base / (1 - branching)
    }
  }

  /// What is wrong with the numbers; nil for a process.
  public var fault: String? {
    func isPositive(_ value: Double) -> Bool { value > 0 && value.isFinite }
    switch self {
    case .poisson(let rate): return isPositive(rate) ? nil : "a rate of \(rate)"
    case .markovModulated(let rates, let stays):
      guard rates.count == stays.count, !rates.isEmpty else {
        return "\(rates.count) rates and \(stays.count) stays"
      }
      guard rates.allSatisfy({ $0 >= 0 && $0.isFinite }), rates.contains(where: { $0 > 0 }) else {
        return "rates \(rates)"
      }
      return stays.allSatisfy(isPositive) ? nil : "stays \(stays)"
    case .selfExciting(let base, let branching, let decay):
      guard branching >= 0, branching < 1 else {
        return "a branching ratio of \(branching), from 1 on arrivals grow without end"
      }
      return isPositive(base) && isPositive(decay) ? nil : "a base of \(base), a decay of \(decay)"
    case .diurnal(let rate, let amplitude, let period, _):
      guard amplitude >= 0, amplitude <= 1 else { return "an amplitude of \(amplitude)" }
      return isPositive(rate) && isPositive(period) ? nil : "a rate of \(rate)"
    }
  }

  /// The first `count` arrivals, rising; O(count), for modulated rates times the longest rest.
  public func times(count: Int, stream: RandomStream) -> [Double] {
    var draw = stream.sequence()
    var times: [Double] = []
    times.reserveCapacity(count)
    switch self {
    case .poisson(let rate):
      var now = 0.0
      while times.count < count {
        now += draw.exponential(rate: rate)
        times.append(now)
      }
    case .markovModulated(let rates, let stays):
      fillModulated(&times, count, rates, stays, &draw)
    case .selfExciting(let base, let branching, let decay):
      fillSelfExciting(&times, count, (base, branching, decay), &draw)
    case .diurnal(let rate, let amplitude, let period, let phase):
      fillDiurnal(&times, count, (rate, amplitude, period, phase), &draw)
    }
    return times
  }

  /// An exponential time is without memory, so a new state begins a new wait.
  private func fillModulated(
    _ times: inout [Double], _ count: Int, _ rates: [Double], _ stays: [Double],
    _ draw: inout RandomSequence
  ) {
    var (now, state) = (0.0, 0)
    var end = draw.exponential(rate: 1 / stays[0])
    while times.count < count {
      let next = rates[state] > 0 ? now + draw.exponential(rate: rates[state]) : .infinity
      if next < end {
        now = next
        times.append(now)
      } else {
        now = end
        state = (state + 1) % rates.count
        end = now + draw.exponential(rate: 1 / stays[state])
      }
    }
  }

  /// Thinning: the intensity only falls between arrivals, so its present value bounds what follows.
  ///
  /// Source: Ogata, IEEE Transactions on Information Theory 27 (1981), algorithm 2.
  private func fillSelfExciting(
    _ times: inout [Double], _ count: Int,
    _ law: (base: Double, branching: Double, decay: Double), _ draw: inout RandomSequence
  ) {
    var (now, excitement) = (0.0, 0.0)
    while times.count < count {
      let bound = law.base + excitement
      let wait = draw.exponential(rate: bound)
      now += wait
      excitement *= exp(-law.decay * wait)
      if draw.unit() * bound <= law.base + excitement {
        times.append(now)
        excitement += law.branching * law.decay
      }
    }
  }

  /// Thinning at the highest rate; Lewis, Shedler, Naval Research Logistics Quarterly 26 (1979).
  private func fillDiurnal(
    _ times: inout [Double], _ count: Int,
    _ law: (rate: Double, amplitude: Double, period: Double, phase: Double),
    _ draw: inout RandomSequence
  ) {
    let bound = law.rate * (1 + law.amplitude)
    var now = 0.0
    while times.count < count {
      now += draw.exponential(rate: bound)
      let rate = law.rate * (1 + law.amplitude * sin(2 * .pi * (now / law.period - law.phase)))
      if draw.unit() * bound <= rate { times.append(now) }
    }
  }
}
