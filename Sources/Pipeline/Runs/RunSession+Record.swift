import Foundation

/// What a run leaves on record: `run.json`, resources, snapshot and a line of the index.
extension RunSession {
  private func identifier(_ started: Timestamp) -> String {
    let tail = String(UInt32.random(in: 0...0xFFFF), radix: 16)
    return "\(plan.manifest.experiment.name)-\(started.compact)-\(tail)"
  }

  func recordHead(
    _ started: Timestamp, _ wall: Double, _ outcome: String, _ claims: [RunRecord.ClaimResult],
    _ products: RunSnapshot.Products
  ) -> Value {
    let manifest = plan.manifest
    let sources = manifest.sources.map { source in
      Value.object([
        "file": .string((source.path as NSString).lastPathComponent),
        "sha256": .string(source.digest.hex),
      ])
    }
    let stages = plan.steps.map { step in
      (
        step.stage.name,
        Value.object([
          "revision": .int(Int64(step.stage.revision)), "code": .string(step.stage.codeFingerprint),
        ])
      )
    }
    return .object([
      "format": .int(Int64(RunRecord.currentFormat)), "id": .string(identifier(started)),
      "experiment": .string(manifest.experiment.name), "title": .string(manifest.experiment.title),
      "manifest": .string((manifest.path as NSString).lastPathComponent),
      "sources": .list(sources), "seed": .string(String(manifest.experiment.seed)),
      "parameters": .object(Dictionary(manifest.parameters()) { _, last in last }),
      "build": facts.json, "started_at": .string(started.iso8601), "wall_s": .real(wall),
      "engine_cpu_s": .real(ResourceMeter.cpuSeconds()), "outcome": .string(outcome),
      "stages": .object(Dictionary(stages) { first, _ in first }),
      "claims": .list(claims.map(\.json)),
      "products": .object(products.mapValues { .string($0.sha256.hex) }),
    ])
  }

  /// Writes record, resources and snapshot; a run in which nothing changed adds nothing to the
  /// archive and the index.
  func keep(
    _ record: RunRecordWriter, _ results: [StepResult], _ started: Timestamp, _ outcome: String,
    _ wall: Double, _ snapshot: RunSnapshot?, _ index: RunIndex, _ making: inout ProductMaker
  ) async throws {
    let place = making.recordPlace
    let isChanged = results.contains { $0.status != .cached } || snapshot == nil
    let isFirst = files.status(of: place + "run.json") == nil
    removeLeftovers(before: isChanged && selection == .everything)
    try files.replace(place + "run.json", with: Data(record.bytes), isDurable: false)
    let table = ResourceTable(
      plan: plan, results: results, started: started, wallSeconds: wall, outcome: outcome,
      facts: facts)
    try files.replace(
      place + "resources.md", with: Data(table.markdown.utf8), isDurable: false)
    switch selection {
    case .everything:
      if isChanged || making.isChanged { try writeSnapshot(results, making.products) }
    case .someCases:
      if making.addsProducts {
        try write(RunSnapshot.encode([], products: making.allProducts), to: caseProductsPath)
      }
    }
    guard isChanged || isFirst else { return }
    let line = RunStore.Line(
      id: record.id, experiment: plan.manifest.experiment.name, startedAt: started.iso8601,
      outcome: outcome, wallSeconds: wall, executed: results.count { $0.status == .executed },
      steps: results.count, folder: folder.path)
    do {
      try RunArchive(outputsRoot: outputsRoot, files: files).keep(
        place + "run.json", id: record.id)
      try await index.store().add(line)
    } catch {
      making.remarks.append(
        "the index of runs could not be written (\(error)); nothing depends on it")
    }
  }

  private func writeSnapshot(
    _ results: [StepResult], _ products: RunSnapshot.Products
  ) throws {
    let placer = ResultPlacer(plan: plan, folder: folder, store: engine.store, snapshot: nil)
    let entries = zip(results, plan.steps).compactMap { result, step in
      result.known.map { RunSnapshot.Entry(known: $0, copies: placer.copies(result, of: step)) }
    }
    try write(RunSnapshot.encode(entries, products: products), to: snapshotPath)
  }

  private func write(_ snapshot: [UInt8], to path: String) throws {
    try files.makeFolder(outputsRoot + "/.kcpipe/snapshots")
    try files.replace(path, with: Data(snapshot), isDurable: false)
  }

  /// Removes files of steps and cases that the manifest no longer has.
  private func removeLeftovers(before isWanted: Bool) {
    guard isWanted, let previous = folder.record else { return }
    let kept = Set(
      plan.steps.flatMap { step in
        step.stage.outputs.flatMap { plan.files(of: step, output: $0.name) }
      })
    for place in previous.placements where !kept.contains(place.file) && place.file.isBelow {
      try? files.remove(folder.path + "/" + place.file)
    }
    let folders = Set(plan.cases.map(\.folder))
    for one in previous.cases where !folders.contains(one.folder) && one.folder.isBelow {
      try? files.remove(folder.path + "/" + one.folder)
    }
  }
}

extension String {
  /// Whether a path from a record stays below the folder that it is joined to.
  fileprivate var isBelow: Bool {
    !isEmpty && !hasPrefix("/") && !split(separator: "/").contains("..")
  }
}

extension RunRecord.ClaimResult {
  fileprivate var json: Value {
    .object([
      "text": .string(text), "case": .string(`case`), "holds": .bool(holds),
      "left": left.map(Value.real) ?? .null, "right": right.map(Value.real) ?? .null,
    ])
  }
}
