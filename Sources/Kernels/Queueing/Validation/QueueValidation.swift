/// Compares simulations with exact answers by intervals over independent replications.
///
/// A quantity passes when the interval for its mean over the replications holds the exact value and
/// is narrow enough to prove something; runs are lengthened until it is. All intervals hold together
/// with `confidence` (Bonferroni). One long run with a fixed tolerance would be a false test: at load
/// 0.9 a mean wait over 10^6 messages is still off by 2 % half of the time.
public struct QueueValidation: Sendable {
  public var replications = 64
  public var confidence = 0.999
  public var threads = 1
  /// Messages of a replication beyond which no run is lengthened.
  public var customersMax = 1 << 25

  public init() {}

  /// What came of one quantity.
  public struct Result: Sendable, Equatable {
    public let caseName: String
    public let quantity: String
    public let exact: Double
    public let mean: Double
    public let halfWidth: Double
    public let relativeWidthMax: Double
    /// Messages of all replications.
    public let customers: Int

    /// The interval holds the exact value, up to what the sketch of quantiles rounds.
    public var holds: Bool { abs(mean - exact) <= halfWidth + QueueValidation.sketchError * exact }
    public var isNarrow: Bool { halfWidth <= relativeWidthMax * abs(exact) }
    public var passes: Bool { holds && isNarrow }
  }

  static let sketchError = 0.001

  /// Checks one case; `comparisons` is the number of all quantities that are to hold together.
  public func check(
    _ one: QueueCase, comparisons: Int, stream: RandomStream
  ) async throws -> [Result] {
    var customers = one.customers
    while true {
      let length = customers
      let runs = try await Replications.run(replications, threads: threads) { index in
        try observe(one, customers: length, stream.substream(UInt64(index)))
      }
      let results = one.quantities.indices.map { i in
        result(one, i, runs.map { $0[i] }, comparisons, customers: length)
      }
      if results.allSatisfy(\.isNarrow) || customers >= customersMax { return results }
      customers = min(customersMax, longer(customers, results))
    }
  }

  /// Half-widths fall with the square root of the length; a tenth more makes up for their noise.
  private func longer(_ customers: Int, _ results: [Result]) -> Int {
    let excess = results.map { $0.halfWidth / ($0.relativeWidthMax * abs($0.exact)) }.max() ?? 1
    let factor = min(max(1.1 * excess * excess, 1.5), 64)
    return Int(Double(customers) * factor)
  }

  private func result(
    _ one: QueueCase, _ index: Int, _ values: [Double], _ comparisons: Int, customers: Int
  ) -> Result {
    let quantity = one.quantities[index]
    let interval = MeanInterval(values, confidence: confidence, comparisons: comparisons)
    return Result(
      caseName: one.name, quantity: quantity.name, exact: quantity.exact, mean: interval.mean,
      halfWidth: interval.halfWidth, relativeWidthMax: quantity.relativeWidthMax,
      customers: customers * replications)
  }

  /// The quantities of one replication.
  private func observe(
    _ one: QueueCase, customers: Int, _ stream: RandomStream
  ) throws -> [Double] {
    var simulation = try NetworkSimulation(
      one.network, one.run(customers: customers), stream: stream)
    var detail = QueueDetail(relativeError: Self.sketchError)
    let slice = 1 << 20
    if one.needsDetail {
      while simulation.advance(events: slice, into: &detail) { try Task.checkCancellation() }
    } else {
      while simulation.advance(events: slice) { try Task.checkCancellation() }
    }
    let summary = simulation.summary
    return one.quantities.map { $0.observe(summary, detail) }
  }
}
