import Foundation
import Kernels

/// Dawid and Skene's iteration written slowly: nested arrays, products instead of logarithms.
struct PlainDawidSkene {
  let answers: CrowdAnswers
  let prior: DawidSkene.Prior
  var posterior: [[Double]]
  var confusion: [[[Double]]] = []
  var classPrior: [Double] = []
  var logLikelihood = 0.0

  private var classes: Range<Int> { 0..<answers.classCount }

  init(_ answers: CrowdAnswers, _ prior: DawidSkene.Prior) {
    self.answers = answers
    self.prior = prior
    posterior = (0..<answers.taskCount).map { task in
      PlainDawidSkene.shares(
        (0..<answers.classCount).map { label in
          Double(
            (0..<answers.count).count {
              answers.tasks[$0] == task && answers.labels[$0] == label
            })
        })
    }
  }

  mutating func iterate() {
    classPrior = PlainDawidSkene.shares(
      classes.map { k in posterior.reduce(prior.classPseudocount) { $0 + $1[k] } })
    let counts = (0..<answers.workerCount).map { expectedCounts(worker: $0) }
    let pool = pool(counts)
    confusion = counts.map { worker in
      classes.map { k in
        PlainDawidSkene.shares(classes.map { worker[k][$0] + prior.strength * pool[k][$0] })
      }
    }
    logLikelihood = 0
    posterior = (0..<answers.taskCount).map { task in
      let joint = classes.map { jointProbability(task: task, class: $0) }
      logLikelihood += log(joint.reduce(0, +))
      return PlainDawidSkene.shares(joint)
    }
  }

  private func expectedCounts(worker: Int) -> [[Double]] {
    classes.map { k in
      classes.map { l in
        (0..<answers.count).reduce(0) { sum, n in
          let counts = answers.workers[n] == worker && answers.labels[n] == l
          return counts ? sum + posterior[answers.tasks[n]][k] : sum
        }
      }
    }
  }

  private func pool(_ counts: [[[Double]]]) -> [[Double]] {
    classes.map { k in
      PlainDawidSkene.shares(
        classes.map { l in
          counts.reduce(k == l ? prior.onDiagonal : prior.offDiagonal) { $0 + $1[k][l] }
        })
    }
  }

  private func jointProbability(task: Int, class k: Int) -> Double {
    (0..<answers.count).reduce(classPrior[k]) { product, n in
      answers.tasks[n] == task
        ? product * confusion[answers.workers[n]][k][answers.labels[n]] : product
    }
  }

  private static func shares(_ parts: [Double]) -> [Double] {
    let sum = parts.reduce(0, +)
    return parts.map { sum > 0 ? $0 / sum : 1 / Double(parts.count) }
  }
}
