import Foundation

/// Executes a plan several times in fresh stores and compares what came out.
public struct Repetition: Sendable {
  private let plan: Plan
  private let catalog: StageCatalog
  private let libraries: [String: String]

  public init(_ plan: Plan, catalog: StageCatalog, libraries: [String: String]) {
    self.plan = plan
    self.catalog = catalog
    self.libraries = libraries
  }

  /// - Returns: one line per dataset that differs between the first execution and a later one, with
  ///   the first place and both values; none if all are equal.
  public func run(
    times: Int, jobs: [Int], in scratch: String, executable: String
  ) async throws -> [String] {
    var first: [StepResult] = []
    var lines: [String] = []
    for i in 0..<max(2, times) {
      var options = Engine.Options()
      options.jobs = jobs[i % jobs.count]
      options.threads = options.jobs
      let folder = RunFolder(path: "\(scratch)/run\(i)")
      let engine = Engine(
        catalog: catalog, libraries: libraries,
        store: ArtifactStore(root: "\(scratch)/store\(i)"), executable: executable)
      let results = await engine.run(plan, in: folder, options: options) { _ in }
      if let failed = results.first(where: { $0.status == .failed })?.failure { throw failed }
      if i == 0 {
        first = results
      } else {
        lines += try differences(first, "\(scratch)/run0", results, folder.path, execution: i + 1)
      }
    }
    return lines
  }

  private func differences(
    _ first: [StepResult], _ firstFolder: String, _ other: [StepResult], _ otherFolder: String,
    execution: Int
  ) throws -> [String] {
    var lines: [String] = []
    for (i, (a, b)) in zip(first, other).enumerated() {
      for output in a.known?.outputs ?? [] {
        guard let same = b.known?.output(output.name), same.contentDigest != output.contentDigest,
          let file = plan.files(of: plan.steps[i], output: output.name).first
        else { continue }
        let readers = (
          try ArtifactReader(opening: firstFolder + "/" + file),
          try ArtifactReader(opening: otherFolder + "/" + file)
        )
        let sets = try DatasetComparison.compare(
          output.datasets.digests(), in: readers.0, same.datasets.digests(), in: readers.1)
        lines += sets.map { "execution 1 and \(execution): \(file):\($0.description)" }
      }
    }
    return lines
  }
}

extension JSONText {
  /// What the entry of a run record says of an artifact's datasets.
  func digests() throws -> [DatasetDigest] {
    try JSONDecoder().decode([DatasetDigest].self, from: Data(utf8))
  }
}
