import Kernels

/// Random numbers, and the queue of events that is fed with them.
extension Workload {
  func drawing(_ kernel: KernelUnderTest) -> Double {
    switch kernel {
    case .philox: philox()
    case .variates: variates()
    case .permutation: permutation()
    case .aliasTable: aliasTable()
    default: hold()
    }
  }

  private func philox() -> Double {
    let stream = stream("philox")
    var sum: UInt64 = 0
    for i in 0..<size { sum &+= stream.block(i).word0 }
    return Double(sum >> 11)
  }

  private func variates() -> Double {
    let draw = Variates(stream("variates"))
    var sum = 0.0
    for _ in 0..<size { sum += draw.lognormal(logMean: 0, logDeviation: 1) + draw.beta(2, 3) }
    return sum
  }

  private func permutation() -> Double {
    let permutation = Permutation(count: size, stream: stream("permutation"))
    var sum = 0
    for i in 0..<size { sum &+= i &* permutation.image(of: i) }
    return Double(sum)
  }

  private func aliasTable() -> Double {
    guard let table = AliasTable(weights: values("weights")) else { return 0 }
    var draw = stream("alias").sequence()
    var sum = 0
    for _ in 0..<size { sum &+= table.draw(draw.unit()) }
    return Double(sum)
  }

  /// The hold model of Jones, Communications of the ACM 29 (1986): a thousandth of the events is
  /// pending, at least 1000, and each that is taken is put back later.
  private func hold() -> Double {
    var queue = EventQueue()
    var draw = stream("hold").sequence()
    for i in 0..<max(1000, size / 1000) {
      queue.push(time: draw.exponential(rate: 1), payload: UInt64(i))
    }
    var last = 0.0
    for _ in 0..<size {
      guard let event = queue.pop() else { break }
      last = event.time
      queue.push(time: event.time + draw.exponential(rate: 1), payload: event.payload)
    }
    return last
  }
}
