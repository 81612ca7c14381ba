import Foundation
import Pipeline

/// What tells one machine from another, as far as it changes a measurement; no host name.
public struct MachineFacts: Sendable, Equatable, Codable {
  public let processor: String
  public let cores: Int
  public let architecture: String
  public let memoryBytes: Int
  public let system: String
  public let kernel: String

  enum CodingKeys: String, CodingKey {
    case processor, cores, architecture, system, kernel
    case memoryBytes = "memory_bytes"
  }

  public init(
    processor: String, cores: Int, architecture: String, memoryBytes: Int, system: String,
    kernel: String
  ) {
    self.processor = processor
    self.cores = cores
    self.architecture = architecture
    self.memoryBytes = memoryBytes
    self.system = system
    self.kernel = kernel
  }

  /// This machine.
  public static let current: MachineFacts = {
    var names = utsname()
    let isKnown = unsafe uname(&names) == 0
    func text<T>(_ field: inout T) -> String {
      guard isKnown else { return "unknown" }
      return unsafe withUnsafeBytes(of: &field) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    return MachineFacts(
      processor: processorModel ?? text(&names.machine),
      cores: ProcessInfo.processInfo.activeProcessorCount, architecture: text(&names.machine),
      memoryBytes: Int(ProcessInfo.processInfo.physicalMemory), system: text(&names.sysname),
      kernel: text(&names.release))
  }()

  private static var processorModel: String? {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("model name") })
    else { return nil }
    return line.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// What counts, with its name; of memory only whole gibibytes.
  private var rows: [(name: String, value: String)] {
    [
      ("processor", processor), ("cores", String(cores)), ("architecture", architecture),
      ("memory", "\(Int((Double(memoryBytes) / 1_073_741_824).rounded())) GiB"),
      ("system", system), ("kernel", kernel),
    ]
  }

  /// Where two machines differ, as `cores: 2 -> 8`.
  public func differences(to other: MachineFacts) -> [String] {
    zip(rows, other.rows).filter { $0.value != $1.value }.map { old, new in
      "\(old.name): \(old.value) -> \(new.value)"
    }
  }

  /// A short word for all of it.
  public var fingerprint: String {
    Digest(of: rows.map { "\($0.name) \($0.value)\n" }.joined()).short
  }
}
