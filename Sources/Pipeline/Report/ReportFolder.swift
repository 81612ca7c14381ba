import Foundation

/// Puts a report and its figures into a folder, as a whole or not at all.
struct ReportFolder: Sendable {
  /// The experiment's folder.
  let folder: RunFolder
  /// Below it: empty, or `cases/<case>/`.
  let place: String

  private var path: String { folder.path + "/" + place }

  /// The products of the last report if they are those of `key`, untouched since.
  func current(_ key: Digest, in products: RunSnapshot.Products) -> RunSnapshot.Products? {
    let mine = products.filter { name, _ in isReport(name) }
    guard mine[place + "report.md"]?.origin == key,
      mine.allSatisfy({ name, product in
        product.origin == key && folder.files.status(of: folder.path + "/" + name) == product.status
      })
    else { return nil }
    return mine
  }

  private func isReport(_ name: String) -> Bool {
    name == place + "report.md" || name.hasPrefix(place + "figures/")
  }

  /// Draws the figures, then replaces figures and text.
  ///
  /// `draft`: told whether figures can be drawn.
  /// - Returns: the files, and whether the figures could be drawn.
  func write(
    key: Digest, drawing: Bool, _ draft: (Bool) throws -> ReportDraft
  ) async throws -> (files: RunSnapshot.Products, drawn: Bool) {
    let scratch = try ScratchFolder(for: folder.path + "/.report", folder.files)
    defer { withExtendedLifetime(scratch) {} }
    let temporary = scratch.path
    var report = try draft(drawing)
    var isDrawn = drawing
    if drawing, !report.figures.isEmpty {
      isDrawn = await Gnuplot.draw(report.figures, into: temporary)
      if !isDrawn { report = try draft(false) }
    }
    try await moveFigures(report.figures.map(\.file), from: temporary)
    try folder.files.replace(
      path + "report.md", with: Data(report.markdown.utf8), isDurable: false)
    let names = report.figures.map { "figures/" + $0.file } + ["report.md"]
    var files: RunSnapshot.Products = [:]
    // What could not be drawn is no report of this key: the next run tries again.
    let origin = isDrawn == drawing ? key : Digest(of: key.hex + " not drawn")
    for name in names {
      files[place + name] = try RunSnapshot.Product(
        at: path + name, origin: origin, folder.files)
    }
    return (files, isDrawn)
  }

  private func moveFigures(_ names: [String], from temporary: String) async throws {
    try folder.files.makeFolder(path + "figures")
    for name in names {
      try folder.files.rename("\(temporary)/\(name)", to: "\(path)figures/\(name)")
    }
    for name in try folder.files.list(path + "figures") where !names.contains(name) {
      try folder.files.remove("\(path)figures/\(name)")
    }
  }
}

extension Gnuplot {
  /// A word that changes when the program does; nil where there is none on the path.
  ///
  /// Looking at the file is enough to know whether figures are still up to date, and does not cost
  /// the start of a process on every run.
  static func fingerprint(_ files: any FileSystem) -> String? {
    path(files).flatMap(files.status(of:)).map { "\($0.bytes) \($0.modified)" }
  }

  /// The first program of that name on the path: to try each folder would start a process for each.
  static func path(_ files: any FileSystem) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return folders.split(separator: ":").map { $0 + "/gnuplot" }.first { file in
      unsafe access(file, X_OK) == 0 && files.status(of: file)?.isFolder == false
    }
  }
}
