/// Answers of workers to tasks: answer n says that worker workers[n] gave task tasks[n] the label
/// labels[n].
///
///     let answers = try CrowdAnswers(
///       tasks: [0, 0, 0], workers: [0, 1, 2], labels: [1, 1, 0],
///       taskCount: 1, workerCount: 3, classCount: 2)
///
/// All are counted from 0. A task may have any number of answers, also none, and a worker may
/// answer one more than once.
public struct CrowdAnswers: Sendable, Equatable {
  public let tasks: [Int]
  public let workers: [Int]
  public let labels: [Int]
  public let taskCount: Int
  public let workerCount: Int
  public let classCount: Int

  /// Checks that the columns are equally long and every number is below its count.
  public init(
    tasks: [Int], workers: [Int], labels: [Int], taskCount: Int, workerCount: Int, classCount: Int
  ) throws(CrowdAnswersError) {
    precondition(taskCount >= 0 && workerCount >= 0 && classCount >= 1)
    guard tasks.count == workers.count && tasks.count == labels.count else {
      throw .differentLengths(tasks: tasks.count, workers: workers.count, labels: labels.count)
    }
    try CrowdAnswers.check(tasks, .task, taskCount)
    try CrowdAnswers.check(workers, .worker, workerCount)
    try CrowdAnswers.check(labels, .label, classCount)
    self.tasks = tasks
    self.workers = workers
    self.labels = labels
    self.taskCount = taskCount
    self.workerCount = workerCount
    self.classCount = classCount
  }

  /// The number of answers.
  public var count: Int { tasks.count }

  private static func check(
    _ values: [Int], _ column: CrowdAnswersError.Column, _ count: Int
  ) throws(CrowdAnswersError) {
    if let answer = values.firstIndex(where: { $0 < 0 || $0 >= count }) {
      throw .outOfRange(column, answer: answer, value: values[answer], count: count)
    }
  }
}
