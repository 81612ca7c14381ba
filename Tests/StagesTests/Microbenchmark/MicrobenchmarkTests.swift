import Pipeline
import TestSupport
import Testing

@testable import Stages

/// A benchmark whose work could be left out measures nothing.
@Suite struct `Microbenchmarks` {
  @Test(arguments: KernelUnderTest.allCases)
  func `give a result that follows from size and seed alone`(_ kernel: KernelUnderTest) throws {
    let first = try kernel.work(Workload(size: 200, seed: 7))
    #expect(first.isFinite)
    #expect(try kernel.work(Workload(size: 200, seed: 7)) == first)
    #expect(try kernel.work(Workload(size: 300, seed: 7)) != first, "\(kernel) ignores its size")
  }

  @Test(arguments: KernelUnderTest.allCases)
  func `run at the smallest size`(_ kernel: KernelUnderTest) throws {
    #expect(try !kernel.work(Workload(size: 1, seed: 1)).isNaN)
  }

  @Test func `are written with the kernel's name`() async throws {
    let folder = try TemporaryFolder()
    var parameters = Microbenchmark.Parameters()
    parameters.kernel = .maximumFlow
    parameters.size = 500
    let files = try await StageHarness.run(
      Microbenchmark.self, parameters, seed: 3, in: folder.path)
    let main = try ArtifactReader(opening: #require(files["main"]))
    #expect(try main.scalar(MicrobenchmarkArtifact.kernel) == "maximum_flow")
    #expect(
      try main.scalar(MicrobenchmarkArtifact.result)
        == KernelUnderTest.maximumFlow.work(Workload(size: 500, seed: 3)))
    _ = try StageHarness.report(Microbenchmark.self, parameters, files: files)
  }
}
