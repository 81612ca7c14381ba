import Foundation
import TestSupport
import Testing

/// Every artifact of a finished run is damaged in turn, in the store and in the run folder.
@Suite("A damaged artifact")
struct DamageTests {
  enum Damage: String, CaseIterable, Sendable {
    case truncated, emptied, flipped, editedAtEqualTime, ofAnotherRun, deleted, replacedByFolder
    case unreadable

    /// Whether the file stays the same one: then all links to it show the damage.
    var isInPlace: Bool { self != .deleted && self != .replacedByFolder }
  }

  enum Place: String, CaseIterable, Sendable {
    case store, runFolder
  }

  @Test("is named by verify and healed by run", arguments: Damage.allCases, Place.allCases)
  func healing(damage: Damage, place: Place) throws {
    var random = Replay.random(damage.rawValue + place.rawValue)
    let other = try Scene(.pair)
    #expect(try other.run(["--seed", "4"]).status == 0)
    try Scene.use(.pair) { scene in
      for artifact in artifacts(of: try scene.run(), in: place) {
        // Where the two places are links to one file, it is damaged in the store only.
        if damage.isInPlace, place == .runFolder, try isLinked(scene, artifact) { continue }
        let words: Comment = "\(artifact.file) in \(place); \(Replay.command("DamageTests"))"
        try Self.apply(damage, scene, artifact, other, &random)
        try expectNamed(scene, artifact, damage, words)
        let healed = try scene.run()
        #expect(healed.status == 0, "\(healed.words)\(words)")
        try scene.expectSound(words)
        #expect(healed.executed.allSatisfy { $0 == artifact.step }, "\(healed.executed) \(words)")
      }
    }
  }

  @Test("is never fed downstream", arguments: Damage.allCases)
  func downstream(damage: Damage) throws {
    var random = Replay.random("downstream" + damage.rawValue)
    let other = try Scene(.pair)
    #expect(try other.run(["--seed", "4"]).status == 0)
    try Scene.use(.pair) { scene in
      let run = try scene.run()
      for artifact in artifacts(of: run, in: .store) where artifact.step == "population" {
        try Self.apply(damage, scene, artifact, other, &random)
      }
      // What was made of it is gone, so that it would be read again.
      let traffic = try #require(run.key(of: "traffic"))
      try FileManager.default.removeItem(atPath: scene.objectFolder(traffic))
      let next = try scene.run()
      #expect(next.status == 0, "\(next.words)")
      #expect(next.executed.contains("traffic"))
      try scene.expectSound()
    }
  }

  // MARK: Artifacts

  struct Artifact: Sendable {
    let step: String
    /// Relative to the outputs folder.
    let file: String
    /// The same output of the run with another seed.
    let counterpart: String
  }

  private func artifacts(of run: RunOutcome, in place: Place) -> [Artifact] {
    [("population", ""), ("population", "truth"), ("traffic", ""), ("traffic", "log")].map {
      step, output in
      let placed = "pair/\(step)\(output.isEmpty ? "" : "." + output).h5"
      let key = run.key(of: step) ?? ""
      let stored = ".kcpipe/objects/\(key.prefix(2))/\(key)/\(output.isEmpty ? "main" : output).h5"
      return Artifact(
        step: step, file: place == .store ? stored : placed, counterpart: placed)
    }
  }

  private static func apply(
    _ damage: Damage, _ scene: Scene, _ artifact: Artifact, _ other: Scene,
    _ random: inout SplitMix64
  ) throws {
    let path = scene.out + "/" + artifact.file
    let bytes = try Edit.bytes(of: path)
    let bit = Int.random(in: 0..<bytes.count * 8, using: &random)
    switch damage {
    case .truncated: try Edit.overwrite(path, with: bytes.prefix(bit / 8))
    case .emptied: try Edit.overwrite(path, with: Data())
    case .flipped: try Edit.flip(path, bit: bit)
    case .editedAtEqualTime: try Edit.keepingTime(of: path) { try Edit.flip(path, bit: bit) }
    case .ofAnotherRun:
      let foreign = try Edit.bytes(of: other.out + "/" + artifact.counterpart)
      try Edit.keepingTime(of: path) { try Edit.overwrite(path, with: foreign) }
    case .deleted: try FileManager.default.removeItem(atPath: path)
    case .replacedByFolder:
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    case .unreadable: try Edit.set(0, of: path)
    }
  }

  private func isLinked(_ scene: Scene, _ artifact: Artifact) throws -> Bool {
    let path = scene.out + "/" + artifact.file
    let count = try FileManager.default.attributesOfItem(atPath: path)[.referenceCount] as? Int
    return (count ?? 1) > 1
  }

  private func expectNamed(
    _ scene: Scene, _ artifact: Artifact, _ damage: Damage, _ words: Comment
  ) throws {
    let verified = try scene.call("verify")
    // The superuser reads it all the same, and so it is sound.
    if damage == .unreadable, geteuid() == 0 {
      #expect(verified.status == 0, words)
      return
    }
    #expect(verified.status == 65, words)
    let name = (artifact.file as NSString).lastPathComponent
    let lines = verified.output.split(separator: "\n")
    #expect(lines.contains { $0.contains("damaged") && $0.contains(name) }, words)
  }
}

extension Scene {
  func objectFolder(_ key: String) -> String { "\(store)/objects/\(key.prefix(2))/\(key)" }
}
