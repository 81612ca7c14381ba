import TestSupport
import Testing

@testable import Pipeline

@Suite("Snapshots")
struct RunSnapshotTests {
  private func entry(_ i: Int) -> RunSnapshot.Entry {
    let status = FileStatus(
      bytes: i, modified: 7, changed: -8, inode: UInt64(i) << 40, device: 3, isFolder: false)
    let resources = StepResources(
      wallSeconds: 0.25, cpuSeconds: 1e-9, peakBytes: i, bytesRead: 2, bytesWritten: 3)
    let outputs = (0..<(i % 3)).map { k in
      KnownResult.Output(
        name: "out\(k)", file: "out\(k).h5", bytes: i, sha256: Digest(of: "sha\(i)"),
        contentDigest: Digest(of: "content\(i).\(k)"), status: status,
        scalars: [(name: "x", value: Double(i)), (name: "nan", value: .nan)],
        datasets: JSONText(utf8: Array("[\(i)]".utf8)[...]))
    }
    let known = KnownResult(
      key: Digest(of: "key\(i)"), outputs: outputs, sealStatus: status, resources: resources)
    return RunSnapshot.Entry(known: known, copies: i % 2 == 0 ? [:] : ["a/b.h5": status])
  }

  private let products: RunSnapshot.Products = [
    "report.md": .init(origin: Digest(of: "r"), sha256: Digest(of: "s"), status: .absent)
  ]

  @Test("give back what was kept, at every size", arguments: [0, 1, 7, 300])
  func roundTrip(count: Int) throws {
    let bytes = RunSnapshot.encode((0..<count).map(entry), products: products)
    let snapshot = try #require(RunSnapshot(bytes))
    #expect(snapshot.products == products)
    for i in 0..<count {
      let (was, found) = (entry(i), try #require(snapshot.entry(of: Digest(of: "key\(i)"))))
      #expect(found.copies == was.copies)
      #expect(found.known.sealStatus == was.known.sealStatus)
      #expect(found.known.resources == was.known.resources)
      #expect(found.known.outputs.map(\.contentDigest) == was.known.outputs.map(\.contentDigest))
      #expect(found.known.outputs.map(\.status) == was.known.outputs.map(\.status))
      #expect(found.known.outputs.map(\.datasets) == was.known.outputs.map(\.datasets))
      #expect(found.known.outputs.first?.scalar("x") == was.known.outputs.first?.scalar("x"))
    }
    #expect(snapshot.entry(of: Digest(of: "another")) == nil)
  }

  @Test("that are damaged count as absent", arguments: 0..<40 as Range<UInt64>)
  func damage(seed: UInt64) {
    var bytes = RunSnapshot.encode((0..<5).map(entry), products: products)
    let place = Int((seed &* 0x9E37_79B9_7F4A_7C15) % UInt64(bytes.count))
    if seed % 2 == 0 {
      bytes[place] ^= 1 << UInt8(seed % 8)
    } else {
      bytes.removeSubrange(place...)
    }
    #expect(RunSnapshot(bytes) == nil, "seed \(seed)")
  }
}
