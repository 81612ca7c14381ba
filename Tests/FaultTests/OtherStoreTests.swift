import Foundation
import TestSupport
import Testing

/// The store lies on another file system than the run folder, so that no link leads from one to the
/// other.
@Suite(
  "A store on another file system",
  .enabled(if: MemoryFileSystem.isOther, "needs a memory file system at /dev/shm"))
struct OtherStoreTests {
  @Test func `serves by copies, heals them, and executes nothing twice`() throws {
    try Scene.use(.pair) { scene in
      let store = "/dev/shm/kcpipe store \(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: store) }
      #expect(try scene.run(["--store", store]).executed == ["population", "traffic"])
      #expect(try scene.run(["--store", store]).steps("cached") == ["population", "traffic"])
      try scene.expectSound()
      let copy = scene.results + "/traffic.h5"
      #expect(try Edit.mode(of: copy) == 0o444)
      try Edit.keepingTime(of: copy) { try Edit.flip(copy, bit: 12_345) }
      #expect(try scene.call("verify", "--store", store).status == 65)
      #expect(try scene.run(["--store", store]).steps("restored") == ["traffic"])
      #expect(try scene.call("verify", "--store", store).status == 0)
      try scene.expectSound()
    }
  }

  @Test func `serves two outputs folders`() throws {
    let store = "/dev/shm/kcpipe store \(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: store) }
    let (first, second) = (try Scene(.pair), try Scene(.pair))
    #expect(try first.run(["--store", store]).executed == ["population", "traffic"])
    #expect(try second.run(["--store", store]).executed == [])
    #expect(FolderComparison.differences(first.results, second.results) == [])
  }
}

/// `/dev/shm`, where it is another file system than the one for temporary files.
private enum MemoryFileSystem {
  static let isOther: Bool = {
    guard let here = device(NSTemporaryDirectory()), let there = device("/dev/shm") else {
      return false
    }
    return here != there && FileManager.default.isWritableFile(atPath: "/dev/shm")
  }()

  private static func device(_ path: String) -> Int? {
    try? FileManager.default.attributesOfItem(atPath: path)[.systemNumber] as? Int
  }
}
