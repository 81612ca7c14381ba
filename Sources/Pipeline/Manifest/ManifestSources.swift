import Foundation

/// The files that make up one manifest: itself and what it includes, merged into one document.
///
/// `include` names files relative to the one that includes them. They are merged in their order, the
/// including file last: mappings word by word, everything else as a whole. Each node keeps the place
/// where it was written, so a mistake in an included file is told with that file's name.
struct ManifestSources {
  private(set) var diagnostics: [Diagnostic] = []
  /// Digests of the files, by the path under which they were read.
  private(set) var digests: [(path: String, digest: Digest)] = []
  private var open: [String] = []

  private static let depthMax = 16

  /// The merged document, without the word `include`.
  mutating func read(path: String) throws(ManifestError) -> YAMLNode {
    guard let data = FileManager.default.contents(atPath: path) else {
      let exists = FileManager.default.fileExists(atPath: path)
      throw ManifestError([
        Diagnostic(
          .file(path, line: 1, column: 1),
          exists ? "the file cannot be read." : "there is no such file.")
      ])
    }
    return try read(data, path: path)
  }

  mutating func read(_ data: Data, path: String) throws(ManifestError) -> YAMLNode {
    let root = try YAMLNode(parsing: data, file: path)
    digests.append((path, Digest(of: data)))
    open.append(Self.canonical(path))
    defer { open.removeLast() }
    var merged = YAMLNode(mark: root.mark, content: .mapping([]))
    for (name, mark) in includes(root) {
      if let included = include(name, from: path, mark) { merged = merged.merging(included) }
    }
    guard case .mapping(let entries) = root.content else { return root }
    let own = YAMLNode(mark: root.mark, content: .mapping(entries.filter { $0.key != "include" }))
    return merged.merging(own)
  }

  private mutating func includes(_ root: YAMLNode) -> [(name: String, mark: YAMLNode.Mark)] {
    guard let node = root["include"] else { return [] }
    let items = if case .list(let items) = node.content { items } else { [node] }
    return items.compactMap { item in
      if case .scalar(let name, _) = item.content, !name.isEmpty { return (name, item.mark) }
      diagnostics.append(
        Diagnostic(item.mark.place, "'include': expected the path of a manifest."))
      return nil
    }
  }

  private mutating func include(
    _ name: String, from path: String, _ mark: YAMLNode.Mark
  ) -> YAMLNode? {
    let folder = (path as NSString).deletingLastPathComponent
    let target = name.hasPrefix("/") || folder.isEmpty ? name : folder + "/" + name
    if let start = open.firstIndex(of: Self.canonical(target)) {
      let circle = (open[start...] + [Self.canonical(target)]).map {
        ($0 as NSString).lastPathComponent
      }
      diagnostics.append(
        Diagnostic(
          mark.place, "the files include one another: \(circle.joined(separator: " -> "))."))
      return nil
    }
    guard open.count < Self.depthMax else {
      diagnostics.append(
        Diagnostic(mark.place, "included more than \(Self.depthMax) levels deep."))
      return nil
    }
    do throws(ManifestError) {
      guard FileManager.default.fileExists(atPath: target) else {
        throw ManifestError([
          Diagnostic(
            mark.place, "the included file '\(name)' does not exist (looked at \(target)).")
        ])
      }
      return try read(path: target)
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }

  /// One name for a file, whichever way leads to it.
  private static func canonical(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}

extension YAMLNode {
  /// This document with `other` on top: mappings word by word, everything else replaced.
  func merging(_ other: YAMLNode) -> YAMLNode {
    guard case .mapping(let below) = content, case .mapping(let above) = other.content else {
      return other
    }
    var entries = below
    for entry in above {
      guard let place = entries.firstIndex(where: { $0.key == entry.key }) else {
        entries.append(entry)
        continue
      }
      entries[place] = Entry(
        key: entry.key, keyMark: entry.keyMark, value: entries[place].value.merging(entry.value))
    }
    return YAMLNode(mark: other.mark, content: .mapping(entries))
  }
}
