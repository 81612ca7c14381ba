/// The label that most workers gave each task.
///
///     let vote = MajorityVote(answers)
///     let verdict = vote.labels[task], doubtful = vote.isTied[task]
///
/// Where several labels share the lead the lowest is taken and the task is reported as tied; so is
/// a task without answers, whose shares are equal. O(answers + tasks x classes).
public struct MajorityVote: Sendable, Equatable {
  public let labels: [Int]
  public let isTied: [Bool]

  /// Each label's share of a task's votes, row-major, tasks x classes; rows sum to 1.
  public let shares: [Double]

  /// Counts each answer once, or with its worker's weight, which must not be negative.
  public init(_ answers: CrowdAnswers, weights: [Double]? = nil) {
    if let weights {
      precondition(weights.count == answers.workerCount, "one weight for each worker")
      precondition(weights.allSatisfy { $0 >= 0 && $0 < .infinity }, "a weight below 0")
    }
    let classes = answers.classCount
    var votes = [Double](repeating: 0, count: answers.taskCount * classes)
    for n in 0..<answers.count {
      votes[answers.tasks[n] * classes + answers.labels[n]] += weights?[answers.workers[n]] ?? 1
    }
    var labels: [Int] = []
    var isTied: [Bool] = []
    for task in 0..<answers.taskCount {
      let row = task * classes..<(task + 1) * classes
      let (label, leaders) = MajorityVote.lead(votes[row])
      labels.append(label)
      isTied.append(leaders > 1)
      Rows.normalise(&votes, row)
    }
    self.labels = labels
    self.isTied = isTied
    shares = votes
  }

  /// The lowest label with the most votes, and how many labels have that many.
  private static func lead(_ votes: ArraySlice<Double>) -> (label: Int, leaders: Int) {
    var label = votes.startIndex
    var leaders = 1
    for rival in votes.indices.dropFirst() {
      if votes[rival] > votes[label] {
        label = rival
        leaders = 1
      } else if votes[rival] == votes[label] {
        leaders += 1
      }
    }
    return (label - votes.startIndex, leaders)
  }
}
