import ArgumentParser
import Benchmark
import Pipeline

extension KCPipe {
  /// Compares two benchmark records.
  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare", abstract: "Compare two benchmark records and judge the difference.",
      discussion: """
        A record is a file that `kcpipe bench --out` wrote, or the name of a baseline. Exit codes: 0 \
        equal, better or undecided, 2 a regression, 3 not comparable, 4 a metric outside its \
        tolerance, 5 undecided with --strict, 6 no such baseline.
        """)

    @Argument(help: "The record to compare with.", completion: .file(extensions: ["json"]))
    var base: String

    @Argument(help: "The record that is judged.", completion: .file(extensions: ["json"]))
    var new: String

    @OptionGroup var comparison: ComparisonOptions

    func run() async throws {
      try comparison.conclude(Self.load(base), Self.load(new))
    }

    /// A record by path or by the name of a baseline.
    static func load(_ word: String) throws -> BenchRecord {
      let folder = BaselineFolder()
      if let record = try folder.find(word) { return record }
      let near = Suggestion.nearest(to: word, among: folder.names())
      throw Failure(
        message: "\(word): neither a record nor a baseline."
          + (near.map { " Did you mean '\($0)'?" } ?? ""), code: ExitStatus.noBaseline)
    }
  }
}
