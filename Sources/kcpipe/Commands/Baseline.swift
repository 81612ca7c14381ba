import ArgumentParser
import Benchmark
import Pipeline

extension KCPipe {
  /// Keeps benchmark records under names.
  struct Baseline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "baseline",
      abstract: "Keep benchmark records as baselines, a small file each under baselines/.",
      subcommands: [Save.self, BaselineList.self, BaselineShow.self, Remove.self])

    struct Save: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "save", abstract: "Keep a record under a name.")

      @Argument(help: "The baseline's name.")
      var name: String

      @Argument(
        help: "A record that `kcpipe bench --out` wrote.", completion: .file(extensions: ["json"]))
      var record: String

      func run() async throws {
        guard BaselineFolder.isName(name) else {
          throw Failure(
            message: "'\(name)' is no name for a baseline: letters, digits, '.', '-' and '_'.",
            code: ExitStatus.usage)
        }
        try BaselineFolder().save(Compare.load(record), as: name)
        print("saved \(BaselineFolder().file(name))")
      }
    }

    struct BaselineList: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the baselines.")

      func run() async throws {
        let rows = BaselineFolder().names().map { name -> [String] in
          guard let record = try? Compare.load(name) else { return [name, "not readable"] }
          let samples = record.cases.map(\.order.count).max() ?? 0
          return [
            name, record.measuredAt, "build \(record.program.build.prefix(12))",
            "\(record.cases.count) cases", "\(samples) samples", record.machine.processor,
          ]
        }
        if rows.isEmpty { Console.complain("no baselines; `kcpipe baseline save` keeps one") }
        print(TextTable.render(rows))
      }
    }

    struct BaselineShow: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a baseline, or any record, in one of the formats.")

      @Argument(help: "The baseline's name, or a record.")
      var name: String

      @Option(help: "How it is written.")
      var format = ReportFormat.table

      func run() async throws {
        print(RecordView.text(try Compare.load(name), format), terminator: "")
      }
    }

    struct Remove: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Remove a baseline.")

      @Argument(help: "The baseline's name.")
      var name: String

      func run() async throws {
        guard BaselineFolder().has(name) else { _ = try Compare.load(name); return }
        try BaselineFolder().remove(name)
        print("removed \(BaselineFolder().file(name))")
      }
    }
  }
}
