import Foundation
import Kernels
import TestSupport

/// Crowds to infer from: simulated ones and the public sets.
enum CrowdFixtures {
  /// Workers who are right with accuracies between 0.35 and 0.95, else name any other class.
  static func simulated(
    tasks: Int, workers: Int, classes: Int, answersPerTask: Int, seed: UInt64
  ) throws -> (answers: CrowdAnswers, truth: [Int]) {
    var draw = RandomStream(seed: seed, name: "crowd").sequence()
    let accuracies = (0..<workers).map { _ in 0.35 + 0.6 * draw.unit() }
    let truth = (0..<tasks).map { _ in draw.index(below: classes) }
    var (task, worker, label): ([Int], [Int], [Int]) = ([], [], [])
    for i in 0..<tasks {
      for j in Array(0..<workers).shuffled(using: &draw).prefix(answersPerTask) {
        let isRight = draw.unit() < accuracies[j]
        task.append(i)
        worker.append(j)
        label.append(isRight ? truth[i] : (truth[i] + 1 + draw.index(below: classes - 1)) % classes)
      }
    }
    let answers = try CrowdAnswers(
      tasks: task, workers: worker, labels: label, taskCount: tasks, workerCount: workers,
      classCount: classes)
    return (answers, truth)
  }

  /// A set of two labels from the shared data; -1 is the truth of a task that has none.
  static func shared(_ name: String) throws -> (answers: CrowdAnswers, truth: [Int]) {
    let rows = try table("data/crowd/\(name)_crowd.txt")
    let truths = try table("data/crowd/\(name)_truth.txt")
    let taskCount = rows.reduce(0) { max($0, $1[0]) }
    var truth = [Int](repeating: -1, count: taskCount)
    for row in truths { truth[row[0] - 1] = row[1] - 1 }
    let answers = try CrowdAnswers(
      tasks: rows.map { $0[0] - 1 }, workers: rows.map { $0[1] - 1 },
      labels: rows.map { $0[2] - 1 }, taskCount: taskCount,
      workerCount: rows.reduce(0) { max($0, $1[1]) }, classCount: 2)
    return (answers, truth)
  }

  static func accuracy(_ labels: [Int], _ truth: [Int]) -> Double {
    let known = truth.indices.filter { truth[$0] >= 0 }
    return Double(known.count { labels[$0] == truth[$0] }) / Double(known.count)
  }

  private static func table(_ path: String) throws -> [[Int]] {
    try String(contentsOfFile: SharedData.path(path), encoding: .utf8)
      .split(whereSeparator: \.isNewline)
      .map { line in line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) } }
  }
}
