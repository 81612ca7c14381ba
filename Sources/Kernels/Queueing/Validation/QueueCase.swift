/// A queueing system whose exact answers are known: what to simulate, and what must come out.
///
/// Each family of `parameters` makes one, so that any parameters of a family can be checked.
public struct QueueCase: Sendable {
  public let name: String
  public let network: QueueNetwork
  public let quantities: [Quantity]
  /// Messages of one replication to begin with.
  public let customers: Int
  /// Whether quantiles or probabilities of counts are asked for.
  public var needsDetail: Bool { quantities.contains { $0.needsDetail } }

  /// A number that is known exactly and can be read off a run.
  public struct Quantity: Sendable {
    public enum Kind: Sendable {
      /// A mean or probability: the interval must be narrower than 2 %.
      case mean
      /// A variance or quantile: 10 % will do.
      case spread
    }

    public let name: String
    public let exact: Double
    public let kind: Kind
    let needsDetail: Bool
    let observe: @Sendable (NetworkSummary, QueueDetail) -> Double

    /// The largest half-width of an interval that still proves something, as a share of the value.
    public var relativeWidthMax: Double { kind == .mean ? 0.02 : 0.1 }

    static func mean(
      _ name: String, _ exact: Double, _ observe: @escaping @Sendable (NetworkSummary) -> Double
    ) -> Quantity {
      Quantity(name: name, exact: exact, kind: .mean, needsDetail: false) { run, _ in observe(run) }
    }

    static func spread(
      _ name: String, _ exact: Double, _ observe: @escaping @Sendable (NetworkSummary) -> Double
    ) -> Quantity {
      Quantity(name: name, exact: exact, kind: .spread, needsDetail: false) { run, _ in
        observe(run)
      }
    }

    static func detail(
      _ name: String, _ exact: Double, _ kind: Kind,
      _ observe: @escaping @Sendable (QueueDetail) -> Double
    ) -> Quantity {
      Quantity(name: name, exact: exact, kind: kind, needsDetail: true) { _, detail in
        observe(detail)
      }
    }
  }

  init(_ name: String, _ network: QueueNetwork, customers: Int = 100_000, _ quantities: [Quantity])
  {
    self.name = name
    self.network = network
    self.customers = customers
    self.quantities = quantities
  }

  /// The same questions to another network, to see that they tell the two apart.
  public func simulating(_ other: QueueNetwork) -> QueueCase {
    QueueCase(name, other, customers: customers, quantities)
  }

  /// A run of this case in its steady state: a fifth as many messages again warm it up.
  public func run(customers: Int) -> NetworkRun {
    NetworkRun(warmup: max(1000, customers / 5), customers: customers, isSteady: true)
  }
}
