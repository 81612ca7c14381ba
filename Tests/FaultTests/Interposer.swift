import Foundation
import TestSupport

/// The library that ends or fails a program at a chosen call: `Interposer/interposer.c`, compiled
/// when it is first needed.
enum Interposer {
  static let needs = "needs Linux and a C compiler, cc"

  static var isAvailable: Bool {
    #if os(Linux)
      InstalledTool.path("cc") != nil
    #else
      false
    #endif
  }

  private static let library = Result { try compile() }

  static func path() throws -> String { try library.get() }

  private static func compile() throws -> String {
    let folder = try TemporaryFolder("interposer")
    let source = (#filePath as NSString).deletingLastPathComponent + "/Interposer/interposer.c"
    let target = folder.path + "/interposer.so"
    let result = try ChildProcess(
      ["-shared", "-fPIC", "-O1", "-o", target, source, "-ldl"],
      executable: InstalledTool.path("cc") ?? "cc", in: folder.path
    ).wait()
    guard result.status == 0 else { throw Refused(words: result.errors) }
    return target
  }

  struct Refused: Error {
    let words: String
  }
}

/// What happens at which call of a run.
struct Fault {
  enum Action: String, CaseIterable, Sendable {
    case kill
    case killGroup = "kill-group"
    case stop
    case full = "ENOSPC"
    case readOnly = "EROFS"
    case broken = "EIO"

    /// What the system calls the error.
    var words: String? {
      switch self {
      case .kill, .killGroup, .stop: nil
      case .full: "No space left on device"
      case .readOnly: "Read-only file system"
      case .broken: "Input/output error"
      }
    }
  }

  var action: Action?
  /// Counted from 1 over all processes of the run.
  var call: Int?
  /// Only calls on files whose path contains this text count.
  var match = ""
  /// Seconds by which the program's clock is ahead.
  var clock = 0

  private let root: String
  private let counter: String
  let journal: String

  init(_ scene: Scene, _ action: Action? = nil, at call: Int? = nil, match: String = "") throws {
    (self.action, self.call, self.match) = (action, call, match)
    // Several faults of one scene count for themselves.
    let mark = UUID().uuidString
    counter = scene.folder.path + "/calls " + mark
    journal = scene.folder.path + "/journal " + mark
    try Data(count: 8).write(to: URL(fileURLWithPath: counter))
    try Data().write(to: URL(fileURLWithPath: journal))
    root = scene.out
    // The loader takes no path with blanks; one that is relative to the scene's folder has none.
    try? FileManager.default.linkItem(
      atPath: Interposer.path(), toPath: scene.folder.path + "/interposer.so")
  }

  var environment: [String: String] {
    var variables = [
      "LD_PRELOAD": "./interposer.so", "KCFAULT_ROOT": root, "KCFAULT_COUNTER": counter,
      "KCFAULT_JOURNAL": journal, "KCFAULT_MATCH": match, "KCFAULT_CLOCK": String(clock),
    ]
    variables["KCFAULT_ACTION"] = action?.rawValue
    variables["KCFAULT_AT"] = call.map(String.init)
    return variables
  }

  /// Calls that were made so far.
  func calls() throws -> Int {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: counter))
    return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// How many calls a run makes when nothing happens.
  static func total(of experiment: Experiment) throws -> Int {
    try Scene.use(experiment) { scene in
      let fault = try Fault(scene)
      _ = try scene.run(environment: fault.environment)
      let calls = try fault.calls()
      // Or every test of calls would pass for want of calls.
      guard calls > 0 else { throw Interposer.Refused(words: "the library was not loaded") }
      return calls
    }
  }
}
