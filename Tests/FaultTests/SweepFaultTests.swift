import Foundation
import TestSupport
import Testing

/// What a sweep has and a single run has not: folders of cases, a summary, many steps at a time.
@Suite("A sweep")
struct SweepFaultTests {
  @Test func `that is killed is completed by the next run, which executes only what is missing`()
    throws
  {
    var random = Replay.random("sweep")
    let span = try Undisturbed.seconds(of: .sweep)
    for _ in 0..<Replay.count(6, soak: 100) {
      let moment = Double.random(in: 0...span, using: &random)
      try Scene.use(.sweep) { scene in
        let words: Comment = "killed after \(moment) s; \(Replay.command("SweepFaultTests"))"
        let run = try scene.start()
        Thread.sleep(forTimeInterval: moment)
        run.killGroup()
        _ = try run.wait()
        let unfinished = 4 - scene.publishedKeys.count
        let rerun = try scene.run()
        #expect(rerun.status == 0, "\(rerun.words)\(words)")
        #expect(rerun.executed.count == unfinished, words)
        try scene.expectSound(words)
      }
    }
  }

  @Test(
    "that was killed leaves no temporary name behind after the next run",
    .enabled(if: Interposer.isAvailable, "\(Interposer.needs)"),
    arguments: ["replicate=1/population.h5", "replicate=2/metrics.json", "summary.h5", ".report."])
  func temporaryNames(match: String) throws {
    try Scene.use(.sweep) { scene in
      let fault = try Fault(scene, .killGroup, at: 2, match: match)
      let killed = try scene.start(environment: fault.environment).wait()
      #expect(killed.status == 128 + SIGKILL)
      #expect(try scene.run().status == 0)
      #expect(scene.temporaryNames == [], "killed at the second call on '\(match)'")
    }
  }

  @Test(
    "names and heals what is damaged in a case and in the summary",
    arguments: [
      "cases/share=0.1,replicate=2/population.h5",
      "cases/share=0.2,replicate=1/population.truth.h5", "summary.h5",
    ])
  func damage(file: String) throws {
    var random = Replay.random(file)
    try Scene.use(.sweep) { scene in
      #expect(try scene.run().status == 0)
      let path = scene.results + "/" + file
      let bit = try Int.random(in: 0..<Edit.bytes(of: path).count * 8, using: &random)
      try Edit.keepingTime(of: path) { try Edit.flip(path, bit: bit) }
      let verified = try scene.call("verify")
      #expect(verified.status == 65 && verified.output.contains(file), "\(verified.output)")
      #expect(try scene.run().status == 0)
      try scene.expectSound()
    }
  }

  @Test func `beside another of the same folder executes each case once`() throws {
    for round in 1...Replay.count(3, soak: 50) {
      try Scene.use(.sweep) { scene in
        let outcomes = try scene.runTogether(Array(repeating: .sweep, count: 4))
        for outcome in outcomes { #expect(outcome.status == 0, "\(outcome.words) round \(round)") }
        #expect(outcomes.map(\.executed.count).reduce(0, +) == 4, "round \(round)")
        try scene.expectSound()
      }
    }
  }
}
