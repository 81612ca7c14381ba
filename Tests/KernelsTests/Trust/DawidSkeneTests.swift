import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct DawidSkeneTests {
  /// 97 of 108 tasks are .898; 742 and 738 of 800 are .928 and .923.
  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: [("bluebird", 97, 97), ("rte", 742, 738)])
  func `public crowds are read as well as measured`(
    name: String, plain: Int, pooled: Int
  ) throws {
    let (answers, truth) = try CrowdFixtures.shared(name)
    for (prior, right) in [(DawidSkene.Prior.none, plain), (.pooled, pooled)] {
      let inferred = DawidSkene(answers, prior: prior)
      #expect(inferred.isConverged)
      let accuracy = CrowdFixtures.accuracy(inferred.labels, truth)
      #expect(accuracy == Double(right) / Double(truth.count))
    }
  }

  /// Both by an independent program in double precision.
  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: [("bluebird", 15, -1888.116755), ("rte", 22, -3679.629036)])
  func `public crowds take the known iterations to the known likelihood`(
    name: String, iterations: Int, logLikelihood: Double
  ) throws {
    let inferred = DawidSkene(try CrowdFixtures.shared(name).answers)
    #expect(inferred.iterations == iterations)
    #expect(abs(inferred.logLikelihood - logLikelihood) < 1e-6)
  }

  @Test(arguments: [2, 3, 5], 1...4 as ClosedRange<UInt64>)
  func `the steps are those of a plain reading of the paper`(classes: Int, seed: UInt64) throws {
    let (answers, _) = try CrowdFixtures.simulated(
      tasks: 20, workers: 6, classes: classes, answersPerTask: 4, seed: seed)
    for prior in [DawidSkene.Prior.none, .pooled] {
      for iterations in [1, 2, 7] {
        let inferred = DawidSkene(
          answers, prior: prior, tolerance: 1e-300, iterationsMax: iterations)
        var slow = PlainDawidSkene(answers, prior)
        for _ in 0..<iterations { slow.iterate() }
        expectClose(inferred.posterior, slow.posterior.flatMap { $0 })
        expectClose(inferred.confusion, slow.confusion.flatMap { $0.flatMap { $0 } })
        expectClose(inferred.classPrior, slow.classPrior)
        #expect(abs(inferred.logLikelihood - slow.logLikelihood) < 1e-9)
      }
    }
  }

  @Test(arguments: [2, 4], 1...4 as ClosedRange<UInt64>)
  func `the likelihood never falls`(classes: Int, seed: UInt64) throws {
    let (answers, _) = try CrowdFixtures.simulated(
      tasks: 60, workers: 9, classes: classes, answersPerTask: 3, seed: seed)
    let likelihoods = (1...30).map {
      DawidSkene(answers, tolerance: 1e-300, iterationsMax: $0).logLikelihood
    }
    #expect(zip(likelihoods, likelihoods.dropFirst()).allSatisfy { $1 >= $0 - 1e-9 })
  }

  @Test(arguments: [2, 4], 1...3 as ClosedRange<UInt64>)
  func `a crowd is read better than by its majority`(classes: Int, seed: UInt64) throws {
    let (answers, truth) = try CrowdFixtures.simulated(
      tasks: 2000, workers: 20, classes: classes, answersPerTask: 5, seed: seed)
    let majority = CrowdFixtures.accuracy(MajorityVote(answers).labels, truth)
    for prior in [DawidSkene.Prior.none, .pooled] {
      let inferred = DawidSkene(answers, prior: prior)
      #expect(inferred.isConverged == (inferred.residual < 1e-5))
      #expect(CrowdFixtures.accuracy(inferred.labels, truth) > majority)
    }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `all that is inferred are probabilities`(seed: UInt64) throws {
    let (answers, _) = try CrowdFixtures.simulated(
      tasks: 30, workers: 8, classes: 3, answersPerTask: 2, seed: seed)
    for prior in [DawidSkene.Prior.none, .pooled] {
      let inferred = DawidSkene(answers, prior: prior)
      for matrix in [inferred.posterior, inferred.confusion, inferred.classPrior] {
        #expect(matrix.allSatisfy { $0 >= 0 && $0 <= 1 })
        for row in stride(from: 0, to: matrix.count, by: 3) {
          #expect(abs(matrix[row] + matrix[row + 1] + matrix[row + 2] - 1) < 1e-14)
        }
      }
    }
  }

  @Test func `unanimous workers are believed`() throws {
    let answers = try CrowdAnswers(
      tasks: [0, 0, 1, 1], workers: [0, 1, 0, 1], labels: [0, 0, 1, 1],
      taskCount: 2, workerCount: 2, classCount: 2)
    let inferred = DawidSkene(answers)
    #expect(inferred.posterior == [1, 0, 0, 1])
    #expect(inferred.confusion == [1, 0, 0, 1, 1, 0, 0, 1])
    #expect(inferred.iterations == 1 && inferred.isConverged)
    #expect(inferred.labels == [0, 1])
  }

  @Test func `a task without answers has the class prior, an idle worker the pool`() throws {
    let answers = try CrowdAnswers(
      tasks: [0, 0, 1], workers: [0, 1, 0], labels: [0, 0, 1],
      taskCount: 3, workerCount: 3, classCount: 2)
    let inferred = DawidSkene(answers, prior: .pooled)
    expectClose(Array(inferred.posterior[4...]), inferred.classPrior)
    #expect(DawidSkene(answers).confusion[8...] == [0.5, 0.5, 0.5, 0.5])
    #expect(inferred.confusion[8] > 0.5 && inferred.confusion[11] > 0.5)
  }

  @Test func `no answers at all are no failure`() throws {
    let answers = try CrowdAnswers(
      tasks: [], workers: [], labels: [], taskCount: 0, workerCount: 0, classCount: 2)
    let inferred = DawidSkene(answers)
    #expect(inferred.isConverged && inferred.posterior.isEmpty && inferred.labels.isEmpty)
    #expect(inferred.classPrior == [0.5, 0.5] && inferred.logLikelihood == 0)
  }

  @Test func `an iteration too few is reported`() throws {
    let (answers, _) = try CrowdFixtures.simulated(
      tasks: 60, workers: 9, classes: 2, answersPerTask: 3, seed: 1)
    let inferred = DawidSkene(answers, iterationsMax: 1)
    #expect(!inferred.isConverged && inferred.iterations == 1 && inferred.residual >= 1e-5)
  }

  private func expectClose(_ a: [Double], _ b: [Double]) {
    #expect(a.count == b.count)
    for (x, y) in zip(a, b) { #expect(abs(x - y) < 1e-10) }
  }
}
