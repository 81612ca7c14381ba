import Foundation
import TestSupport
import Testing

/// Several runs that are started together in one outputs folder.
@Suite("Runs at once")
struct ConcurrencyTests {
  private static let rounds = Replay.count(5, soak: 50)
  private static let fewRounds = Replay.count(3, soak: 50)

  @Test("execute each step once, with one manifest", arguments: [2, 8])
  func sameManifest(count: Int) throws {
    for round in 1...Self.rounds {
      try expectOnce(Array(repeating: .branches, count: count), "round \(round)")
    }
  }

  @Test("execute each step once, with manifests that share steps", arguments: [2, 8])
  func differentManifests(count: Int) throws {
    let kinds: [Experiment] = [.branches, .relative, .pair, .single]
    for round in 1...Self.rounds {
      try expectOnce((0..<count).map { kinds[$0 % kinds.count] }, "round \(round)")
    }
  }

  private func expectOnce(_ experiments: [Experiment], _ words: Comment) throws {
    try Scene.use(.branches) { scene in
      let outcomes = try scene.runTogether(experiments)
      for outcome in outcomes { #expect(outcome.status == 0, "\(outcome.words) \(words)") }
      let executed = outcomes.map(\.executed.count).reduce(0, +)
      #expect(executed == Set(outcomes.flatMap(\.keys)).count, words)
      for experiment in Set(experiments) {
        let whole = try Undisturbed.results(of: experiment)
        let here = scene.out + "/" + experiment.rawValue
        #expect(FolderComparison.differences(whole, here) == [], words)
      }
      try scene.expectSound(words)
      #expect(scene.temporaryNames == [], words)
    }
  }

  @Test func `of one experiment with different seeds leave the folder of one of them`() throws {
    for round in 1...Self.fewRounds {
      try Scene.use(.pair) { scene in
        let runs = try ["3", "4", "3", "4"].map { try scene.start(["--json", "--seed", $0]) }
        let outcomes = try runs.map { RunOutcome(try $0.wait()) }
        for outcome in outcomes { #expect(outcome.status == 0, "\(outcome.words) round \(round)") }
        #expect(outcomes.map(\.executed.count).reduce(0, +) == 4)
        let verified = try scene.call("verify")
        #expect(verified.status == 0, "\(verified.output) round \(round)")
        #expect(try scene.run().executed == [])
        try scene.expectSound()
      }
    }
  }

  @Test func `are all in the index`() throws {
    for round in 1...Self.fewRounds {
      try Scene.use(.single) { scene in
        _ = try scene.runTogether(Array(repeating: .single, count: 8))
        let archived = scene.names(below: scene.store + "/runs").count
        let listed = try scene.call("list", "runs").output.split(separator: "\n").dropFirst()
        #expect(listed.count == archived, "round \(round)")
      }
    }
  }

  @Test func `never speak of waiting for nobody`() throws {
    for _ in 0..<Self.fewRounds {
      try Scene.use(.branches) { scene in
        let runs = try (0..<8).map { _ in try scene.start() }
        let lines = try runs.flatMap { try $0.wait().errors.split(separator: "\n") }
        let known = ": waits for kcpipe run branches.yaml (process "
        let nameless = lines.filter { $0.contains(": waits for") && !$0.contains(known) }
        #expect(nameless == [])
      }
    }
  }

  @Test func `all succeed over the leavings of a crash`() throws {
    for round in 1...Self.fewRounds {
      try Scene.use(.branches) { scene in
        for key in try scene.run().keys { try scene.leaveBehind(key, parts: 100) }
        try FileManager.default.removeItem(atPath: scene.store + "/objects")
        let outcomes = try scene.runTogether(Array(repeating: .branches, count: 8))
        for outcome in outcomes { #expect(outcome.status == 0, "\(outcome.words) round \(round)") }
        try scene.expectSound()
      }
    }
  }

  @Test func `all succeed when some are forced and some are not`() throws {
    for round in 1...Self.fewRounds {
      try Scene.use(.branches) { scene in
        #expect(try scene.run().status == 0)
        let runs = try [["--force"], [], ["--force"], [], ["--force"], []].map { force in
          try scene.start(["--json"] + force)
        }
        let outcomes = try runs.map { RunOutcome(try $0.wait()) }
        for outcome in outcomes { #expect(outcome.status == 0, "\(outcome.words) round \(round)") }
        try scene.expectSound()
      }
    }
  }
}

extension Scene {
  /// What a writer of a key leaves in the store when it dies.
  func leaveBehind(_ key: String, parts: Int) throws {
    for part in 0..<parts {
      try folder.write("half", to: "out/.kcpipe/tmp/\(key).999999999/\(part)")
    }
  }

  /// Starts runs at the same time and waits for all of them.
  func runTogether(_ experiments: [Experiment]) throws -> [RunOutcome] {
    let runs = try experiments.map { one in
      try ChildProcess(
        ["run", one.rawValue + ".yaml", "--out", out, "--jobs", "2", "--json"], in: folder.path)
    }
    return try runs.map { RunOutcome(try $0.wait()) }
  }
}
