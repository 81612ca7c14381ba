import Foundation
import TestSupport
import Testing

/// The build tool that writes code fingerprints, on a small package of its own.
@Suite("Code fingerprints")
struct SourceDigestTests {
  private static let tool =
    (Program.executable as NSString).deletingLastPathComponent + "/SourceDigest"

  private func makePackage() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in [
      ("Kernels/Sums/Sum.swift", "public func sum() -> Int { helper() }"),
      ("Kernels/Sums/Helper.swift", "func helper() -> Int { 1 } // a comment"),
      ("Kernels/Other/Other.swift", "public struct Other { let text = \"// no comment\" }"),
      ("Stages/Adding/Adding.swift", "struct Adding { let a = sum() }"),
      ("Stages/Adding/Adding+Report.swift", "extension Adding { func report() {} }"),
      ("Stages/Holding/Holding.swift", "struct Holding { let o: Other }"),
      ("Stages/StageCatalog.swift", "let catalog = [1]"), ("Pipeline/HDF5/A.swift", "let a = 1"),
      ("Pipeline/Input/B.swift", "let b = 1"), ("Pipeline/Stage/C.swift", "let c = 1"),
      ("Pipeline/Report/D.swift", "let d = 1"), ("kcpipe/E.swift", "let e = 1"),
    ] { try folder.write(text, to: "Sources/" + name) }
    return folder
  }

  /// The fingerprints of the results of both stages.
  private func fingerprints(_ folder: TemporaryFolder) throws -> [String: String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.tool)
    process.arguments = [folder.path, folder.path + "/out.swift"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let text = try String(contentsOfFile: folder.path + "/out.swift", encoding: .utf8)
    let table = try #require(text.split(separator: "let reports").first)
    var result: [String: String] = [:]
    for line in table.split(separator: "\n") where line.contains("\": \"") {
      let parts = line.split(separator: "\"")
      result[String(parts[1])] = String(parts[3])
    }
    return result
  }

  @Test(
    "change with what a stage reaches and with nothing else",
    arguments: [
      // The edit, and the stages whose results it may change.
      ("Kernels/Sums/Helper.swift", "func helper() -> Int { 2 }", ["Adding"]),
      ("Kernels/Other/Other.swift", "public struct Other { let text = \"// other\" }", ["Holding"]),
      ("Kernels/Sums/Helper.swift", "/* new */ func  helper() -> Int\n{ 1 }", []),
      ("Stages/Adding/Adding+Report.swift", "extension Adding { func report() { sum() } }", []),
      ("Stages/Holding/Holding.swift", "struct Holding { let other: Other }", ["Holding"]),
      ("Stages/StageCatalog.swift", "let catalog = [1, 2]", []),
      ("kcpipe/E.swift", "let e = 2", []),
      ("Pipeline/Report/D.swift", "let d = 2", []),
      ("Pipeline/HDF5/A.swift", "let a = 2", ["Adding", "Holding"]),
      (
        "Kernels/Sums/Foreign.swift", "extension Double { var half: Double { 0.5 } }",
        ["Adding", "Holding"]
      ),
    ])
  func reach(file: String, text: String, stages: [String]) throws {
    let folder = try makePackage()
    let before = try fingerprints(folder)
    #expect(before.keys.sorted() == ["Adding", "Holding"])
    try folder.write(text, to: "Sources/" + file)
    let after = try fingerprints(folder)
    #expect(before.keys.sorted().filter { before[$0] != after[$0] } == stages)
  }

  @Test func `are the same in two clones`() throws {
    #expect(try fingerprints(makePackage()) == fingerprints(makePackage()))
  }
}
