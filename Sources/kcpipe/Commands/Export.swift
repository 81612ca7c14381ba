import ArgumentParser
import Foundation
import Pipeline
import Stages

extension KCPipe {
  /// Writes a result for other programs: a table as CSV or JSON lines, or a log in the historic format.
  struct Export: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument {
      case csv, jsonl
      case log1 = "log-1"
      case log2 = "log-2"
      case log
    }

    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write a result as CSV, JSON lines or a request and reply log.",
      discussion: """
        The result is RUN/STEP or RUN/STEP.OUTPUT, as outputs/quickstart/traffic. csv and jsonl write a table of \
        any artifact: `kcpipe show STAGE` names the dimensions, of which --table picks one. log-1 and log-2 write the \
        requests and replies of a traffic step in the dialects of the historic log; of an imported log \
        (STEP.log) they write its records, and log writes each in its own dialect. The file appears whole or \
        not at all, and equal results give equal bytes.
        """)

    @Argument(
      help: "The result: RUN/STEP or RUN/STEP.OUTPUT.", completion: .file(extensions: ["h5"]))
    var result: String

    @Option(help: "What to write: csv, jsonl, log-1, log-2 or log.")
    var format = Format.csv

    @Option(help: "csv, jsonl: the dimension whose variables are written; the first by default.")
    var table: String?

    @Option(
      help: ArgumentHelp("The file to write; standard output if absent.", valueName: "file"),
      completion: .file())
    var output: String?

    func run() async throws {
      guard table == nil || format == .csv || format == .jsonl else {
        throw Failure(
          message: "--table is for csv and jsonl; a log has one table.", code: ExitStatus.usage)
      }
      let recorded = try RecordedArtifact(at: result)
      let (format, table, output) = (format, table, output)
      try await Interruptible.run {
        let file = try ExportFile(output)
        try Self.write(recorded, format, table: table, to: file)
        try file.commit()
      }
    }

    private static func write(
      _ recorded: RecordedArtifact, _ format: Format, table: String?, to file: ExportFile
    ) throws {
      let artifact = try ArtifactReader(opening: recorded.path)
      if let words = TableExport.Format(rawValue: format.rawValue) {
        let schema = try schema(of: recorded)
        try TableExport(artifact, schema, table: table).write(words, to: file)
      } else if let dialect = HistoricLogExport.Dialect(rawValue: format.rawValue) {
        switch (recorded.stage, recorded.output) {
        case (Traffic.name, "main"):
          try HistoricLogExport(dialect).write(traffic: artifact, to: file)
        case (Traffic.name, "log"):
          try HistoricLogExport(dialect).write(log: artifact, to: file)
        default:
          throw Failure(
            message:
              "--format \(format.rawValue) is for steps of the stage traffic, and \(recorded.stage) made this.",
            code: ExitStatus.usage)
        }
      }
    }

    private static func schema(of recorded: RecordedArtifact) throws -> ArtifactSchema {
      let port = stageCatalog[recorded.stage]?.outputs.first { $0.name == recorded.output }
      guard let port, !port.isForeign else {
        throw Failure(
          message:
            "\(recorded.path) was written by a program of your own (stage \(recorded.stage)): its tables are "
            + "not known here; read it as HDF5.", code: ExitStatus.usage)
      }
      return port.schema
    }
  }
}
