import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("The store")
struct ArtifactStoreTests {
  private let key = Digest(of: "a key")

  /// Publishes one file of `text` under `key`.
  private func publish(_ text: String, in store: ArtifactStore) throws {
    let files = LocalFileSystem()
    let folder = try store.beginFolder(for: key)
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/main.h5"))
    let content = ArtifactContent(datasets: [], scalars: [:])
    let seal = Seal(
      format: Seal.currentFormat, key: key, keyDocument: .null,
      outputs: [
        .init(
          name: "main", file: "main.h5", bytes: text.utf8.count,
          sha256: try files.digest(ofFile: folder + "/main.h5"), contentDigest: content.digest,
          content: content)
      ])
    let resources = StepResources(
      wallSeconds: 1, cpuSeconds: 1, peakBytes: 1, bytesRead: 1, bytesWritten: 1)
    try store.publish(folder, seal: seal, resources: resources)
  }

  private func store(_ folder: TemporaryFolder) -> ArtifactStore {
    ArtifactStore(root: folder.path + "/store")
  }

  @Test func `finds what was published, and nothing before`() throws {
    let folder = try TemporaryFolder("ünïcode and blanks")
    let store = store(folder)
    #expect(store.find(key) == nil)
    try publish("values", in: store)
    let entry = try #require(store.find(key))
    #expect(try String(contentsOfFile: entry.path(of: "main"), encoding: .utf8) == "values")
    #expect(store.damagedFiles(of: key) == [])
  }

  enum Damage: String, CaseIterable, Sendable {
    case truncated, flipped, flippedAtEqualTime, deleted, replacedByFolder, sealDamaged
  }

  @Test("never finds a damaged result", arguments: Damage.allCases)
  func damage(damage: Damage) throws {
    let folder = try TemporaryFolder()
    let store = store(folder)
    try publish("values", in: store)
    let path = try #require(store.find(key)).path(of: "main")
    let times = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    switch damage {
    case .truncated: try Data("val".utf8).write(to: URL(fileURLWithPath: path))
    case .flipped: try overwrite(path, "vblues")
    case .flippedAtEqualTime:
      try overwrite(path, "vblues")
      try FileManager.default.setAttributes([.modificationDate: times as Any], ofItemAtPath: path)
    case .deleted: try FileManager.default.removeItem(atPath: path)
    case .replacedByFolder:
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    case .sealDamaged:
      let seal = (path as NSString).deletingLastPathComponent + "/seal.json"
      try overwrite(seal, "#")
    }
    #expect(store.find(key) == nil)
    try publish("values", in: store)
    #expect(store.find(key) != nil)
  }

  private func overwrite(_ path: String, _ text: String) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  @Test func `a changed time alone is no damage`() throws {
    let folder = try TemporaryFolder()
    let store = store(folder)
    try publish("values", in: store)
    let path = try #require(store.find(key)).path(of: "main")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
    #expect(store.find(key) != nil)
  }

  @Test func `a dead writer's leavings are swept by the next writer of the key`() throws {
    let folder = try TemporaryFolder()
    let store = store(folder)
    let left = try store.beginFolder(for: key)
    try Data("half".utf8).write(to: URL(fileURLWithPath: left + "/main.h5"))
    try FileManager.default.moveItem(atPath: left, toPath: left + "9")
    try publish("values", in: store)
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.root + "/tmp") == [])
  }
}
