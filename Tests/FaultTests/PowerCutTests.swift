import Foundation
import TestSupport
import Testing

/// The machine stops: what was not flushed is lost, in part or as a whole.
@Suite("A power cut", .enabled(if: Interposer.isAvailable, "\(Interposer.needs)"))
struct PowerCutTests {
  @Test func `leaves nothing that the next run does not heal`() throws {
    var random = Replay.random("power cut")
    let total = try Fault.total(of: .single)
    for call in Replay.some(14, of: total, &random) {
      try Scene.use(.single) { scene in
        let words: Comment = "cut at call \(call) of \(total); \(Replay.command("PowerCutTests"))"
        try cut(scene, at: call, &random)
        let rerun = try scene.run()
        #expect(rerun.status == 0, "\(rerun.words)\(words)")
        try scene.expectSound(words)
      }
    }
  }

  @Test func `after a run loses none of its results`() throws {
    try Scene.use(.pair) { scene in
      let fault = try Fault(scene)
      #expect(try scene.run(environment: fault.environment).status == 0)
      let disk = try VolatileDisk(journal: fault.journal)
      // The outputs folder itself belongs to the user; what is in it was made by the program.
      for name in disk.names where name != scene.out {
        try? FileManager.default.removeItem(atPath: name)
      }
      #expect(try scene.run().executed == [])
      try scene.expectSound()
    }
  }

  /// Ends the run at a call; then each thing that was not flushed may be lost.
  private func cut(_ scene: Scene, at call: Int, _ random: inout SplitMix64) throws {
    let fault = try Fault(scene, .killGroup, at: call)
    _ = try scene.start(environment: fault.environment).wait()
    let disk = try VolatileDisk(journal: fault.journal)
    for file in disk.files { try spoil(file, &random) }
    for name in disk.names where Bool.random(using: &random) {
      try? FileManager.default.removeItem(atPath: name)
    }
  }

  /// Empties a file, halves it, fills it with zeros, or leaves it as it is.
  private func spoil(_ path: String, _ random: inout SplitMix64) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else { return }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: try Edit.overwrite(path, with: Data())
    case 1: try Edit.overwrite(path, with: bytes.prefix(bytes.count / 2))
    case 2: try Edit.overwrite(path, with: Data(count: bytes.count))
    default: break
    }
  }
}
