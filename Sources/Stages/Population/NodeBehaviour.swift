/// How a node deals with its clients (requirements N6, N15).
public enum NodeBehaviour: String, CaseIterable, Sendable {
  case honest
  /// Charges more than it quoted.
  case overcharge
  /// Replies with less quality than it was paid for.
  case underserve
  /// Lets requests time out behind a feigned failure.
  case obstruct
  /// Serves friends better and others worse than they paid for.
  case favour

  /// The code in datasets: the place among all cases.
  var code: Int8 { Int8(Self.allCases.firstIndex(of: self) ?? 0) }

  /// The corrupt ones.
  static let corrupt: [NodeBehaviour] = allCases.filter { $0 != .honest }
}
