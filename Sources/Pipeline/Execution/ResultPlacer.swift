/// Finds results in the store and puts them where a run's folder wants them.
///
/// What the last run found sound is known from its snapshot: then a look at the files' times is
/// enough, and no seal is read.
struct ResultPlacer: Sendable {
  let plan: Plan
  let folder: RunFolder
  let store: ArtifactStore
  let snapshot: RunSnapshot?

  private var files: any FileSystem { store.files }

  /// The result of a key if the store has a sound one, placed in the run's folder.
  func find(_ key: Digest, for index: Int) -> StepResult? {
    if let kept = snapshot?.entry(of: key), isUntouched(kept, plan.steps[index]) {
      return StepResult(plan.steps[index].label, .cached, key: key, known: kept.known)
    }
    return accept(key, for: index, asNew: false)
  }

  private func isUntouched(_ kept: RunSnapshot.Entry, _ step: PlannedStep) -> Bool {
    let root = store.folder(of: kept.known.key)
    guard files.status(of: root + "/seal.json") == kept.known.sealStatus else { return false }
    return kept.known.outputs.allSatisfy { output in
      files.status(of: root + "/" + output.file) == output.status
        && isInPlace(output, step, kept.copies)
    }
  }

  /// The same by reading the seal; `isNew`: whether this run has just computed it.
  func accept(_ key: Digest, for index: Int, asNew isNew: Bool) -> StepResult? {
    store.find(key).map { place($0, for: index, asNew: isNew) }
  }

  /// Puts a sound result of the store where the run's folder wants it.
  func place(_ entry: ArtifactStore.Entry, for index: Int, asNew isNew: Bool) -> StepResult {
    let step = plan.steps[index]
    let key = entry.seal.key
    do {
      let wanted = entry.seal.outputs.flatMap { output in
        plan.files(of: step, output: output.name).map {
          (output: output, path: folder.path + "/" + $0)
        }
      }
      let missing = wanted.filter { !holds($0.output, of: entry, at: $0.path) }
      for path in missing.map(\.path) { try prepare(path) }
      let placed = try store.place(missing, of: entry)
      let known = KnownResult(
        placed, sealStatus: files.status(of: placed.folder + "/seal.json"))
      let status: StepResult.Status = isNew ? .executed : missing.isEmpty ? .cached : .restored
      return StepResult(step.label, status, key: key, known: known)
    } catch {
      return StepResult(
        step.label, .failed, key: key, failure: StepFailure(.disk, "\(error)"))
    }
  }

  /// The results of a run, placed once more where another run has put its own in their places.
  func placingAgain(_ results: [StepResult]) -> [StepResult] {
    zip(results, plan.steps).enumerated().map { i, pair in
      let (result, step) = pair
      guard let known = result.known, !isInPlace(known, step) else { return result }
      guard let again = accept(known.key, for: i, asNew: false) else { return result }
      return StepResult(
        result.label, result.status, key: known.key, known: again.known ?? known,
        failure: again.failure)
    }
  }

  /// Whether every artifact is a link to the store, or the copy that the last run knew to be sound.
  private func isInPlace(_ known: KnownResult, _ step: PlannedStep) -> Bool {
    let copies = snapshot?.entry(of: known.key)?.copies ?? [:]
    return known.outputs.allSatisfy { isInPlace($0, step, copies) }
  }

  private func isInPlace(
    _ output: KnownResult.Output, _ step: PlannedStep, _ copies: [String: FileStatus]
  ) -> Bool {
    plan.files(of: step, output: output.name).allSatisfy { file in
      guard let here = files.status(of: folder.path + "/" + file) else { return false }
      return here.isSameFile(as: output.status) || copies[file] == here
    }
  }

  /// Makes room for a file: its folder exists, and no folder bears its name.
  private func prepare(_ path: String) throws {
    let end = path.lastIndex(of: "/") ?? path.startIndex
    try files.makeFolder(String(path[..<end]))
    files.sweepAbandoned(in: String(path[..<end]))
    if files.status(of: path)?.isFolder == true { try files.remove(path) }
  }

  /// Whether every output of a result lies where the step's artifacts belong.
  func holdsAll(_ entry: ArtifactStore.Entry, of step: PlannedStep) -> Bool {
    entry.seal.outputs.allSatisfy { output in
      plan.files(of: step, output: output.name).allSatisfy {
        holds(output, of: entry, at: folder.path + "/" + $0)
      }
    }
  }

  /// Whether the file at `target` is the output: the same file as the store's, or one that hashes
  /// to the same digest.
  private func holds(
    _ output: Seal.Output, of entry: ArtifactStore.Entry, at target: String
  ) -> Bool {
    guard let here = files.status(of: target), !here.isFolder, here.bytes == output.bytes else {
      return false
    }
    if let there = entry.statuses[output.file], here.isSameFile(as: there) { return true }
    return (try? files.digest(ofFile: target)) == output.sha256
  }

  /// Files in the run's folder that are not links to the store, with their present statuses.
  func copies(_ result: StepResult, of step: PlannedStep) -> [String: FileStatus] {
    var copies: [String: FileStatus] = [:]
    for output in result.known?.outputs ?? [] {
      for file in plan.files(of: step, output: output.name) {
        guard let here = files.status(of: folder.path + "/" + file),
          !here.isSameFile(as: output.status)
        else { continue }
        copies[file] = here
      }
    }
    return copies
  }

  /// Where the words of a program that is run as a stage are kept.
  func outputLog(of step: PlannedStep) -> String {
    "\(folder.path)/logs/\(step.label).txt"
  }
}
