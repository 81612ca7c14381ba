import Kernels
import Testing

@Suite struct MajorityVoteTests {
  /// Three classes, four tasks: a clear lead, a tie, no answers, a tie broken by weights.
  private func answers() throws -> CrowdAnswers {
    try CrowdAnswers(
      tasks: [0, 0, 0, 1, 1, 3, 3], workers: [0, 1, 2, 0, 1, 0, 2], labels: [2, 2, 0, 2, 1, 0, 1],
      taskCount: 4, workerCount: 3, classCount: 3)
  }

  @Test func `most votes decide and ties are reported`() throws {
    let vote = MajorityVote(try answers())
    #expect(vote.labels == [2, 1, 0, 0])
    #expect(vote.isTied == [false, true, true, true])
    let third = 1.0 / 3
    #expect(vote.shares[0..<3] == [third, 0, 2 * third])
    #expect(vote.shares[6..<9].allSatisfy { $0 == third })
  }

  @Test func `weights break ties and may overrule the many`() throws {
    let vote = MajorityVote(try answers(), weights: [1, 2, 4])
    #expect(vote.labels == [0, 1, 0, 1])
    #expect(vote.isTied == [false, false, true, false])
    let third = 1.0 / 3
    #expect(vote.shares[3..<6] == [0, 2 * third, third])
  }

  @Test func `equal weights change nothing`() throws {
    let vote = MajorityVote(try answers(), weights: [2, 2, 2])
    #expect(vote == MajorityVote(try answers()))
  }

  @Test func `one class leaves no doubt`() throws {
    let vote = MajorityVote(
      try CrowdAnswers(
        tasks: [0], workers: [0], labels: [0], taskCount: 2, workerCount: 1, classCount: 1))
    #expect(vote.labels == [0, 0] && vote.isTied == [false, false])
  }

  @Test func `columns of different lengths are refused`() {
    #expect(throws: CrowdAnswersError.differentLengths(tasks: 1, workers: 2, labels: 1)) {
      try CrowdAnswers(
        tasks: [0], workers: [0, 0], labels: [0], taskCount: 1, workerCount: 1, classCount: 1)
    }
  }

  @Test(arguments: [
    (2, 0, 0, CrowdAnswersError.Column.task, 2), (0, -1, 0, .worker, 3), (0, 0, 5, .label, 4),
  ])
  func `a number outside its range is refused, and named`(
    task: Int, worker: Int, label: Int, column: CrowdAnswersError.Column, count: Int
  ) {
    let value = [task, worker, label].first { $0 != 0 } ?? 0
    let expected = CrowdAnswersError.outOfRange(column, answer: 1, value: value, count: count)
    #expect(throws: expected) {
      try CrowdAnswers(
        tasks: [0, task], workers: [0, worker], labels: [0, label],
        taskCount: 2, workerCount: 3, classCount: 4)
    }
    #expect(
      expected.description
        == "answer 1: \(column.rawValue) \(value) is not one of 0 ..< \(count)")
  }
}
