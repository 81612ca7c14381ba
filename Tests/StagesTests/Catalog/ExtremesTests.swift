import Pipeline
import Stages
import TestSupport
import Testing

/// Numbers that make no sense are refused before anything runs, by the name of the parameter.
@Suite("Extremes in a manifest")
struct ExtremesTests {
  @Test(arguments: [
    ("queueing", "nodes", "0"), ("queueing", "servers", "0"), ("queueing", "utilisation", "-1"),
    ("queueing", "utilisation", ".nan"), ("queueing", "utilisation", ".inf"),
    ("queueing", "service_mean", "0"), ("queueing", "customers", "-1"),
    ("queueing", "speeds", "[1, -1]"), ("queueing", "class_shares", "[0]"),
    ("queueing", "repair_mean", ".nan"), ("queueing", "patience_mean", "-1"),
    ("traffic", "nodes", "0"), ("traffic", "utilisation", ".nan"), ("traffic", "requests", "-1"),
    ("traffic", "cpu_pool_workers", "0"), ("population", "nodes", "0"),
    ("population", "clients", "0"), ("population", "rate", "-1"), ("messaging", "rate", "-1"),
    ("messaging", "rate", ".nan"), ("arrivals", "rate", "-1"), ("arrivals", "count", "-1"),
  ])
  func `are named`(stage: String, parameter: String, value: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "kcpipe: 1\nexperiment: {name: a}\nstages: {x: {uses: \(stage), with: {\(parameter): \(value)}}}\n",
      to: "a.yaml")
    let error = #expect(throws: ManifestError.self) {
      _ = try Planner(catalog: stageCatalog).plan(ManifestDecoder(), path: path)
    }
    let text = error?.diagnostics.map(\.rendered).joined(separator: "\n") ?? ""
    #expect(text.contains(parameter), "\(text)")
  }
}
