/// Which steps of a plan are done, running, ready or out of reach.
///
/// Finding the next step costs O(log n), so a sweep of many steps costs no more per step than a
/// small experiment.
struct Schedule {
  let steps: [PlannedStep]
  private(set) var results: [StepResult?]
  /// Inputs that have no result yet, by step.
  private var missing: [Int]
  private let dependents: [[Int]]
  private var ready = IndexHeap()
  /// Set by a failure when the run is to stop there.
  private var isStopped = false

  init(_ plan: Plan, until: String?) {
    steps = plan.steps
    let wanted = until.flatMap { plan.ancestry(of: $0) }
    results = Array(repeating: nil, count: steps.count)
    missing = steps.map { Set($0.inputs.map(\.producer)).count }
    var dependents = [[Int]](repeating: [], count: steps.count)
    for (i, step) in steps.enumerated() {
      for producer in Set(step.inputs.map(\.producer)) { dependents[producer].append(i) }
    }
    self.dependents = dependents
    for i in steps.indices {
      if let wanted, !wanted.contains(i) {
        results[i] = StepResult(steps[i].label, .skipped)
      } else if missing[i] == 0 {
        ready.insert(i)
      }
    }
  }

  /// The first step in the plan's order that waits for nothing any more.
  mutating func popReady() -> Int? {
    isStopped ? nil : ready.popFirst()
  }

  /// Gives back a step that cannot be started now.
  mutating func postpone(_ index: Int) { ready.insert(index) }

  /// Takes in a result that is to be put in place yet: what depends on it can start.
  mutating func learn(_ index: Int, _ result: StepResult) {
    settle(index, result, keepsGoing: true)
  }

  mutating func settle(_ index: Int, _ result: StepResult, keepsGoing: Bool) {
    let wasKnown = results[index]?.known != nil
    results[index] = result
    if result.status == .failed, !keepsGoing { isStopped = true }
    guard result.known != nil, !wasKnown else { return }
    for i in dependents[index] where results[i] == nil {
      missing[i] -= 1
      if missing[i] == 0 { ready.insert(i) }
    }
  }

  /// Content digests of a step's inputs, by slot.
  func inputDigests(of index: Int) -> [String: Digest] {
    var digests: [String: Digest] = [:]
    for input in steps[index].inputs {
      digests[input.slot] = results[input.producer]?.known?.output(input.output)?.contentDigest
    }
    return digests
  }

  /// Files of a step's inputs in the store, by slot.
  func inputPaths(of index: Int, in store: ArtifactStore) -> [String: String] {
    var paths: [String: String] = [:]
    for input in steps[index].inputs {
      guard let known = results[input.producer]?.known, let output = known.output(input.output)
      else { continue }
      paths[input.slot] = store.folder(of: known.key) + "/" + output.file
    }
    return paths
  }

  func finishedResults() -> [StepResult] {
    results.enumerated().map { i, result in result ?? StepResult(steps[i].label, .skipped) }
  }
}

/// The smallest of several numbers first (a binary heap; Williams 1964).
struct IndexHeap {
  private var items: [Int] = []

  mutating func insert(_ item: Int) {
    items.append(item)
    var i = items.count - 1
    while i > 0, items[(i - 1) / 2] > items[i] {
      items.swapAt(i, (i - 1) / 2)
      i = (i - 1) / 2
    }
  }

  mutating func popFirst() -> Int? {
    guard let first = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return first }
    items[0] = last
    var i = 0
    while let child = smallerChild(of: i), items[child] < items[i] {
      items.swapAt(i, child)
      i = child
    }
    return first
  }

  private func smallerChild(of i: Int) -> Int? {
    let left = 2 * i + 1
    guard left < items.count else { return nil }
    return left + 1 < items.count && items[left + 1] < items[left] ? left + 1 : left
  }
}
