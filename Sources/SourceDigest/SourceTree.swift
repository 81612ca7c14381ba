import Foundation

/// The sources that can change a result, and which of them reach which others.
///
/// A file reaches another if it mentions a name that the other declares or extends. That is more
/// than the compiler would say and never less, so a fingerprint may change needlessly but never
/// stays when it must change. Files that extend types from elsewhere (`extension Double`) can be
/// used without a name being mentioned; they count for every stage.
struct SourceTree {
  struct File {
    let path: String
    let source: SwiftSource
  }

  /// Kernels and stages, by path, in order.
  private let files: [File]
  /// What writes artifacts and hands parameters over: part of every stage's fingerprint.
  private let common: [File]
  private let reportCode: [File]
  private let everything: [File]
  private let declarers: [String: [Int]]
  private let universal: [Int]
  let stageFolders: [String]

  init(package: String) throws {
    func read(_ folder: String) throws -> [File] {
      try Self.swiftFiles(in: package, folder).map { path in
        let text = try String(contentsOfFile: package + "/" + path, encoding: .utf8)
        return File(path: path, source: SwiftSource(text))
      }
    }
    let kernels = try read("Sources/Kernels")
    let stages = try read("Sources/Stages").filter { $0.path.split(separator: "/").count > 3 }
    files = kernels + stages
    common =
      try read("Sources/Pipeline/HDF5") + read("Sources/Pipeline/Input")
      + read("Sources/Pipeline/Stage")
    reportCode = try read("Sources/Pipeline/Report")
    everything = try read("Sources")
    stageFolders = Set(stages.map { String($0.path.split(separator: "/")[2]) }).sorted()
    var declarers: [String: [Int]] = [:]
    for (i, file) in files.enumerated() {
      for name in file.source.declaredNames { declarers[name, default: []].append(i) }
    }
    let declared = Set(files.flatMap(\.source.ownNames))
    self.declarers = declarers
    universal = files.indices.filter { [files] i in
      !files[i].source.extendedNames.subtracting(declared).isEmpty
    }
  }

  private static func swiftFiles(in package: String, _ folder: String) -> [String] {
    let root = package + "/" + folder
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.map { folder + "/" + $0 }.sorted()
  }

  /// Of what can change the artifacts of the stages in `folder`.
  func resultFingerprint(_ folder: String) -> String {
    let roots = files.indices.filter { isIn(folder, $0) && !isReport($0) }
    return digest(common + reach(from: roots).map { files[$0] })
  }

  /// Of what can change the report section of the stages in `folder`.
  func reportFingerprint(_ folder: String) -> String {
    let reports = files.indices.filter { isIn(folder, $0) && isReport($0) }
    return digest(reportCode + (reach(from: reports) + reports).sorted().map { files[$0] })
  }

  /// Of every source of the program: the build's own identity.
  var buildFingerprint: String { digest(everything) }

  private func isIn(_ folder: String, _ i: Int) -> Bool {
    files[i].path.hasPrefix("Sources/Stages/\(folder)/")
  }

  private func isReport(_ i: Int) -> Bool { files[i].path.hasSuffix("+Report.swift") }

  /// All files that the given ones reach, themselves included; report sections never are.
  private func reach(from roots: [Int]) -> [Int] {
    var seen = Set(roots + universal)
    var waiting = Array(seen)
    while let i = waiting.popLast() {
      for name in files[i].source.mentionedNames {
        for j in declarers[name] ?? [] where !isReport(j) && seen.insert(j).inserted {
          waiting.append(j)
        }
      }
    }
    return seen.filter { !isReport($0) }.sorted()
  }

  private func digest(_ files: [File]) -> String {
    var hash = SHA256()
    for file in files {
      hash.update(Array("\(file.path)\n\(file.source.code)\n".utf8))
    }
    return hash.finalizeHex()
  }
}
