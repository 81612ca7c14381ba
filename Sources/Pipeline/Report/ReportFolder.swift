import Foundation

/// Puts a report and its figures into a run folder, as a whole or not at all.
struct ReportFolder: Sendable {
  let folder: RunFolder

  /// The report's files if they are the ones that were made for `key`, untouched since.
  func current(_ key: Digest, in record: RunRecord?) -> RunRecord.ReportFiles? {
    guard let report = record?.report, report.key == key else { return nil }
    let isIntact = report.files.allSatisfy { name, status in
      folder.files.status(of: folder.path + "/" + name) == status
    }
    return isIntact ? report : nil
  }

  /// Draws the figures, then replaces figures and text.
  ///
  /// - Returns: the files, and whether the figures could be drawn.
  func write(
    _ builder: ReportBuilder, key: Digest, drawing: Bool
  ) async throws -> (files: RunRecord.ReportFiles, drawn: Bool) {
    let temporary = folder.path + "/.report.\(getpid()).tmp"
    try folder.files.remove(temporary)
    try folder.files.makeFolder(temporary)
    defer { try? folder.files.remove(temporary) }
    var draft = try builder.draft(artifacts: folder.path, withFigures: drawing)
    var isDrawn = drawing
    if drawing, !draft.figures.isEmpty {
      isDrawn = await Gnuplot.draw(draft.figures, into: temporary)
      if !isDrawn { draft = try builder.draft(artifacts: folder.path, withFigures: false) }
    }
    var names = ["report.md"]
    try folder.files.makeFolder(folder.path + "/figures")
    for (file, _) in draft.figures {
      try folder.files.rename("\(temporary)/\(file)", to: "\(folder.path)/figures/\(file)")
      names.append("figures/\(file)")
    }
    for file in try folder.files.list(folder.path + "/figures")
    where !names.contains("figures/\(file)") {
      try folder.files.remove("\(folder.path)/figures/\(file)")
    }
    try folder.files.replace(
      folder.path + "/report.md", with: Data(draft.markdown.utf8), isDurable: false)
    let files = names.compactMap { name in
      folder.files.status(of: folder.path + "/" + name).map { (name, $0) }
    }
    return (
      RunRecord.ReportFiles(key: key, files: Dictionary(uniqueKeysWithValues: files)), isDrawn
    )
  }
}

extension Gnuplot {
  /// A word that changes when the program does; nil where there is none on the path.
  ///
  /// Looking at the file is enough to know whether figures are still up to date, and does not cost
  /// the start of a process on every run.
  static func fingerprint(_ files: any FileSystem) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") {
      if let status = files.status(of: folder + "/gnuplot"), !status.isFolder {
        return "\(status.bytes) \(status.modified)"
      }
    }
    return nil
  }
}
