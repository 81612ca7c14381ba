internal import Foundation

/// The two steps of Dawid and Skene's expectation-maximisation and what passes between them.
///
/// A probability of 0 is kept as such, its logarithm is minus infinity: a class that a task has
/// with any probability has a positive count with each of its answers, so a task never loses all.
struct DawidSkeneSteps {
  private let answers: CrowdAnswers
  private let prior: DawidSkene.Prior
  private let classes: Int

  /// Logarithms of `confusion`, but workers x labels x classes: an answer reads one row.
  private var logConfusion: [Double]

  private(set) var posterior: [Double]
  private(set) var confusion: [Double]
  private(set) var classPrior: [Double]
  private(set) var logLikelihood = -Double.infinity

  /// Starts from the shares of the vote.
  init(_ answers: CrowdAnswers, _ prior: DawidSkene.Prior) {
    self.answers = answers
    self.prior = prior
    classes = answers.classCount
    posterior = MajorityVote(answers).shares
    classPrior = [Double](repeating: 0, count: classes)
    confusion = [Double](repeating: 0, count: answers.workerCount * classes * classes)
    logConfusion = confusion
  }

  /// Class prior and confusion matrices that make the answers likeliest under the posterior.
  mutating func maximise() {
    countClasses()
    countLabels()
    if prior.strength > 0 { addPool() }
    Rows.normalise(&confusion, width: classes)
  }

  /// The posterior under class prior and confusion matrices; returns its largest change.
  mutating func expect() -> Double {
    takeLogarithms()
    var next = sumLogarithms()
    logLikelihood = 0
    var change = 0.0
    for start in stride(from: 0, to: next.count, by: classes) {
      let row = start..<start + classes
      logLikelihood += DawidSkeneSteps.exponentiate(&next, row)
      for i in row { change = max(change, abs(next[i] - posterior[i])) }
    }
    posterior = next
    return change
  }

  private mutating func countClasses() {
    for k in 0..<classes { classPrior[k] = prior.classPseudocount }
    for start in stride(from: 0, to: posterior.count, by: classes) {
      for k in 0..<classes { classPrior[k] += posterior[start + k] }
    }
    Rows.normalise(&classPrior, 0..<classes)
  }

  /// How often each worker is expected to have given each label to each class.
  private mutating func countLabels() {
    for i in confusion.indices { confusion[i] = 0 }
    for n in 0..<answers.count {
      let task = answers.tasks[n] * classes
      let cell = answers.workers[n] * classes * classes + answers.labels[n]
      for k in 0..<classes { confusion[cell + k * classes] += posterior[task + k] }
    }
  }

  private mutating func addPool() {
    let cells = classes * classes
    var pool = [Double](repeating: prior.offDiagonal, count: cells)
    for k in 0..<classes { pool[k * classes + k] = prior.onDiagonal }
    for i in confusion.indices { pool[i % cells] += confusion[i] }
    Rows.normalise(&pool, width: classes)
    for i in confusion.indices { confusion[i] += prior.strength * pool[i % cells] }
  }

  private mutating func takeLogarithms() {
    for worker in 0..<answers.workerCount {
      let start = worker * classes * classes
      for k in 0..<classes {
        for l in 0..<classes {
          logConfusion[start + l * classes + k] = log(confusion[start + k * classes + l])
        }
      }
    }
  }

  /// For each task and class the logarithm of their joint probability with the task's answers.
  private func sumLogarithms() -> [Double] {
    let logPrior = classPrior.map { log($0) }
    var sums = posterior
    for start in stride(from: 0, to: sums.count, by: classes) {
      for k in 0..<classes { sums[start + k] = logPrior[k] }
    }
    for n in 0..<answers.count {
      let task = answers.tasks[n] * classes
      let row = (answers.workers[n] * classes + answers.labels[n]) * classes
      for k in 0..<classes { sums[task + k] += logConfusion[row + k] }
    }
    return sums
  }

  /// Turns a row of logarithms into probabilities that sum to 1; returns the log of their sum.
  private static func exponentiate(_ matrix: inout [Double], _ row: Range<Int>) -> Double {
    var highest = -Double.infinity
    for i in row { highest = max(highest, matrix[i]) }
    var sum = 0.0
    for i in row {
      matrix[i] = exp(matrix[i] - highest)
      sum += matrix[i]
    }
    for i in row { matrix[i] /= sum }
    return highest + log(sum)
  }
}
