import Foundation
import TestSupport
import Testing

/// Runs that are process 1 of a name space of their own, as in a container.
@Suite("In a container", .enabled(if: Sandbox.numbering != nil, "\(Sandbox.needs)"))
struct ContainerTests {
  /// `$1` program, the rest its arguments: the shell becomes the program and stays process 1.
  private static let script = #"exec "$@""#

  private func start(_ scene: Scene, _ arguments: [String] = []) throws -> ChildProcess {
    try Sandbox.start(
      Sandbox.numbering, Self.script, [Program.executable] + scene.command + arguments,
      in: scene.folder.path)
  }

  @Test func `a run completes as process 1`() throws {
    try Scene.use(.branches) { scene in
      let outcome = RunOutcome(try start(scene, ["--json"]).wait())
      #expect(outcome.status == 0, "\(outcome.words)")
      #expect(outcome.executed == scene.experiment.steps)
      try scene.expectSound()
      #expect(RunOutcome(try start(scene, ["--json"]).wait()).executed == [])
    }
  }

  @Test func `a run that was killed is completed by the next, with the same process numbers`()
    throws
  {
    var random = Replay.random("container")
    let span = try Undisturbed.seconds(of: .branches)
    for _ in 0..<Replay.count(3, soak: 50) {
      try Scene.use(.branches) { scene in
        let run = try start(scene)
        let moment = Double.random(in: 0...span, using: &random)
        Thread.sleep(forTimeInterval: moment)
        for one in ProcessTable.ofProgram(in: scene.folder.path) { Foundation.kill(one, SIGKILL) }
        run.killGroup()
        _ = try run.wait()
        let words: Comment = "killed after \(moment) s; \(Replay.command("ContainerTests"))"
        let rerun = RunOutcome(try start(scene, ["--json"]).wait())
        #expect(rerun.status == 0, "\(rerun.words)\(words)")
        try scene.expectSound(words)
      }
    }
  }

  @Test func `a run that is told to end cleans up and ends with 143`() throws {
    try Scene.use(.long) { scene in
      let run = try start(scene)
      #expect(scene.waits { !scene.names(below: scene.store + "/tmp").isEmpty })
      for engine in ProcessTable.children(of: run.pid) { Foundation.kill(engine, SIGTERM) }
      let result = try run.wait()
      #expect(result.status == 128 + SIGTERM, "\(result.errors)")
      #expect(scene.orphansEnd())
      #expect(scene.names(below: scene.store + "/tmp") == [])
    }
  }

  @Test("runs with equal process numbers share an outputs folder", arguments: [2, 4])
  func together(count: Int) throws {
    for round in 1...Replay.count(3, soak: 50) {
      try Scene.use(.branches) { scene in
        let runs = try (0..<count).map { _ in try start(scene, ["--json"]) }
        let outcomes = try runs.map { RunOutcome(try $0.wait()) }
        for outcome in outcomes { #expect(outcome.status == 0, "\(outcome.words) round \(round)") }
        let executed = outcomes.map(\.executed.count).reduce(0, +)
        #expect(executed == scene.experiment.steps.count, "round \(round)")
        try scene.expectSound()
      }
    }
  }

  @Test(
    "a living run's files are not swept from outside",
    .enabled(if: Interposer.isAvailable, "\(Interposer.needs)"),
    arguments: [
      ("population.h5", 4), ("metrics.json", 3), (".report.", 2), ("report.md", 3), ("run.json", 3),
      ("resources.md", 3), ("snapshots/", 3),
    ])
  func living(match: String, call: Int) throws {
    try Scene.use(.single) { scene in
      let held = try scene.startStopping(at: call, on: match)
      #expect(try start(scene).wait().status == 0)
      let result = try held.goOn()
      #expect(result.status == 0, "held at call \(call) on \(match): \(result.errors)")
      #expect(try scene.run().status == 0)
      try scene.expectSound()
    }
  }
}
