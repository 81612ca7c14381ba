import ArgumentParser
import Benchmark
import Foundation
import Pipeline
import Stages

extension KCPipe {
  /// Measures the steps of an experiment.
  struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "bench",
      abstract: "Measure the steps of an experiment, alone or against another program.",
      discussion: """
        Each sample is a fresh process that computes one step with the cache off. `kcpipe bench \
        history METRIC` draws how medians changed over time.
        """,
      subcommands: [Measure.self, History.self], defaultSubcommand: Measure.self)
  }

  struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "measure", abstract: "Measure the steps of an experiment.")

    @OptionGroup var input: ManifestOptions
    @OptionGroup var place: BenchOutputOptions
    @OptionGroup var comparison: ComparisonOptions
    @OptionGroup var sampling: SamplingOptions

    @Option(
      help: ArgumentHelp(
        "Compare with this: a program, a revision (built on the side), a record or a baseline.",
        valueName: "binary|rev|record"))
    var against: String?

    func run() async throws {
      let plan = try input.plan()
      try sampling.check(plan)
      let output = place.output
      let opponent = try await Opponent.find(against, outputsRoot: output.root)
      let records = try await Interruptible.run {
        try await Scratch.use(in: output.root) { try await measure(plan, opponent, output, in: $0) }
      }
      try keep(records, in: output)
      if let base = opponent.record ?? records.base {
        try comparison.conclude(base, records.new, settings: plan.manifest.bench)
      } else {
        print(RecordView.text(records.new, comparison.format), terminator: "")
      }
    }

    private func measure(
      _ plan: Plan, _ opponent: Opponent, _ output: OutputOptions, in scratch: String
    ) async throws -> (new: BenchRecord, base: BenchRecord?) {
      var this = BenchProgram(name: "this program", executable: OutputOptions.executable)
      this.burden = sampling.burden?.value
      let programs = [this] + (opponent.program.map { [$0] } ?? [])
      let console = Console(.normal)
      var options = Engine.Options()
      options.threads = sampling.threads
      let work = try await BenchWork.prepare(
        plan, steps: sampling.steps(plan.manifest.bench), engine: output.engine(),
        folder: RunFolder(path: scratch + "/run"),
        options: options
      ) { event in
        if case .ended(let result) = event, result.status == .executed { console.show(event) }
      }
      let started = Date().formatted(.iso8601)
      let session = BenchSession(
        work, programs: programs, options: sampling.options(comparison, plan.manifest.bench))
      let (arms, overhead) = try await session.measure(in: scratch) { round, rounds in
        if round == rounds || round % 5 == 0 { Console.complain("round \(round) of \(rounds)") }
      }
      Console.complain(overhead.sentence)
      var records: [BenchRecord] = []
      for (program, arm) in zip(programs, arms) {
        records.append(try await record(plan, program, arm, started))
      }
      return (records[0], records.count > 1 ? records[1] : nil)
    }

    private func record(
      _ plan: Plan, _ program: BenchProgram, _ arm: BenchSession.Arm, _ started: String
    ) async throws -> BenchRecord {
      let identity = try await program.identity()
      return BenchRecord(
        experiment: plan.manifest.experiment.name, measuredAt: started,
        program: .init(
          version: identity.version, build: identity.build,
          libraries: arm.libraries), machine: .current, seed: sampling.orderSeed,
        cases: arm.cases, metrics: arm.metrics, unavailable: arm.unavailable)
    }

    private func keep(
      _ records: (new: BenchRecord, base: BenchRecord?), in output: OutputOptions
    ) throws {
      let archive = BenchArchive(outputsRoot: output.root)
      try archive.keep(records.new)
      if let base = records.base { try archive.keep(base: base) }
      guard let recordFile = place.out else { return }
      let files = LocalFileSystem()
      try files.replace(recordFile, with: Data(records.new.text.utf8), isDurable: true)
      guard let base = records.base else { return }
      let stem = recordFile.hasSuffix(".json") ? String(recordFile.dropLast(5)) : recordFile
      try files.replace(stem + ".base.json", with: Data(base.text.utf8), isDurable: true)
    }
  }
}
