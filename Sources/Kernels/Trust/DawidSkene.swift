/// The true labels of tasks and the reliability of workers, inferred from one another.
///
///     let plain = DawidSkene(answers)
///     let pooled = DawidSkene(answers, prior: .pooled)
///     let label = pooled.labels[task]
///
/// Worker j calls a task of class k by label l with probability confusion[j, k, l], independently
/// of others; expectation-maximisation from the shares of the vote, in logarithms. An iteration
/// costs O(answers x classes + workers x classes^2).
///
/// Source: Dawid, Skene, Applied Statistics 28 (1979).
public struct DawidSkene: Sendable, Equatable {
  /// P(class of the task), row-major, tasks x classes.
  public let posterior: [Double]

  /// P(label | class) of each worker, row-major, workers x classes x labels.
  public let confusion: [Double]

  /// The share of each class.
  public let classPrior: [Double]

  /// The logarithm of the probability of all answers under `confusion` and `classPrior`.
  public let logLikelihood: Double

  public let iterations: Int

  /// The largest change of a posterior probability in the last iteration.
  public let residual: Double
  public let isConverged: Bool
  public let classCount: Int

  /// Iterates until no posterior probability changes by `tolerance`, at most `iterationsMax` times.
  public init(
    _ answers: CrowdAnswers, prior: Prior = .none, tolerance: Double = 1e-5,
    iterationsMax: Int = 100
  ) {
    precondition(iterationsMax > 0 && tolerance > 0)
    var steps = DawidSkeneSteps(answers, prior)
    var iterations = 0
    var residual = Double.infinity
    while iterations < iterationsMax && residual >= tolerance {
      steps.maximise()
      residual = steps.expect()
      iterations += 1
    }
    posterior = steps.posterior
    confusion = steps.confusion
    classPrior = steps.classPrior
    logLikelihood = steps.logLikelihood
    classCount = answers.classCount
    self.iterations = iterations
    self.residual = residual
    isConverged = residual < tolerance
  }

  /// The most probable class of each task; the lowest of equals.
  public var labels: [Int] {
    stride(from: 0, to: posterior.count, by: classCount).map { row in
      (1..<classCount).reduce(0) { posterior[row + $1] > posterior[row + $0] ? $1 : $0 }
    }
  }
}
