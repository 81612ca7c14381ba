/// P(good): the probability that a majority decides rightly, exactly.
///
///     GoodMajority.probability(deciders: 11, accuracy: 0.6)      // 0.7535
///     GoodMajority.panel(arbiters: 31, honestAccuracy: 0.75, corruptShare: 0.4)
///
/// A majority is strict: more than half; a tie is not a right decision. As the number of deciders
/// grows P(good) tends to 1, 1/2 or 0 for an accuracy above, at or below 1/2 (Condorcet).
public enum GoodMajority {
  /// P(Binomial(deciders, accuracy) > deciders / 2); O(deciders).
  public static func probability(deciders: Int, accuracy: Double) -> Double {
    precondition(deciders >= 0 && accuracy >= 0 && accuracy <= 1)
    return DiscreteTail.binomial(above: deciders / 2, trials: deciders, p: accuracy)
  }

  /// P(more than half are right) for independent deciders of unequal accuracy.
  ///
  /// The tail of the Poisson-binomial law by dynamic programming over the deciders, O(n^2).
  public static func probability(accuracies: [Double]) -> Double {
    precondition(accuracies.allSatisfy { $0 >= 0 && $0 <= 1 })
    let deciders = accuracies.count
    var right = [Double](repeating: 0, count: deciders + 1)
    right[0] = 1
    for (seen, accuracy) in accuracies.enumerated() {
      for k in stride(from: seen + 1, to: 0, by: -1) {
        right[k] = right[k] * (1 - accuracy) + right[k - 1] * accuracy
      }
      right[0] *= 1 - accuracy
    }
    return right[(deciders / 2 + 1)...].reduce(0, +)
  }

  /// P(good) of 2 x pairs deciders who toss fair coins: 1/2 - C(2n, n) / 2^(2n + 1) for n pairs.
  ///
  /// (2n)! / 4^n sum over i = 1 ... n of 1 / ((n + i)! (n - i)!), summed. It tends to 1/2 from
  /// below; what is missing is half of the ties. Free of rounding while 2n bits and the bits of 2n
  /// fit in 53, up to 24 pairs.
  public static func coinTosses(pairs: Int) -> Double {
    precondition(pairs >= 0)
    return 0.5 - coinTossTie(pairs: pairs) / 2
  }

  /// The probability C(2n, n) / 4^n of a tie between 2n deciders who toss fair coins.
  public static func coinTossTie(pairs: Int) -> Double {
    var tie = 1.0
    for pair in 0..<pairs { tie = tie * Double(2 * pair + 1) / Double(2 * pair + 2) }
    return tie
  }

  /// P(good) of arbiters who are corrupt with probability `corruptShare`, and then always lie.
  ///
  /// P(Binomial(c, (1 - q) p) > c / 2): it turns at `criticalCorruptShare`, not at one third.
  public static func panel(arbiters: Int, honestAccuracy: Double, corruptShare: Double) -> Double {
    precondition(corruptShare >= 0 && corruptShare <= 1)
    return probability(deciders: arbiters, accuracy: (1 - corruptShare) * honestAccuracy)
  }

  /// The corrupt share 1 - 1 / (2p) at which a growing panel turns from right to wrong.
  ///
  /// Negative for an accuracy below 1/2: such a panel is wrong without corruption.
  public static func criticalCorruptShare(honestAccuracy: Double) -> Double {
    precondition(honestAccuracy > 0 && honestAccuracy <= 1)
    return 1 - 1 / (2 * honestAccuracy)
  }

  /// P(corrupt | complaint) by Bayes from the corrupt share and both groups' complaint rates.
  ///
  /// Where nobody is ever complained of, a complaint says nothing: the share itself.
  public static func corruptGivenComplaint(
    corruptShare: Double, complaintRateCorrupt: Double, complaintRateHonest: Double
  ) -> Double {
    precondition(corruptShare >= 0 && corruptShare <= 1)
    precondition(complaintRateCorrupt >= 0 && complaintRateHonest >= 0)
    let justified = corruptShare * complaintRateCorrupt
    let all = justified + (1 - corruptShare) * complaintRateHonest
    return all > 0 ? justified / all : corruptShare
  }
}
