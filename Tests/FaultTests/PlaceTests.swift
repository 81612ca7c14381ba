import Foundation
import TestSupport
import Testing

/// Outputs in odd places and at odd times.
@Suite("Outputs")
struct PlaceTests {
  @Test(
    "in a folder with an odd name give the same bytes",
    arguments: [
      "blanks  and ünïcode ☂ 雲", "quotes ' \" and $HOME; `date` #1 %s", "-dash [a] {b} *?",
      "e\u{301} decomposed", "back\\slash",
    ])
  func oddName(name: String) throws {
    let scene = try Scene(.branches, in: name)
    #expect(try scene.run().status == 0)
    #expect(try scene.run().executed == [])
    try scene.expectSound()
  }

  @Test func `behind a symbolic link are those of the folder itself`() throws {
    try Scene.use(.pair) { scene in
      let real = try TemporaryFolderPath.make(in: scene.folder, "real")
      try FileManager.default.createSymbolicLink(atPath: scene.out, withDestinationPath: real)
      #expect(try scene.run().status == 0)
      try scene.expectSound()
      let direct = RunOutcome(
        try ChildProcess(["run", "pair.yaml", "--out", real, "--json"], in: scene.folder.path)
          .wait())
      #expect(direct.executed == [] && direct.keys.count == 2, "\(direct.words)")
      #expect(try scene.run().executed == [])
    }
  }

  @Test func `that were moved are still known`() throws {
    try Scene.use(.pair) { scene in
      #expect(try scene.run().status == 0)
      let moved = scene.folder.path + "/moved"
      try FileManager.default.moveItem(atPath: scene.out, toPath: moved)
      let next = RunOutcome(
        try ChildProcess(["run", "pair.yaml", "--out", moved, "--json"], in: scene.folder.path)
          .wait())
      #expect(next.executed == [] && next.keys.count == 2, "\(next.words)")
    }
  }

  @Test("whose times changed are still known", arguments: [-3600.5, 0.0, 31_536_000.0])
  func times(shift: Double) throws {
    try Scene.use(.branches) { scene in
      #expect(try scene.run().status == 0)
      try scene.setTimes { ($0.timeIntervalSince1970 + shift).rounded(.down) }
      let next = try scene.run()
      #expect(next.status == 0 && next.executed == [], "\(next.words)")
      try scene.expectSound()
    }
  }

  @Test func `without their store are whole, and can be run again`() throws {
    try Scene.use(.branches) { scene in
      #expect(try scene.run().status == 0)
      try FileManager.default.removeItem(atPath: scene.store)
      try scene.expectSound()
      let again = try scene.call("rerun", scene.results)
      #expect(again.status == 0, "\(again.output)\(again.errors)")
      #expect(try scene.run().status == 0)
      try scene.expectSound()
    }
  }
}

/// A clock that was set back, by the library that stands between program and system.
@Suite("A clock", .enabled(if: Interposer.isAvailable, "\(Interposer.needs)"))
struct ClockTests {
  @Test("that was set back changes nothing", arguments: [3600, 86_400 * 400])
  func setBack(seconds: Int) throws {
    try Scene.use(.pair) { scene in
      var fault = try Fault(scene)
      fault.clock = seconds
      #expect(try scene.run(environment: fault.environment).status == 0)
      #expect(try scene.run().executed == [])
      #expect(try scene.run(["--seed", "4"]).executed == ["population", "traffic"])
      // The newest run is the last one, whatever its clock said.
      #expect(try scene.call("gc", "--keep-runs", "1").status == 0)
      #expect(try scene.run(["--seed", "4"]).executed == [])
      #expect(try scene.run().status == 0)
      try scene.expectSound()
    }
  }
}

extension Scene {
  /// Sets the time of every file and folder of the outputs to a function of what it is.
  func setTimes(_ time: (Date) -> Double) throws {
    for name in names(below: out) {
      let path = out + "/" + name
      let old = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: time(old ?? Date()))], ofItemAtPath: path)
    }
  }
}
