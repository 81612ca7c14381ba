import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments of a run.
@Suite("A run that is killed")
struct KillTests {
  enum Victim: String, CaseIterable, Sendable {
    case engine, group, worker
    var rounds: Int { Replay.count(self == .worker ? 10 : 25, soak: 250) }
  }

  @Test("is completed by the next one", arguments: Victim.allCases)
  func kill(victim: Victim) throws {
    var random = Replay.random(victim.rawValue)
    let span = try Undisturbed.seconds(of: .branches) * 1.1
    for round in 1...victim.rounds {
      let moment = Double.random(in: 0...span, using: &random)
      try Scene.use(.branches) { scene in
        try disturb(scene, victim, after: moment)
        let words: Comment =
          "\(victim) killed after \(moment) s, round \(round); \(Replay.command("KillTests"))"
        // Every second rerun does not wait for what the dead run's workers still do.
        if round.isMultiple(of: 2) {
          try expectCompletion(scene, words)
          return
        }
        #expect(scene.orphansEnd(), words)
        let unfinished = scene.experiment.steps.count - scene.publishedKeys.count
        #expect(try expectCompletion(scene, words) == unfinished, words)
      }
    }
  }

  private func disturb(_ scene: Scene, _ victim: Victim, after seconds: Double) throws {
    let run = try scene.start()
    Thread.sleep(forTimeInterval: seconds)
    switch victim {
    case .engine: run.kill()
    case .group: run.killGroup()
    case .worker:
      for worker in scene.workers(of: run).prefix(1) { Foundation.kill(worker, SIGKILL) }
    }
    let status = try run.wait().status
    if victim == .worker { #expect([0, 70].contains(status), "a dead worker fails its step only") }
  }

  /// The number of steps that the rerun executed.
  @discardableResult
  private func expectCompletion(_ scene: Scene, _ words: Comment) throws -> Int {
    let rerun = try scene.run()
    #expect(rerun.status == 0, "\(rerun.words)\(words)")
    try scene.expectSound(words)
    #expect(scene.orphansEnd(), words)
    return rerun.executed.count
  }

  @Test("leaves no repetition behind that a collection does not remove", arguments: [1, 2, 3])
  func repetition(round: Int) throws {
    var random = Replay.random("repetition \(round)")
    try Scene.use(.branches) { scene in
      #expect(try scene.run().status == 0)
      let repetition = try ChildProcess(
        ["verify", "branches.yaml", "--repeat", "2", "--out", scene.out], in: scene.folder.path)
      Thread.sleep(forTimeInterval: Double.random(in: 0.05...0.2, using: &random))
      repetition.killGroup()
      _ = try repetition.wait()
      #expect(try scene.call("gc").status == 0)
      let left = try FileManager.default.contentsOfDirectory(atPath: scene.store)
      #expect(left.filter { $0.hasPrefix("scratch") } == [], "\(Replay.command("KillTests"))")
    }
  }
}

extension Scene {
  /// The worker processes of a run, in no order.
  func workers(of run: ChildProcess) -> [Int32] {
    let program = Set(ProcessTable.ofProgram(in: folder.path))
    return ProcessTable.children(of: run.pid).filter(program.contains)
  }

  /// Waits until no process of the scene runs any more; false if some never end.
  func orphansEnd() -> Bool {
    waits { ProcessTable.ofProgram(in: folder.path).isEmpty }
  }
}
