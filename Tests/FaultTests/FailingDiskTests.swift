import Foundation
import TestSupport
import Testing

/// A disk that is full, read-only or broken from some call on.
@Suite("A disk that fails", .enabled(if: Interposer.isAvailable, "\(Interposer.needs)"))
struct FailingDiskTests {
  static let actions: [Fault.Action] = [.full, .readOnly, .broken]

  @Test("ends the run with its reason, and the next one completes it", arguments: actions)
  func failure(action: Fault.Action) throws {
    var random = Replay.random(action.rawValue)
    let total = try Fault.total(of: .pair)
    for call in Replay.some(10, of: total, &random) {
      try Scene.use(.pair) { scene in
        let words: Comment =
          "\(action.rawValue) from call \(call) of \(total) on; \(Replay.command("FailingDiskTests"))"
        try expectReason(scene, try Fault(scene, action, at: call), words)
        #expect(try partialFiles(scene) == [], words)
        let rerun = try scene.run()
        #expect(rerun.status == 0, "\(rerun.words)\(words)")
        try scene.expectSound(words)
      }
    }
  }

  /// A run whose results are whole may succeed: what is lost then can be made again at any time.
  private func expectReason(_ scene: Scene, _ fault: Fault, _ words: Comment) throws {
    let result = try scene.start(environment: fault.environment).wait()
    if result.status == 0 {
      let whole = try Undisturbed.results(of: scene.experiment)
      #expect(FolderComparison.differences(whole, scene.results) == [], words)
    } else {
      #expect(result.status == 70, words)
      let said = result.output + result.errors
      let hasReason = fault.action?.words.map(said.contains)
      #expect(hasReason == true, "\(said)\(words)")
      #expect(!said.contains("internal error"), "\(said)\(words)")
    }
  }

  /// Published files that hold anything but what an undisturbed run has there.
  private func partialFiles(_ scene: Scene) throws -> [String] {
    let whole = try Undisturbed.results(of: scene.experiment)
    return FolderComparison.differences(whole, scene.results).filter {
      $0.hasSuffix("other bytes") && !$0.hasPrefix("report.md") && !$0.hasPrefix("metrics.json")
    }
  }

  @Test func `that is read-only does not hinder verify and plan`() throws {
    try Scene.use(.single) { scene in
      #expect(try scene.run().status == 0)
      let fault = try Fault(scene, .readOnly, at: 1)
      let verified = try scene.call("verify", environment: fault.environment)
      #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
      let plan = try scene.call("plan", "single.yaml", environment: fault.environment)
      #expect(plan.status == 0 && plan.output.contains("cached"), "\(plan.output)\(plan.errors)")
    }
  }

  @Test func `that is read-only for another user is named`() throws {
    // The superuser writes anywhere: then the calls are made to fail instead.
    try Scene.use(.single) { scene in
      try FileManager.default.createDirectory(atPath: scene.out, withIntermediateDirectories: true)
      try Edit.set(0o555, of: scene.out)
      defer { try? Edit.set(0o755, of: scene.out) }
      let fault = geteuid() == 0 ? try Fault(scene, .readOnly, at: 1) : nil
      let result = try scene.start(environment: fault?.environment ?? [:]).wait()
      #expect(result.status == 70)
      #expect(result.errors.contains(scene.out), "\(result.errors)")
    }
  }
}
