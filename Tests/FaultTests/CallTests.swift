import Foundation
import TestSupport
import Testing

/// The n-th call that changes a file, or sends a word between engine and worker, is the last one.
@Suite(
  "A run that ends at its n-th call", .enabled(if: Interposer.isAvailable, "\(Interposer.needs)"))
struct CallTests {
  @Test("is completed by the next one", arguments: [Fault.Action.kill, .killGroup])
  func everyCall(action: Fault.Action) throws {
    var random = Replay.random(action.rawValue)
    let total = try Fault.total(of: .single)
    for call in Replay.some(16, of: total, &random) {
      try Scene.use(.single) { scene in
        let words: Comment =
          "\(action) at call \(call) of \(total); \(Replay.command("CallTests"))"
        let fault = try Fault(scene, action, at: call)
        _ = try scene.start(environment: fault.environment).wait()
        #expect(scene.orphansEnd(), words)
        let rerun = try scene.run()
        #expect(rerun.status == 0, "\(rerun.words)\(words)")
        try scene.expectSound(words)
      }
    }
  }

  @Test(
    "leaves no temporary name behind after the next one",
    arguments: [
      // The first call on a name makes it, the second fills it.
      ("log.txt", 2), ("population.h5", 2), ("metrics.json", 2), (".report.", 2),
      ("report.md", 2), ("run.json", 2), ("resources.md", 2), ("snapshots/", 2), ("runs/", 2),
      // The notes are written once before the result is published, and once after its links.
      ("notes.json", 2), ("notes.json", 5),
    ])
  func temporaryNames(match: String, call: Int) throws {
    try Scene.use(.single) { scene in
      let fault = try Fault(scene, .killGroup, at: call, match: match)
      let killed = try scene.start(environment: fault.environment).wait()
      #expect(killed.status == 128 + SIGKILL, "there are calls on '\(match)' to die at")
      #expect(try scene.run().status == 0)
      #expect(scene.temporaryNames == [], "killed at call \(call) on '\(match)'")
    }
  }
}

extension Scene {
  /// Names below the outputs folder that only a running process may use.
  var temporaryNames: [String] {
    names(below: out).filter {
      $0.contains(".tmp") || $0.contains(".nosync") || $0.contains("/tmp/")
    }
  }
}
