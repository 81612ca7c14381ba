import Foundation
import TestSupport
import Testing

/// Everything that lies beside the artifacts is damaged in turn.
@Suite("A damaged record")
struct RecordDamageTests {
  enum Damage: String, CaseIterable, Sendable {
    case garbage, empty, truncated, unreadable, deleted, replacedByFolder
  }

  enum Record: String, CaseIterable, Sendable {
    case seal = ".kcpipe/objects/*/seal.json"
    case notes = ".kcpipe/objects/*/notes.json"
    case index = ".kcpipe/runs.sqlite"
    case snapshot = ".kcpipe/snapshots/pair"
    case archived = ".kcpipe/runs/*"
    case run = "pair/run.json"
    case metrics = "pair/metrics.json"
    case report = "pair/report.md"
    case log = "pair/log.txt"
    case resources = "pair/resources.md"
    case figure = "pair/figures/*"

    /// The files of this kind, in full.
    func paths(in scene: Scene) -> [String] {
      let parts = rawValue.split(separator: "*").map(String.init)
      return scene.names(below: scene.out).filter { name in
        name.hasPrefix(parts[0]) && (parts.count == 1 || name.hasSuffix(parts[1]))
      }.map { scene.out + "/" + $0 }.filter { !Edit.isFolder($0) }
    }
  }

  @Test("is made anew by run", arguments: Record.allCases)
  func healing(record: Record) throws {
    try Scene.use(.pair) { scene in
      #expect(try scene.run().status == 0)
      for damage in Damage.allCases {
        let paths = record.paths(in: scene)
        // What only saves time need not be there again.
        if paths.isEmpty, record == .notes || record == .archived { continue }
        try #require(!paths.isEmpty, "\(record) before it was \(damage)")
        for path in paths { try Self.apply(damage, path) }
        try expectHealing(scene, record, "\(record) \(damage)")
      }
    }
  }

  private func expectHealing(_ scene: Scene, _ record: Record, _ words: Comment) throws {
    let next = try scene.run()
    #expect(next.status == 0, "\(next.words)\(words)")
    #expect(record == .seal || next.executed == [], words)
    try scene.expectSound(words)
    let runs = try scene.call("list", "runs")
    #expect(runs.status == 0 && runs.output.contains("pair-"), words)
  }

  @Test(
    "is named by verify", arguments: [Record.seal, .run], [Damage.garbage, .empty, .truncated])
  func naming(record: Record, damage: Damage) throws {
    try Scene.use(.pair) { scene in
      #expect(try scene.run().status == 0)
      for path in record.paths(in: scene) { try Self.apply(damage, path) }
      let verified = try scene.call("verify")
      #expect(verified.status == 65, "\(verified.output)")
    }
  }

  @Test func `is noticed at any byte of a seal`() throws {
    var random = Replay.random("seal")
    for _ in 0..<Replay.count(12, soak: 400) {
      try Scene.use(.pair) { scene in
        #expect(try scene.run().status == 0)
        let path = try #require(Record.seal.paths(in: scene).randomElement(using: &random))
        let size = try Edit.bytes(of: path).count
        let bit = Int.random(in: 0..<size * 8, using: &random)
        try Edit.flip(path, bit: bit)
        let words: Comment = "bit \(bit) of \(path); \(Replay.command("RecordDamageTests"))"
        #expect(try scene.call("verify").status == 65, words)
        #expect(try scene.run().status == 0, words)
        try scene.expectSound(words)
      }
    }
  }

  @Test func `in which a digit of a result was changed gives no other metric`() throws {
    try Scene.use(.branches) { scene in
      let run = try scene.run()
      let seal = scene.objectFolder(try #require(run.key(of: "assessment"))) + "/seal.json"
      let text = try String(contentsOfFile: seal, encoding: .utf8)
      let changed = text.replacing(#""auc_posterior":1"#, with: #""auc_posterior":0"#)
      try #require(changed != text)
      try Edit.overwrite(seal, with: Data(changed.utf8))
      #expect(try scene.call("verify").status == 65)
      #expect(try scene.run().status == 0)
      try scene.expectSound()
    }
  }

  private static func apply(_ damage: Damage, _ path: String) throws {
    switch damage {
    case .garbage: try Edit.overwrite(path, with: Data("\u{1}no such thing\n".utf8))
    case .empty: try Edit.overwrite(path, with: Data())
    case .truncated:
      let bytes = try Edit.bytes(of: path)
      try Edit.overwrite(path, with: bytes.prefix(bytes.count / 2))
    case .deleted: try FileManager.default.removeItem(atPath: path)
    case .unreadable: try Edit.set(0, of: path)
    case .replacedByFolder:
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
  }
}
