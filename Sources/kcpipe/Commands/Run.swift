import ArgumentParser
import Foundation
import Pipeline
import Stages

extension KCPipe {
  /// Runs an experiment: executes what is not known yet, then writes metrics and the report.
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Run an experiment and write its datasets and report.")

    @OptionGroup var input: ManifestOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Steps at a time; by default the number of cores.")
    var jobs: Int?

    @Option(help: ArgumentHelp("Run only this step and what it needs.", valueName: "step"))
    var until: String?

    @Option(
      help: ArgumentHelp(
        "How long to wait for a step that another run computes.", valueName: "seconds"))
    var wait = 86_400.0

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @Flag(help: "Go on with steps that do not depend on a failed one; sweeps do so anyway.")
    var keepGoing = false

    @Flag(help: "End a sweep with the first failure.")
    var failFast = false

    @Flag(help: "Execute every step, whatever the store has.")
    var force = false

    @Flag(help: "Print the run record as JSON on standard output.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Print every report of progress.")
    var verbose = false

    func run() async throws {
      let plan = try input.plan()
      try check(until, in: plan)
      if dryRun { return PlanCommand.show(plan, output, isForced: force, asJSON: json) }
      let session = RunSession(
        plan, engine: output.engine(), outputsRoot: output.root, facts: OutputOptions.facts,
        options: options(plan), selection: input.selection, interval: replicateInterval)
      let console = Console(
        quiet || json ? .quiet : verbose ? .verbose : .normal, showsCached: plan.steps.count <= 50)
      let summary = try await Interruptible.run { try await session.run { console.show($0) } }
      try conclude(summary, session)
    }

    private func check(_ step: String?, in plan: Plan) throws {
      guard let step, !plan.hasStep(step) else { return }
      let near = Suggestion.nearest(to: step, among: plan.stepNames)
      throw Failure(
        message: "--until \(step): not a step of this manifest."
          + (near.map { " Did you mean '\($0)'?" } ?? ""),
        code: ExitStatus.usage)
    }

    private func options(_ plan: Plan) -> Engine.Options {
      let cores = ProcessInfo.processInfo.activeProcessorCount
      var options = Engine.Options()
      options.jobs = max(1, jobs ?? plan.manifest.jobs ?? cores)
      // The steps of one experiment wait for one another most of the time, so each may use every
      // core; the cases of a sweep keep all cores busy by themselves.
      let together = plan.isSweep ? min(options.jobs, max(1, plan.steps.count)) : 1
      options.threads = max(1, cores / together)
      options.keepsGoing = keepGoing || (plan.isSweep && !failFast)
      options.isForced = force
      options.until = until
      options.lockPatience = wait
      options.owner = "kcpipe run \(input.manifest) (process \(getpid()))"
      return options
    }

    private func conclude(_ summary: RunSession.Summary, _ session: RunSession) throws {
      if json { print(summary.recordJSON, terminator: "") }
      if !quiet, !json {
        print(
          RunRecordText.conclusion(
            summary, session.folder.path, isSweep: session.plan.isSweep && input.cases.isEmpty))
      }
      if quiet {
        for result in summary.failures { Console.complain(RunRecordText.failure(result)) }
      }
      if let failure = summary.failures.first?.failure { throw ExitCode(failure.exitCode) }
      if !summary.failedClaims.isEmpty { throw ExitCode(ExitStatus.claimFailed) }
    }
  }
}
