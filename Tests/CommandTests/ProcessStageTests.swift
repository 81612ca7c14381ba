import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Programs as stages")
struct ProcessStageTests {
  /// One relay and one program that reads it; `script` finds the JSON file in `$1`.
  private func folder(_ script: String, with: String = "", retry: Int = 0) throws -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      input=$(sed -n 's/.*"source": "\\(.*\\)".*/\\1/p' "$1")
      output=$(sed -n 's/.*"output": "\\(.*\\)".*/\\1/p' "$1")
      \(script)

      """, to: "program.sh")
    try folder.write(
      """
      kcpipe: 1
      experiment: {name: own}
      stages:
        source: {uses: relay, with: {rows: 3}}
        own:
          uses: process
          in: {source: source}
          with: {command: [sh, program.sh], files: [program.sh]\(with)}
          retry: \(retry)
      metrics: {total: {from: own, path: total}}
      """, to: "own.yaml")
    return folder
  }

  private func run(_ folder: TemporaryFolder) throws -> Program.Result {
    try Program.run(["run", "own.yaml", "--json"], in: folder.path)
  }

  private func statuses(_ result: Program.Result) throws -> [String] {
    try RunRecord(json: Data(result.output.utf8)).steps.map(\.status.rawValue)
  }

  @Test func `are run once, and again when a declared file changes`() throws {
    let folder = try folder("cp \"$input\" \"$output\"")
    #expect(try statuses(run(folder)) == ["executed", "executed"])
    #expect(try statuses(run(folder)) == ["cached", "cached"])
    let metrics = try String(
      contentsOfFile: folder.path + "/outputs/own/metrics.json", encoding: .utf8)
    #expect(metrics.contains("\"value\": 3.0"), "\(metrics)")
    let text = try String(contentsOfFile: folder.path + "/program.sh", encoding: .utf8)
    try folder.write(text + "# changed\n", to: "program.sh")
    #expect(try statuses(run(folder)) == ["cached", "executed"])
  }

  @Test func `a limit is no part of the key, a parameter is`() throws {
    let folder = try folder("cp \"$input\" \"$output\"", with: ", time_limit_s: 50")
    _ = try run(folder)
    let text = try String(contentsOfFile: folder.path + "/own.yaml", encoding: .utf8)
    try folder.write(text.replacing("time_limit_s: 50", with: "time_limit_s: 40"), to: "own.yaml")
    #expect(try statuses(run(folder)) == ["cached", "cached"])
    try folder.write(
      text.replacing("time_limit_s: 50", with: "parameters: {k: 1}"), to: "own.yaml")
    #expect(try statuses(run(folder)) == ["cached", "executed"])
  }

  @Test(
    "that fail are told with their last words, and nothing is published",
    arguments: [
      ("echo 'no luck' >&2; exit 3", "", "ended with code 3", "no luck"),
      ("kill -9 $$", "", "ended by signal 9", "own: the program"),
      ("true", "", "wrote no file", "`output`"),
      ("echo text > \"$output\"", "", "cannot be used", "a readable HDF5 file"),
      ("sleep 60", ", time_limit_s: 0.3", "time limit of 300.0 ms", "own: the program"),
    ])
  func failures(script: String, with: String, words: String, more: String) throws {
    let folder = try folder(script, with: with)
    let result = try Program.run(["run", "own.yaml"], in: folder.path)
    #expect(result.status == 70, "\(result.errors)")
    #expect(result.errors.contains(words) && result.errors.contains(more), "\(result.errors)")
    #expect(!folder.files.contains { $0.hasSuffix("own.h5") || $0.contains("/tmp/") })
  }

  @Test func `a program that is not there is named`() throws {
    let folder = try folder("true")
    let text = try String(contentsOfFile: folder.path + "/own.yaml", encoding: .utf8)
    try folder.write(text.replacing("[sh, ", with: "[no-such-program, "), to: "own.yaml")
    let result = try Program.run(["run", "own.yaml"], in: folder.path)
    #expect(result.status == 70)
    #expect(result.errors.contains("'no-such-program' cannot be started"), "\(result.errors)")
  }

  @Test func `memory is limited`() throws {
    let folder = try folder(
      "dd if=/dev/zero of=/dev/null bs=400M count=1 && cp \"$input\" \"$output\"",
      with: ", memory_limit_mb: 100")
    let result = try Program.run(["run", "own.yaml"], in: folder.path)
    #expect(result.status == 70, "\(result.errors)")
  }

  @Test func `a failed step is tried again as often as the manifest says`() throws {
    let counter = try TemporaryFolder().path + "/count"
    let folder = try folder(
      """
      echo x >> '\(counter)'
      test "$(wc -l < '\(counter)')" -ge 3 || exit 1
      cp "$input" "$output"
      """, retry: 2)
    let result = try Program.run(["run", "own.yaml"], in: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("tried again"))
  }
}
