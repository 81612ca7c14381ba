/// Something that is measured of a sample; less is better for each of them.
public enum Quantity: String, Sendable, CaseIterable {
  /// Time on a processor, user and system, of all threads.
  case cpu = "cpu_s"
  case wall = "wall_s"
  case user = "user_s"
  case system = "system_s"
  /// The largest resident set while the step was computed.
  case peakMemory = "peak_bytes"
  /// Through read and write calls, whether or not a disk was needed.
  case bytesRead = "read_bytes"
  case bytesWritten = "written_bytes"
  /// Switches to another process because this one waited.
  case voluntarySwitches = "voluntary_switches"
  /// Switches because another process had its turn.
  case involuntarySwitches = "involuntary_switches"
  /// Counted by the processor, outside the kernel.
  case instructions
  /// Counted by callgrind, less those of an idle process; they repeat to some 1 in 10 000.
  case callgrind = "callgrind_instructions"

  /// The word of command lines and tables.
  public var word: String {
    switch self {
    case .cpu: "cpu"
    case .wall: "wall"
    case .user: "user"
    case .system: "system"
    case .peakMemory: "peak"
    case .bytesRead: "read"
    case .bytesWritten: "written"
    case .voluntarySwitches: "voluntary-switches"
    case .involuntarySwitches: "involuntary-switches"
    case .instructions: "instructions"
    case .callgrind: "callgrind"
    }
  }

  public init?(word: String) {
    guard let match = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = match
  }

  public enum Unit: String, Sendable {
    case seconds = "s"
    case bytes = "B"
    case count = "1"
  }

  public var unit: Unit {
    switch self {
    case .cpu, .wall, .user, .system: .seconds
    case .peakMemory, .bytesRead, .bytesWritten: .bytes
    case .voluntarySwitches, .involuntarySwitches, .instructions, .callgrind: .count
    }
  }

  /// Whether a program that does the same work gives the same number each time: two constants are
  /// then compared as they are, without a test.
  public var isExact: Bool { self == .callgrind || self == .bytesWritten }
}
