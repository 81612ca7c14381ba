import Pipeline
import TestSupport
import Testing

@Suite("CSV files")
struct CSVFileTests {
  private func file(_ text: String) throws -> CSVFile {
    let folder = try TemporaryFolder()
    return try CSVFile(path: folder.write(text, to: "x.csv"))
  }

  @Test("are read alike whatever the line ends", arguments: ["\n", "\r\n"])
  func lineEnds(end: String) throws {
    for last in ["", end] {
      let csv = try file("a,b\(end)1,x\(end)2,\"y, \"\"z\"\"\"\(last)")
      #expect(try csv.integers("a") == [1, 2])
      #expect(try csv.texts("b") == ["x", "y, \"z\""])
    }
  }

  @Test(
    "with a mistake are refused with the line",
    arguments: [
      ("", "line 1"), ("a,b\n1\n", "line 2"), ("a,b\n1,2\n1,2,3\n", "line 3"),
      ("a,b\n1,\"x\n", "line 2"), ("a,b\n1,2\nx,3\n", "line 3, column 'a'"),
      ("a,b\n\"1\n2\",3\nx,1\n", "line 2, column 'a'"), ("c,b\n1,2\n", "line 1"),
      ("a,b\n1.5,2\n", "line 2, column 'a'"),
      ("a,b\n99999999999999999999,2\n", "line 2, column 'a'"),
      ("a\n1\n\"2\"3\n", "line 3"), ("a,b\n1,\"x\" ,2\n", "line 2"), ("a\n1\r2\n", "line 2"),
    ])
  func mistakes(text: String, place: String) throws {
    let error = #expect(throws: DataError.self) { try file(text).integers("a") }
    #expect(try #require(error).place == place)
  }

  @Test func `a file with zero bytes is no text`() throws {
    let error = #expect(throws: DataError.self) { try file("a,b\n1,\u{0}\n") }
    #expect(try #require(error).place == "byte 6")
  }
}
