import Foundation
import Kernels
import TestSupport
import Testing

@Suite("The shipped log")
struct ShippedLogTests {
  private static let path = RepositoryRoot.path + "/experiments/data/requests.queue"

  /// Two hours of invented requests: a load marker, bursts, a repeated line and a blank.
  private static func entries() throws -> [UInt8] {
    var bytes = try HistoricLogEncoder.encode(
      .request, token: "1000000", seconds: 1_408_964_032, nanoseconds: 335_925_644,
      text: "kingcobra_kernelspace_init")
    var draw = RandomStream(seed: 20_150_817, name: "shipped log").sequence()
    var time = 1_439_827_200.0
    for i in 0..<400 {
      time += draw.exponential(rate: i % 40 < 30 ? 1 : 0.02)
      let seconds = Int64(time)
      let nanoseconds = Int64((time - Double(seconds)) * 1e9)
      let record = try HistoricLogEncoder.encode(
        .request, token: String(0x1000100 + i % 7, radix: 16), seconds: seconds,
        nanoseconds: nanoseconds, text: "request #\(i)")
      bytes += record
      if i == 200 { bytes += record + [UInt8](repeating: 0, count: 256) }
    }
    return bytes
  }

  /// `KCPIPE_RENEW=1 make test` writes the file anew.
  @Test func `is what our encoder writes`() throws {
    let bytes = try Self.entries()
    if ProcessInfo.processInfo.environment["KCPIPE_RENEW"] != nil {
      try Data(bytes).write(to: URL(fileURLWithPath: Self.path))
    }
    let shipped = try Data(contentsOf: URL(fileURLWithPath: Self.path))
    #expect([UInt8](shipped) == bytes)
    #expect(try HistoricLogDecoder().decode(bytes).records.count == 403)
  }
}
