import ArgumentParser
import Benchmark
import Foundation
import Pipeline

extension KCPipe {
  /// Draws how medians changed over time on this machine.
  struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "history",
      abstract: "Draw how the medians of a metric changed over time, with change points.",
      discussion: "Only measurements on a machine like this one are shown.")

    @Argument(help: ArgumentHelp("What was measured, as cpu.", valueName: "metric"))
    var metric: Quantity

    @Option(help: ArgumentHelp("Only this case.", valueName: "name"))
    var only: String?

    @Option(
      help: ArgumentHelp("The folder for results.", valueName: "dir"), completion: .directory)
    var outputs = "outputs"

    @Option(help: "Measurements of a case at most, the newest.")
    var limit = 300

    func run() async throws {
      let root = BenchOutputOptions.output(outputs).root
      let index = try BenchArchive(outputsRoot: root).index()
      let machine = MachineFacts.current.fingerprint
      let cases = try index.cases(quantity: metric.word, machine: machine).filter {
        only == nil || $0.name == only
      }
      guard !cases.isEmpty else {
        throw Failure(
          message:
            "no measurement of \(metric.word) on this machine in \(outputs) yet; `kcpipe bench` "
            + "makes one.", code: ExitStatus.noBaseline)
      }
      let folder = root + "/bench-history"
      try LocalFileSystem().makeFolder(folder)
      var figures: [(file: String, figure: Figure)] = []
      for one in cases {
        let points = try index.points(
          experiment: one.experiment, caseName: one.name, quantity: metric.word, machine: machine,
          limit: limit)
        let history = HistoryFigure(points, metric)
        let title = "\(one.experiment): \(one.name)"
        figures.append(
          ("\(one.experiment)-\(one.name)-\(metric.word).svg", history.figure(title: title)))
        print("\(title): \(points.count) measurements, \(history.changes.count) changes")
        if !history.rows.isEmpty {
          print(TextTable.render(history.rows.map { ["  " + $0[0]] + $0.dropFirst() }))
        }
      }
      guard await Gnuplot.draw(figures, into: folder) else {
        return Console.complain("gnuplot is missing or refused, so there is no figure")
      }
      for figure in figures { print("\(outputs)/bench-history/\(figure.file)") }
    }
  }
}
