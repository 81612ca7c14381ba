/// The pairs of a support forest that keep it from being an equilibrium.
struct SupportFaults {
  /// Pairs with a bid below 0.
  var negative: [Int]
  /// Pairs that offer more bang per buck than their buyer's support.
  var better: [Int]

  var count: Int { negative.count + better.count }
}
