internal import Kernels
public import Pipeline

/// Google benchmark's JSON, which its tools/compare.py reads.
///
/// One record is a file for `compare.py benchmarks BASE NEW`. Several records in one file have
/// their arm before the name, for `compare.py filters FILE base new`.
public enum GoogleBenchmarkFormat {
  public static func document(_ arms: [(name: String, record: BenchRecord)]) -> Value {
    let record = arms.first?.record
    return .object([
      "context": .object([
        "date": .string(record?.measuredAt ?? ""),
        "executable": .string("kcpipe \(record?.program.version ?? "")"),
        "num_cpus": .int(Int64(record?.machine.cores ?? 0)), "library_build_type": "release",
      ]),
      "benchmarks": .list(
        arms.flatMap { arm in
          arm.record.cases.flatMap { one in
            let name = (arms.count == 1 ? "" : arm.name + "/") + one.name
            return samples(one, name) + median(one, name)
          }
        }),
    ])
  }

  private static func samples(_ one: BenchCase, _ name: String) -> [Value] {
    let (wall, cpu) = (one.series[.wall] ?? [], one.series[.cpu] ?? [])
    return zip(wall, cpu).enumerated().map { i, times in
      .object([
        "name": .string(name), "run_name": .string(name), "run_type": "iteration",
        "repetitions": .int(Int64(wall.count)), "repetition_index": .int(Int64(i)), "threads": 1,
        "iterations": 1, "real_time": .real(times.0 * 1e3), "cpu_time": .real(times.1 * 1e3),
        "time_unit": "ms",
      ])
    }
  }

  /// As `--benchmark_report_aggregates_only` has it, for `compare.py --display_aggregates_only`.
  private static func median(_ one: BenchCase, _ name: String) -> [Value] {
    guard let wall = one.series[.wall].flatMap({ Quantiles($0)?.median }),
      let cpu = one.series[.cpu].flatMap({ Quantiles($0)?.median })
    else { return [] }
    return [
      .object([
        "name": .string(name + "_median"), "run_name": .string(name), "run_type": "aggregate",
        "aggregate_name": "median", "aggregate_unit": "time", "threads": 1,
        "iterations": .int(Int64(one.order.count)), "real_time": .real(wall * 1e3),
        "cpu_time": .real(cpu * 1e3), "time_unit": "ms",
      ])
    ]
  }
}
