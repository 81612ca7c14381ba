/// Resolves the `with:` of steps: defaults, references, ranges, and the digests of files.
struct ParameterResolver {
  struct Resolved {
    /// Fully explicit; files as absolute paths.
    let parameters: Value
    /// By path.
    let files: [String: Digest]
  }

  private let manifest: Manifest
  private let files: any FileSystem
  private(set) var diagnostics: [Diagnostic] = []
  private var digests: [String: Digest] = [:]

  init(manifest: Manifest, files: any FileSystem) {
    self.manifest = manifest
    self.files = files
  }

  /// The parameters of a step under some bindings, or nil, with a complaint.
  mutating func resolve(
    _ step: ManifestStep, _ stage: StageDescription, _ bindings: ParameterBindings
  ) -> Resolved? {
    let node = step.parameters ?? YAMLNode(mark: step.mark, content: .mapping([]))
    var checker = ShapeChecker(bindings: bindings, workingFolder: manifest.workingFolder)
    let value = checker.check(node, stage.parameters, "stage \(stage.name)")
    diagnostics += checker.diagnostics
    guard let value else { return nil }
    let explicit = Value.object(
      stage.defaults.members.merging(value.members) { _, given in given })
    do throws(ParameterError) {
      try stage.check(explicit)
    } catch {
      report(
        Self.mark(of: error.parameter, in: node, step),
        "'\(error.parameter)' of stage \(stage.name): \(error.reason).")
      return nil
    }
    guard let digests = digestFiles(explicit, stage, node, step) else { return nil }
    return Resolved(parameters: explicit, files: digests)
  }

  private mutating func digestFiles(
    _ parameters: Value, _ stage: StageDescription, _ node: YAMLNode, _ step: ManifestStep
  ) -> [String: Digest]? {
    var found: [String: Digest] = [:]
    var isComplete = true
    for (parameter, path) in stage.files(in: parameters) {
      do throws(FileError) {
        if digests[path] == nil { digests[path] = try files.digest(ofFile: path) }
        found[path] = digests[path]
      } catch {
        report(
          Self.mark(of: parameter, in: node, step),
          "'\(parameter)' of stage \(stage.name): \(error).")
        isComplete = false
      }
    }
    return isComplete ? found : nil
  }

  private static func mark(
    of parameter: String, in node: YAMLNode, _ step: ManifestStep
  ) -> YAMLNode.Mark {
    node.entries.first { $0.key == parameter }?.value.mark ?? step.mark
  }

  private mutating func report(_ mark: YAMLNode.Mark, _ message: String) {
    diagnostics.append(Diagnostic(mark.place, message))
  }
}
