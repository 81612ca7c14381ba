import Kernels
import Pipeline

/// What measuring takes beyond the step itself and the start of a process.
public struct SampleOverhead: Sendable {
  /// Of processes that are given no job, from before their start until after their end.
  private var starts: [Double] = []
  private var rests: [Double] = []

  /// Starts a few idle processes of the program.
  init(idle program: BenchProgram) async {
    for _ in 0..<5 {
      guard let process = await FreshProcess.run(program.executable, ["sample"]) else { continue }
      starts.append(process.wallSeconds)
    }
  }

  mutating func add(_ report: SampleReport, lasting duration: Duration) {
    let parts = duration.components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    rests.append(seconds - (report.measured[.wall] ?? 0))
  }

  /// Seconds, the median over idle processes.
  public var processStart: Double { Quantiles(starts)?.median ?? 0 }

  /// Seconds a sample, the median over samples.
  public var beyondStart: Double { (Quantiles(rests)?.median ?? 0) - processStart }

  public var sentence: String {
    "starting a process took \(Format.seconds(processStart)), measuring "
      + "\(Format.seconds(max(0, beyondStart))) beyond it and the step"
  }
}
