import Kernels
import Testing

@Suite struct CommitteeCaptureTests {
  @Test(arguments: ArbiterCases.captures)
  func `committees are captured as in the exact table`(row: ArbiterCases.Capture) {
    let risk = CommitteeCapture(population: 1000, corrupt: row.corrupt, committee: row.committee)
    #expect(risk.faultsTolerated == (row.committee == 31 ? 10 : 33))
    #expect(abs(risk.breaksAgreement - row.breaksAgreement) <= 1e-12 * row.breaksAgreement)
    #expect(abs(risk.hasMajority - row.hasMajority) <= 1e-12 * row.hasMajority)
  }

  @Test func `nobody corrupt captures nothing, everybody all`() {
    let clean = CommitteeCapture(population: 50, corrupt: 0, committee: 7)
    #expect(clean.breaksAgreement == 0 && clean.hasMajority == 0)
    let rotten = CommitteeCapture(population: 50, corrupt: 50, committee: 7)
    #expect(rotten.breaksAgreement == 1 && rotten.hasMajority == 1)
  }

  @Test func `the whole population holds exactly its corrupt members`() {
    let all = CommitteeCapture(population: 10, corrupt: 3, committee: 10)
    #expect(all.faultsTolerated == 3 && all.breaksAgreement == 0)
    #expect(all.probability(above: 2) == 1)
  }

  /// Every committee of a small population, counted.
  @Test(arguments: [1, 4, 7, 12], [0, 1, 5, 12])
  func `tails equal the count of all committees`(committee: Int, corrupt: Int) {
    let population = 12
    let isCorrupt = (1 << corrupt) - 1
    let risk = CommitteeCapture(population: population, corrupt: corrupt, committee: committee)
    let draws = (0..<1 << population).filter { $0.nonzeroBitCount == committee }
    for members in -1...committee {
      let captured = draws.count { ($0 & isCorrupt).nonzeroBitCount > members }
      let exact = Double(captured) / Double(draws.count)
      #expect(abs(risk.probability(above: members) - exact) <= 1e-14)
    }
  }
}
