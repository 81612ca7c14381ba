/// The text format of Go's benchmarks, which benchstat reads.
///
///     arm: base
///     BenchmarkTraffic 1 0.0412 sec/op 0.0398 cpu-sec/op 45244416 peak-B
///
/// Source: "Go Benchmark Data Format" (golang.org/design/14313-benchmark-format) and the
/// documentation of golang.org/x/perf/benchfmt. Each sample is a line; records follow one another
/// under their `arm`, so that `benchstat -col arm FILE` compares them.
public enum GoBenchFormat {
  public static func text(_ arms: [(name: String, record: BenchRecord)]) -> String {
    arms.map { arm in
      let head = [
        "experiment: \(arm.record.experiment)", "cpu: \(arm.record.machine.processor)",
        "goos: \(arm.record.machine.system.lowercased())",
        "goarch: \(arm.record.machine.architecture)", "arm: \(arm.name)", "",
      ]
      return (head + arm.record.cases.flatMap(lines)).joined(separator: "\n")
    }.joined(separator: "\n\n") + "\n"
  }

  private static func lines(_ one: BenchCase) -> [String] {
    let quantities = Quantity.allCases.filter { one.series[$0] != nil }
    return one.order.indices.map { i in
      let values = quantities.map { "\(one.series[$0]?[i] ?? 0) \(unit($0))" }
      return "\(name(one.name)) 1 \(values.joined(separator: " "))"
    }
  }

  /// `Benchmark` and a word that begins with a capital letter and holds no space.
  private static func name(_ name: String) -> String {
    let word = name.split(separator: " ").joined(separator: "_")
    return "Benchmark" + word.prefix(1).uppercased() + word.dropFirst()
  }

  private static func unit(_ quantity: Quantity) -> String {
    switch quantity {
    case .wall: "sec/op"
    case .cpu, .user, .system: "\(quantity.word)-sec/op"
    case .peakMemory: "peak-B"
    case .bytesRead, .bytesWritten: "\(quantity.word)-B/op"
    case .voluntarySwitches, .involuntarySwitches, .instructions, .callgrind:
      "\(quantity.word)/op"
    }
  }
}
