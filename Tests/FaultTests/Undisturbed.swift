import Foundation
import Synchronization
import TestSupport

/// What the experiments give when nothing happens to them, made once.
enum Undisturbed {
  private struct Run {
    let scene: Scene
    let seconds: Double
  }

  private static let runs = Mutex<[Experiment: Run]>([:])

  /// The results' folder.
  static func results(of experiment: Experiment) throws -> String {
    try run(experiment).scene.results
  }

  /// How long the run took; a measure for random moments, and nothing that is tested.
  static func seconds(of experiment: Experiment) throws -> Double { try run(experiment).seconds }

  private static func run(_ experiment: Experiment) throws -> Run {
    try runs.withLock { runs in
      if let known = runs[experiment] { return known }
      let scene = try Scene(experiment, in: "kcpipe undisturbed")
      let started = Date()
      let outcome = try scene.run()
      guard outcome.status == 0 else { throw Failed(words: outcome.words) }
      let made = Run(scene: scene, seconds: Date().timeIntervalSince(started))
      runs[experiment] = made
      return made
    }
  }

  struct Failed: Error {
    let words: String
  }
}
