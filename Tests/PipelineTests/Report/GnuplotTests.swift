import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Figures")
struct GnuplotTests {
  private static let isInstalled = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
    FileManager.default.isExecutableFile(atPath: $0 + "/gnuplot")
  }

  private let figures = [
    Figure(
      "lines", title: "It's a \"test\" of %s", x: .init("x", logarithmic: true), y: .init("y"),
      [
        .init("a", .lines, x: [0, 1, 10, 100], y: [1, 2, .nan, 4]),
        .init("b", .points, x: [1, 2], y: [3, 3]),
      ]),
    Figure(
      "bars", title: "Bars", x: .init("kind"), y: .init("count"), categories: ["a b", "c'd"],
      [.init("one", bars: [1, 2]), .init("two", bars: [3, 4])]),
    Figure("map", title: "Map", x: .init("x"), y: .init("y"), heatMap: [1, 2, 3, 4], columns: 2),
  ]

  @Test(.enabled(if: isInstalled, "needs gnuplot"))
  func `are drawn by one process, the same twice, without a date`() async throws {
    let folders = [try TemporaryFolder("first"), try TemporaryFolder("second ünïcode")]
    for folder in folders {
      let named = figures.enumerated().map { (file: "f\($0).svg", figure: $1) }
      #expect(await Gnuplot.draw(named, into: folder.path))
      #expect(folder.files == ["f0.svg", "f1.svg", "f2.svg"])
    }
    #expect(FolderComparison.differences(folders[0].path, folders[1].path) == [])
    let svg = try String(contentsOfFile: folders[0].path + "/f0.svg", encoding: .utf8)
    #expect(!svg.contains("20\(Calendar.current.component(.year, from: Date()) % 100)"))
    #expect(svg.contains("It's a"))
  }

  @Test func `a figure without drawable points is empty`() {
    let nothing = Figure(
      "empty", title: "", x: .init("x", logarithmic: true), y: .init("y"),
      [.init("a", .lines, x: [0, -1], y: [1, 2])])
    #expect(nothing.isEmpty)
    #expect(!figures[0].isEmpty)
  }
}
