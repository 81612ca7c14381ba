/// Why columns of numbers are not the answers of a crowd.
public enum CrowdAnswersError: Error, Equatable {
  /// Which of the three columns holds a value.
  public enum Column: String, Sendable {
    case task, worker, label
  }

  case differentLengths(tasks: Int, workers: Int, labels: Int)

  /// The answer at this index names a task, worker or label outside 0 ..< count.
  case outOfRange(Column, answer: Int, value: Int, count: Int)
}

extension CrowdAnswersError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .differentLengths(let tasks, let workers, let labels):
      "\(tasks) tasks, \(workers) workers and \(labels) labels are not columns of one table"
    case .outOfRange(let column, let answer, let value, let count):
      "answer \(answer): \(column.rawValue) \(value) is not one of 0 ..< \(count)"
    }
  }
}
