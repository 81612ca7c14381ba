import Foundation
import Kernels
import TestSupport
import Testing

@Suite("The historic log")
struct HistoricLogTests {
  private func record(_ line: String, junk: UInt8 = 0xA5) -> [UInt8] {
    var bytes = Array(line.utf8) + [0]
    bytes += [UInt8](repeating: junk, count: max(0, 256 - bytes.count))
    return bytes
  }

  @Test func `a v1 record has seconds and unpadded nanoseconds`() throws {
    let bytes = record("REQUEST#10000ab#1400000000:5000000#hello #:$$ $$\n")
    let result = try HistoricLogDecoder().decode(bytes)
    let one = try #require(result.records.first)
    #expect(one.kind == .request)
    #expect(one.dialect == .v1)
    #expect(one.token == "10000ab")
    #expect(one.nanoseconds == 1_400_000_000_005_000_000)
    #expect(one.text == "hello #:$$")
  }

  @Test func `a v2 record has two readings, of which the smaller counts`() throws {
    let bytes = record("REQUEST#1000000#98765432109900:98765432109100hello $$\n")
    let one = try #require(try HistoricLogDecoder().decode(bytes).records.first)
    #expect(one.dialect == .v2)
    #expect(one.nanoseconds == 98_765_432_109_100)
    #expect(one.text == "hello")
  }

  @Test func `a v2 text that starts with a digit is refused, or guessed when lenient`() throws {
    let bytes = record("REQUEST#1#98765432109900:987654321091007up $$\n")
    #expect(throws: HistoricLogError.self) { try HistoricLogDecoder().decode(bytes) }
    let one = try #require(try HistoricLogDecoder(lenient: true).decode(bytes).records.first)
    #expect(one.isGuessed)
    #expect(one.text == "7up")
  }

  @Test func `junk behind the first NUL is never read`() throws {
    let line = "REQUEST#1#1:2#x $$\n"
    let a = try HistoricLogDecoder().decode(record(line, junk: 0x41))
    let b = try HistoricLogDecoder().decode(record(line, junk: 0xFF))
    #expect(a == b)
  }

  @Test(
    "malformed records are refused with the byte",
    arguments: [
      ("REQUST#1#1:2#x $$\n", 0), ("REQUEST#XYZ#1:2#x $$\n", 8), ("REQUEST#012#1:2#x $$\n", 8),
      ("REQUEST#123456789#1:2#x $$\n", 8), ("REQUEST#1#:2#x $$\n", 10),
      ("REQUEST#1#1:1000000000#x $$\n", 12), ("REQUEST#1#1-2#x $$\n", 11),
      ("REQUEST#1#1:2#x\n", 12), ("REQUEST#1#99999999999999999999:2#x $$\n", 10),
      ("REQUEST#1#9999999999999:2#x $$\n", 15),
    ])
  func malformed(line: String, byte: Int) throws {
    let good = record("REQUEST#1#1:2#x $$\n")
    let error = #expect(throws: HistoricLogError.self) {
      try HistoricLogDecoder().decode(good + record(line))
    }
    #expect(try #require(error).record == 1)
    let found = try #require(error).byte
    #expect((256...256 + byte + 14).contains(found), "\(found)")
    let lenient = try HistoricLogDecoder(lenient: true).decode(good + record(line) + good)
    #expect(lenient.records.count == 2)
    #expect(lenient.skipped.count == 1)
    #expect(lenient.duplicateOf == [nil, 0])
  }

  @Test func `a record without a NUL and a short last record are refused`() throws {
    let noEnd = [UInt8](repeating: 0x41, count: 256)
    #expect(throws: HistoricLogError.self) { try HistoricLogDecoder().decode(noEnd) }
    let short = record("REQUEST#1#1:2#x $$\n") + [0x41]
    let error = #expect(throws: HistoricLogError.self) { try HistoricLogDecoder().decode(short) }
    #expect(try #require(error).byte == 256)
  }

  @Test("what is written is read back", arguments: [1, 40, 200])
  func roundTrip(count: Int) throws {
    var bytes: [UInt8] = []
    for i in 0..<count {
      bytes += try HistoricLogEncoder.encode(
        i % 3 == 0 ? .reply : .request, token: String(i + 1, radix: 16), seconds: Int64(i),
        nanoseconds: Int64(i * 7), text: "text #\(i)")
    }
    bytes += [UInt8](repeating: 0, count: 256)
    let result = try HistoricLogDecoder().decode(bytes)
    #expect(result.records.count == count + 1)
    #expect(result.records.last?.kind == .blank)
    #expect(result.records.prefix(count).map(\.text) == (0..<count).map { "text #\($0)" })
  }

  @Test(
    "a record of the later dialect is read back, with both clocks",
    arguments: [1, 999_999_999])
  func laterDialect(elapsed: Int64) throws {
    let earlier: Int64 = 1_455_260_000_000_000_000
    let bytes = try HistoricLogEncoder.encodeV2(
      .reply, token: "a1", later: earlier + elapsed, earlier: earlier, text: "reply text")
    let record = try #require(try HistoricLogDecoder().decode(bytes).records.first)
    #expect(record.kind == .reply && record.dialect == .v2)
    #expect(record.first == earlier + elapsed && record.second == earlier)
    #expect(record.text == "reply text" && record.token == "a1")
  }

  @Test func `a text that does not fit is refused by the writer`() {
    #expect(throws: HistoricLogError.self) {
      try HistoricLogEncoder.encode(
        .request, token: "1", seconds: 1, nanoseconds: 1, text: String(repeating: "x", count: 250))
    }
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
  func `the two logs that survive decode exactly`() throws {
    let reference = try #require(
      SharedData.json("reference/historic_queues.json") as? [String: Any])
    for file in try #require(reference["files"] as? [[String: Any]]) {
      let name = try #require(file["file"] as? String)
      let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.path("data/queues/" + name)))
      let result = try HistoricLogDecoder().decode([UInt8](data))
      let entries = try #require(file["entries"] as? [[String: Any]])
      #expect(result.records.count == entries.count)
      for (i, entry) in entries.enumerated() { try compare(result, i, entry) }
    }
  }

  private func compare(
    _ result: HistoricLogDecoder.Result, _ i: Int, _ entry: [String: Any]
  ) throws {
    let record = result.records[i]
    #expect(record.kind.rawValue == entry["kind"] as? String)
    #expect(result.indices[i] * 256 == entry["offset"] as? Int)
    guard record.kind != .blank else { return }
    #expect(record.dialect.rawValue == entry["dialect"] as? String)
    #expect(record.token == entry["client_token"] as? String)
    #expect(record.first == (entry["t_first"] as? NSNumber)?.int64Value)
    #expect(record.second == (entry["t_second"] as? NSNumber)?.int64Value)
    #expect(record.text == entry["text"] as? String)
    #expect(record.nanoseconds == (entry["time_ns"] as? NSNumber)?.int64Value)
    #expect(record.payloadBytes == entry["payload_bytes"] as? Int)
    #expect(result.duplicateOf[i] == entry["duplicate_of"] as? Int)
  }
}
