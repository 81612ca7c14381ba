import Foundation
import TestSupport
import Testing

/// A folder with a manifest and the outputs of its runs, as a user has it.
struct Scene: Sendable {
  let experiment: Experiment
  let folder: TemporaryFolder
  /// The outputs folder, without symbolic links on the way to it.
  let out: String

  init(_ experiment: Experiment, in name: String = "kcpipe fault") throws {
    self.experiment = experiment
    folder = try TemporaryFolder(name)
    out = URL(fileURLWithPath: folder.path).resolvingSymlinksInPath().path + "/out"
    for one in Experiment.allCases { try folder.write(one.manifest, to: one.rawValue + ".yaml") }
  }

  /// A scene that is removed afterwards: many of them would fill the disk.
  static func use<R>(_ experiment: Experiment, _ body: (Scene) throws -> R) throws -> R {
    let scene = try Scene(experiment)
    defer {
      // A test that was given up may have left a process standing still.
      for pid in ProcessTable.ofProgram(in: scene.folder.path) { Foundation.kill(pid, SIGKILL) }
      try? FileManager.default.removeItem(atPath: scene.folder.path)
    }
    return try body(scene)
  }

  var results: String { out + "/" + experiment.rawValue }
  var store: String { out + "/.kcpipe" }

  var command: [String] { ["run", experiment.rawValue + ".yaml", "--out", out, "--jobs", "2"] }

  /// Starts a run and does not wait for it.
  func start(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> ChildProcess
  {
    try ChildProcess(command + arguments, in: folder.path, environment: environment)
  }

  /// A whole run with its record.
  func run(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> RunOutcome {
    RunOutcome(try start(["--json"] + arguments, environment: environment).wait())
  }

  /// Another command of the program on the same outputs.
  func call(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Result {
    try ChildProcess(arguments + ["--out", out], in: folder.path, environment: environment).wait()
  }

  /// Files and folders below a folder of the scene.
  func names(below folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
  }

  /// Results in the store that are whole: a seal is the last that is written.
  var publishedKeys: [String] {
    names(below: store + "/objects").filter { $0.hasSuffix("/seal.json") }.map {
      (($0 as NSString).deletingLastPathComponent as NSString).lastPathComponent
    }
  }

  /// After a run that was to heal everything: the results are those of an undisturbed run, nothing
  /// is left in the store of dead writers, and `verify` finds no fault.
  func expectSound(
    _ words: Comment = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let whole = try Undisturbed.results(of: experiment)
    let differences = FolderComparison.differences(whole, results)
    #expect(differences == [], words, sourceLocation: sourceLocation)
    let left = names(below: store + "/tmp")
    #expect(left == [], words, sourceLocation: sourceLocation)
    let verified = try call("verify")
    let said: Comment = "\(verified.output)\(verified.errors)\(words)"
    #expect(verified.status == 0, said, sourceLocation: sourceLocation)
  }
}

/// What became of a run: how it ended, and what its record says of each step.
struct RunOutcome {
  let status: Int32
  /// What it complained of, and why steps failed.
  let words: String
  private let steps: [[String: Any]]

  init(_ result: Program.Result) {
    status = result.status
    let record = try? JSONSerialization.jsonObject(with: Data(result.output.utf8))
    steps = (record as? [String: Any])?["steps"] as? [[String: Any]] ?? []
    let failures = steps.compactMap { ($0["failure"] as? [String: Any])?["message"] as? String }
    words = ([result.errors] + failures).joined(separator: "\n")
  }

  /// Names of the steps with a status, in order.
  func steps(_ status: String) -> [String] {
    steps.filter { $0["status"] as? String == status }.compactMap { $0["name"] as? String }.sorted()
  }

  var executed: [String] { steps("executed") }
  var keys: [String] { steps.compactMap { $0["key"] as? String } }

  /// The key of a step.
  func key(of name: String) -> String? {
    steps.first { $0["name"] as? String == name }?["key"] as? String
  }
}
