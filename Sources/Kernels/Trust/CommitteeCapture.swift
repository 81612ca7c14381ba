/// The risk that a committee drawn from a population holds too many corrupt members.
///
///     let risk = CommitteeCapture(population: 1000, corrupt: 300, committee: 31)
///     risk.breaksAgreement    // 0.31: "below one third" holds for the population, not the draw
///
/// The number of corrupt members is hypergeometric; tails are O(committee), exact to rounding.
public struct CommitteeCapture: Sendable, Equatable {
  public let population: Int
  public let corrupt: Int
  public let committee: Int

  public init(population: Int, corrupt: Int, committee: Int) {
    precondition(corrupt >= 0 && corrupt <= population)
    precondition(committee >= 1 && committee <= population)
    self.population = population
    self.corrupt = corrupt
    self.committee = committee
  }

  /// The most corrupt members f with which agreement is possible: 3f + 1 <= committee.
  public var faultsTolerated: Int { (committee - 1) / 3 }

  /// P(more than `faultsTolerated` members are corrupt).
  public var breaksAgreement: Double { probability(above: faultsTolerated) }

  /// P(more than half of the members are corrupt).
  public var hasMajority: Double { probability(above: committee / 2) }

  /// P(more than `members` members are corrupt).
  public func probability(above members: Int) -> Double {
    DiscreteTail.hypergeometric(
      above: members, population: population, marked: corrupt, draws: committee)
  }
}
