import Foundation
import TestSupport
import Testing

/// What the program can say of runs that are over.
@Suite("Records of runs")
struct RecordCommandTests {
  /// A small experiment of two steps, run once.
  private func makeRun() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      kcpipe: 1
      experiment: {name: small, seed: 3}
      params: {nodes: 12, requests: 500}
      stages:
        population: {uses: population, with: {nodes: "${nodes}", clients: 50}}
        traffic:
          uses: traffic
          in: {population: population, truth: population.truth}
          with: {requests: "${requests}"}
      metrics:
        wait_mean: {from: traffic, path: wait_mean, tolerance: {rel: 0.5}}
      """, to: "small.yaml")
    let result = try Program.run(["run", "small.yaml", "-q"], in: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    return folder
  }

  @Test func `why names the parameter that changed, with both values`() throws {
    let folder = try makeRun()
    let same = try Program.run(["why", "traffic", "small.yaml"], in: folder.path)
    #expect(same.output.hasPrefix("traffic: cached, nothing changed"))
    let changed = try Program.run(
      ["why", "traffic", "small.yaml", "--param", "requests=600"], in: folder.path)
    #expect(changed.output.contains("parameters.requests: 500 -> 600"), "\(changed.output)")
    let upstream = try Program.run(
      ["why", "traffic", "small.yaml", "--param", "nodes=13"], in: folder.path)
    #expect(upstream.output.contains("parameters.nodes: 12 -> 13"), "\(upstream.output)")
    #expect(upstream.output.contains("its input population is made first"))
  }

  @Test func `verify finds a flipped byte, and nothing in sound results`() throws {
    let folder = try makeRun()
    #expect(try Program.run(["verify"], in: folder.path).status == 0)
    let path = folder.path + "/outputs/small/traffic.h5"
    let times = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try handle.seek(toOffset: 5000)
    let byte = try #require(try handle.read(upToCount: 1)?.first)
    try handle.seek(toOffset: 5000)
    try handle.write(contentsOf: Data([byte ^ 1]))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: times as Any], ofItemAtPath: path)
    let damaged = try Program.run(["verify"], in: folder.path)
    #expect(damaged.status == 65)
    #expect(damaged.output.contains("traffic.h5"))
    #expect(try Program.run(["run", "small.yaml"], in: folder.path).status == 0)
    #expect(try Program.run(["verify"], in: folder.path).status == 0)
  }

  @Test func `verify --repeat executes again and finds equal datasets`() throws {
    let folder = try makeRun()
    let result = try Program.run(
      ["verify", "small.yaml", "--repeat", "2", "--jobs", "1,2"], in: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("2 executions gave equal datasets"))
  }

  @Test func `rerun executes from the record alone and compares every dataset`() throws {
    let folder = try makeRun()
    try FileManager.default.removeItem(atPath: folder.path + "/small.yaml")
    let result = try Program.run(["rerun", "outputs/small/run.json"], in: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(" equal, 0 not"), "\(result.output)")
    #expect(try Program.run(["rerun", "smal"], in: folder.path).status == 65)
    let left = folder.files.filter { $0.contains("scratch") }
    #expect(left == [])
  }

  @Test func `rerun names a missing input by its digest`() throws {
    let folder = try TemporaryFolder()
    try folder.write("time\n1\n2\n", to: "times.csv")
    try folder.write(
      """
      kcpipe: 1
      experiment: {name: trace}
      stages: {replay: {uses: traffic, with: {source: csv, log: times.csv}}}
      """, to: "trace.yaml")
    #expect(try Program.run(["run", "trace.yaml", "-q"], in: folder.path).status == 0)
    #expect(try Program.run(["rerun", "trace"], in: folder.path).status == 0)
    try folder.write("time\n1\n3\n", to: "times.csv")
    let result = try Program.run(["rerun", "trace"], in: folder.path)
    #expect(result.status == 65)
    #expect(result.errors.contains("SHA-256"), "\(result.errors)")
  }

  @Test func `diff names the first differing place, and knows equal runs`() throws {
    let folder = try makeRun()
    let first = folder.path + "/first"
    try FileManager.default.copyItem(atPath: folder.path + "/outputs/small", toPath: first)
    let equal = try Program.run(["diff", first, "outputs/small"], in: folder.path)
    #expect(equal.status == 0)
    #expect(equal.output == "equal\n")
    _ = try Program.run(["run", "small.yaml", "-q", "--seed", "4"], in: folder.path)
    let different = try Program.run(["diff", first, "outputs/small"], in: folder.path)
    #expect(different.status == 4)
    #expect(different.output.contains("parameter seed: 3 -> 4"))
    #expect(different.output.contains("traffic.h5:sent_time[0]:"), "\(different.output)")
  }

  @Test func `gc keeps what recent runs refer to and frees the rest`() throws {
    let folder = try makeRun()
    _ = try Program.run(["run", "small.yaml", "-q", "--param", "requests=600"], in: folder.path)
    let dry = try Program.run(["gc", "--keep-runs", "1", "--dry-run"], in: folder.path)
    #expect(dry.output.contains("1 results"), "\(dry.output)")
    #expect(try Program.run(["gc", "--keep-runs", "1"], in: folder.path).status == 0)
    let again = try Program.run(
      ["run", "small.yaml", "--param", "requests=600"], in: folder.path)
    #expect(again.output.contains("2 cached"), "\(again.output)")
    let old = try Program.run(["run", "small.yaml"], in: folder.path)
    #expect(old.output.contains("1 executed"), "\(old.output)")
  }
}
