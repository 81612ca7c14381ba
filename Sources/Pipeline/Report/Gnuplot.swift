import Foundation
internal import Subprocess

#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

/// The program that draws the figures of reports.
public enum DrawingProgram {
  /// Its version, as `5.4 patchlevel 4`; nil where it is not installed.
  public static func version() async -> String? { await Gnuplot.version() }
}

/// Draws figures as SVG with gnuplot: one process for all figures of a report.
///
/// The files hold no date and no path. Text and axes are mid-grey on a transparent ground, which
/// reads on white paper and in a dark theme; the colours are those of Okabe and Ito, which colour
/// blind readers can tell apart.
package struct Gnuplot: Sendable {
  /// The program's version, as `5.4 patchlevel 4`; nil where it is not installed.
  static func version() async -> String? {
    let result = try? await run(
      .name("gnuplot"), arguments: ["--version"], output: .string(limit: 4096), error: .discarded)
    guard let result, result.terminationStatus.isSuccess else { return nil }
    let words = result.standardOutput.split(separator: " ").dropFirst()
    return words.joined(separator: " ").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Draws every figure into `folder` as `<file name>.svg`.
  ///
  /// - Returns: false where gnuplot is missing or refused; `folder` is then left without figures.
  package static func draw(
    _ figures: [(file: String, figure: Figure)], into folder: String
  ) async -> Bool {
    let script = figures.map { self.script($0.figure, file: $0.file) }.joined(separator: "reset\n")
    // By a file and not by a pipe: writing to a program that has died already ends this one.
    let file = folder + "/figures.gp"
    let files = LocalFileSystem()
    guard (try? files.create(file, with: Data(script.utf8))) != nil else { return false }
    defer { try? files.remove(file) }
    guard let program = path(files) else { return false }
    let result = try? await run(
      .path(FilePath(program)), arguments: [file], workingDirectory: FilePath(folder),
      output: .discarded, error: .string(limit: 1 << 16))
    return result?.terminationStatus.isSuccess == true
  }

  static func script(_ figure: Figure, file: String) -> String {
    var lines = preamble(figure, file: file)
    switch figure.content {
    case .series(let series): lines += plot(series, of: figure)
    case .heatMap(let map): lines += plot(map)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let ink = "#808080"
  private static let colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]

  private static func preamble(_ figure: Figure, file: String) -> [String] {
    var lines = [
      "set terminal svg size 720,400 noenhanced font 'Helvetica,13' name 'figure'",
      "set output \(quoted(file))",
      "set title \(quoted(figure.title)) textcolor rgb '\(ink)'",
      "set xlabel \(quoted(figure.x.label)) textcolor rgb '\(ink)'",
      "set ylabel \(quoted(figure.y.label)) textcolor rgb '\(ink)'",
      "set border 3 linecolor rgb '\(ink)'",
      "set tics nomirror textcolor rgb '\(ink)'",
      "set grid linecolor rgb '\(ink)' linewidth 0.3 dashtype 3",
      "set key top right textcolor rgb '\(ink)'",
      "set style fill solid 0.75 noborder",
    ]
    if figure.x.isLogarithmic { lines.append("set logscale x; set format x '10^{%L}'") }
    if figure.y.isLogarithmic { lines.append("set logscale y; set format y '%g'") }
    if figure.x.isLogarithmic { lines.append("set format x '%g'") }
    if !figure.categories.isEmpty {
      let labels = figure.categories.enumerated().map { "\(quoted($1)) \($0)" }
      lines.append("set xtics (\(labels.joined(separator: ", ")))")
      if figure.categories.count > 8 { lines.append("set xtics rotate by -40") }
      lines.append("set xrange [-0.6:\(Double(figure.categories.count) - 0.4)]")
    }
    return lines
  }

  private static func plot(_ all: [Figure.Series], of figure: Figure) -> [String] {
    let series = all.filter { !figure.drawable($0).isEmpty }
    var lines: [String] = []
    for (i, one) in series.enumerated() {
      lines.append("$d\(i) << EOD")
      lines += figure.drawable(one).map { "\($0.x) \($0.y) \($0.error)" }
      lines.append("EOD")
    }
    if series.contains(where: { !$0.errors.isEmpty }) {
      lines.append("set offsets graph 0.03, graph 0.03, 0, 0")
    }
    let bars = series.count { $0.style == .bars }
    if bars > 0, !figure.y.isLogarithmic { lines.append("set yrange [*<0:*]") }
    var bar = 0
    let terms = series.enumerated().map { i, one in
      let colour = "linecolor rgb '\(colours[i % colours.count])'"
      let title = one.name.isEmpty ? "notitle" : "title \(quoted(one.name))"
      guard one.style == .bars else {
        let curve = "$d\(i) using 1:2 with \(style(one.style)) \(colour) \(title)"
        let shift = apart(i, series)
        let points = "yerrorbars pointtype 7 pointsize 0.4"
        let bars = "$d\(i) using ($1+\(shift)):2:3 with \(points) \(colour) notitle"
        return one.errors.isEmpty ? curve : "\(curve), \\\n     \(bars)"
      }
      defer { bar += 1 }
      return barTerm(i, one, bar: bar, of: bars, "\(colour) \(title)")
    }
    lines.append("plot " + terms.joined(separator: ", \\\n     "))
    return lines
  }

  /// How far the error bars of a series stand beside its points, so that no bar hides another.
  private static func apart(_ i: Int, _ series: [Figure.Series]) -> Double {
    let all = series.flatMap(\.x).filter(\.isFinite)
    guard let low = all.min(), let high = all.max() else { return 0 }
    return (Double(i) - Double(series.count - 1) / 2) * (high - low) * 0.008
  }

  private static func style(_ style: Figure.Series.Style) -> String {
    switch style {
    case .lines: "lines linewidth 2"
    case .steps: "steps linewidth 2"
    case .points: "points pointtype 7 pointsize 0.5"
    case .bars: "boxes"
    }
  }

  /// Several groups of bars stand side by side; the width follows the spacing of x.
  private static func barTerm(
    _ i: Int, _ series: Figure.Series, bar: Int, of bars: Int, _ look: String
  ) -> String {
    let gaps = zip(series.x.dropFirst(), series.x).map { $0 - $1 }.filter { $0 > 0 }
    let width = 0.85 * (gaps.min() ?? 1) / Double(bars)
    let shift = (Double(bar) - Double(bars - 1) / 2) * width
    return "$d\(i) using ($1+\(shift)):2:(\(width)) with boxes \(look)"
  }

  private static func plot(_ map: Figure.HeatMap) -> [String] {
    var lines = ["$d << EOD"]
    for row in 0..<map.rows {
      let values = map.values[row * map.columns..<(row + 1) * map.columns]
      lines.append(values.map { $0.isFinite ? "\($0)" : "NaN" }.joined(separator: " "))
    }
    lines += [
      "EOD", "unset grid", "set yrange [\(Double(map.rows) - 0.5):-0.5]",
      "set xrange [-0.5:\(Double(map.columns) - 0.5)]",
      "set palette defined (0 '#f0f4f8', 0.5 '#56B4E9', 1 '#0b3c5d')",
      "set colorbox", "set cbtics textcolor rgb '\(ink)'",
      "plot $d matrix with image notitle",
    ]
    return lines
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''").replacing("\n", with: " ") + "'"
  }
}
