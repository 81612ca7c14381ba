import Foundation
import TestSupport
import Testing

/// The drawing program fails in one run and works in the next.
@Suite("A drawing program", .enabled(if: InstalledTool.path("gnuplot") != nil, "needs gnuplot"))
struct DrawingTests {
  enum Trouble: String, CaseIterable, Sendable {
    /// Refuses to start.
    case refuses = "exit 1"
    /// Is killed on the way, as by a system that is out of memory.
    case killed = "kill -9 $$"
  }

  @Test("that failed once draws the next time", arguments: Trouble.allCases)
  func once(trouble: Trouble) throws {
    try Scene.use(.single) { scene in
      let path = try wrapper(scene, trouble)
      let first = try scene.run(environment: ["PATH": path, "KCPIPE_TEST_TROUBLE": "1"])
      #expect(first.status == 0, "\(first.words)")
      #expect(try scene.run(environment: ["PATH": path]).status == 0)
      try scene.expectSound()
    }
  }

  /// A path on which gnuplot does what it is told by the environment, else its work.
  private func wrapper(_ scene: Scene, _ trouble: Trouble) throws -> String {
    let real = InstalledTool.path("gnuplot") ?? "gnuplot"
    let script = try scene.folder.write(
      "#!/bin/sh\n[ -z \"$KCPIPE_TEST_TROUBLE\" ] || \(trouble.rawValue)\nexec \(real) \"$@\"\n",
      to: "bin/gnuplot")
    try Edit.set(0o755, of: script)
    return scene.folder.path + "/bin:/usr/bin:/bin"
  }
}
