import Foundation
import TestSupport
import Testing

/// Two processes meet at a chosen point: one of them is held before a certain call.
@Suite("A run that is held", .enabled(if: Interposer.isAvailable, "\(Interposer.needs)"))
struct MeetingTests {
  @Test func `makes others wait for it by name, and share its result`() throws {
    try Scene.use(.single) { scene in
      let first = try scene.startStopping(at: 3, on: "main.h5", ["--json"])
      let second = try scene.start()
      #expect(scene.waits { second.errors.contains("waits for") })
      let word = "population: waits for kcpipe run single.yaml (process \(first.run.pid))"
      #expect(second.errors.contains(word), "\(second.errors)")
      #expect(RunOutcome(try first.goOn()).executed == ["population"])
      let result = try second.wait()
      #expect(result.status == 0)
      #expect(!result.errors.contains("executed"), "\(result.errors)")
      try scene.expectSound()
    }
  }

  @Test func `and then dies leaves its step to the one that waits`() throws {
    try Scene.use(.single) { scene in
      let first = try scene.startStopping(at: 3, on: "main.h5")
      let second = try scene.start(["--json"])
      Thread.sleep(forTimeInterval: 0.1)
      first.run.killGroup()
      _ = try first.run.wait()
      #expect(RunOutcome(try second.wait()).executed == ["population"])
      try scene.expectSound()
    }
  }

  @Test func `keeps its temporary folder from gc`() throws {
    try Scene.use(.single) { scene in
      let run = try scene.startStopping(at: 3, on: "main.h5")
      let before = scene.names(below: scene.store + "/tmp")
      #expect(!before.isEmpty)
      #expect(try scene.call("gc", "--keep-runs", "0").status == 0)
      #expect(scene.names(below: scene.store + "/tmp") == before)
      #expect(try run.goOn().status == 0)
      try scene.expectSound()
    }
  }

  @Test("keeps the results that it has made from gc", arguments: ["population.h5", "traffic.h5"])
  func results(held: String) throws {
    try Scene.use(.pair) { scene in
      let run = try scene.startStopping(at: 1, on: held)
      #expect(try scene.call("gc").status == 0)
      let result = try run.goOn()
      #expect(result.status == 0, "\(result.errors)")
      try scene.expectSound()
    }
  }

  @Test func `while it removes a damaged result is not hindered by a sweep`() throws {
    try Scene.use(.single) { scene in
      let key = try #require(try scene.run().key(of: "population"))
      try Edit.flip(scene.objectFolder(key) + "/main.h5", bit: 40_000)
      // The first call sets the old result aside, the next ones remove its files.
      let run = try scene.startStopping(at: 3, on: "discarded")
      #expect(try scene.run(["--until", "population", "--seed", "9"]).status == 0)
      let result = try run.goOn()
      #expect(result.status == 0, "\(result.errors)")
      #expect(try scene.run().status == 0)
      try scene.expectSound()
    }
  }

  @Test func `while it clears a dead writer's folder is not hindered by a sweep`() throws {
    try Scene.use(.pair) { scene in
      let key = try #require(try scene.run().key(of: "traffic"))
      try FileManager.default.removeItem(atPath: scene.store + "/objects")
      // A run waits for the one that computes its first step, when another that had its second step
      // dies and a third begins to sweep.
      let first = try scene.startStopping(at: 3, on: "main.h5", ["--until", "population"])
      let run = try scene.startStopped(at: 1, on: "999999999/0")
      #expect(scene.waits { run.errors.contains("waits for") })
      try scene.leaveBehind(key, parts: 3)
      let sweep = try scene.startStopping(at: 1, on: "999999999/0", ["--until", "population"])
      #expect(try first.goOn().status == 0)
      let held = try scene.whenStopped(run, after: [sweep.pid])
      #expect(try sweep.goOn().status == 0)
      let result = try held.goOn()
      #expect(result.status == 0, "\(result.errors)")
      #expect(try scene.run().status == 0)
      try scene.expectSound()
    }
  }

  @Test func `between two steps does without a worker that died meanwhile`() throws {
    try Scene.use(.branches) { scene in
      let first = try scene.run()
      for step in ["population", "arbitration"] {
        let key = try #require(first.key(of: step))
        try FileManager.default.removeItem(atPath: scene.objectFolder(key))
      }
      // The worker has computed the population and waits, while the engine itself takes the traffic
      // from the store, without which there is nothing more to compute.
      try FileManager.default.removeItem(atPath: scene.results + "/traffic.h5")
      let run = try scene.startStopping(at: 1, on: "traffic.h5", ["--json"])
      #expect(scene.endWorkers(of: run.run))
      let outcome = RunOutcome(try run.goOn())
      #expect(outcome.status == 0, "\(outcome.words)")
      #expect(outcome.executed == ["arbitration", "population"])
      #expect(try scene.run().status == 0)
      try scene.expectSound()
    }
  }

  @Test func `before its first word to a worker outlives the worker's death`() throws {
    try Scene.use(.single) { scene in
      let run = try scene.startStopping(at: 1, on: "|", ["--json"])
      #expect(scene.endWorkers(of: run.run))
      let outcome = RunOutcome(try run.goOn())
      #expect([0, 70].contains(outcome.status), "\(outcome.words)")
      #expect(try scene.run().status == 0)
      try scene.expectSound()
    }
  }
}
