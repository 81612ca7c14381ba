import ArgumentParser
import Pipeline

extension KCPipe {
  /// Says for each step what a run would do and why.
  struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan", abstract: "Say what a run would do, step by step, and why.")

    @OptionGroup var input: ManifestOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
      Self.show(try input.plan(), output, isForced: false, asJSON: json)
    }

    static func show(_ plan: Plan, _ output: OutputOptions, isForced: Bool, asJSON: Bool) {
      let folder = RunFolder(path: output.root + "/" + plan.manifest.experiment.name)
      let preview = PlanPreview(plan, engine: output.engine(), folder: folder, isForced: isForced)
      if asJSON { return print(json(preview).prettyJSON, terminator: "") }
      let rows = preview.lines.map { line in
        [line.step, line.stage, coloured(line.action), line.key?.short ?? "–", line.reason]
      }
      print(TextTable.render([["step", "stage", "action", "key", "why"]] + rows))
    }

    private static func coloured(_ action: PlanPreview.Line.Action) -> String {
      action.rawValue + String(repeating: " ", count: 7 - action.rawValue.count)
    }

    private static func json(_ preview: PlanPreview) -> Value {
      .object([
        "format": 1,
        "steps": .list(
          preview.lines.map { line in
            .object([
              "name": .string(line.step), "stage": .string(line.stage),
              "action": .string(line.action.rawValue), "reason": .string(line.reason),
              "key": line.key.map { .string($0.hex) } ?? .null,
            ])
          }),
      ])
    }
  }
}
