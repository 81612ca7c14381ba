import Kernels
public import Pipeline

/// Times of arrival, drawn from a process or read from a trace, and scaled to what an experiment
/// needs (requirements N5, N24d).
public struct Arrivals: Stage {
  public static let name = "arrivals"
  public static let revision = 1
  public static let summary = "draws times of arrival or reads them from a trace"
  public static let outputs = [OutputPort.main(ArrivalsArtifact.self)]

  let parameters: Parameters
  let process: ArrivalProcess?

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard !parameters.source.isFile || parameters.file.isGiven else {
      throw ParameterError("file", "give the file that \(parameters.source.rawValue) is read from")
    }
    self.parameters = parameters
    process = Self.process(parameters)
    if let fault = process?.fault {
      throw ParameterError("source", "\(parameters.source.rawValue) cannot be drawn: \(fault)")
    }
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let stream = RandomStream(seed: context.seed, name: "arrivals")
    var trace = Trace()
    if let process {
      trace.series = ArrivalSeries(times: process.times(count: parameters.count, stream: stream))
    } else {
      trace = try TraceReader(parameters).read(stream: stream.substream(1))
    }
    try context.progress(0.5, "\(trace.series.count) arrivals")
    try write(trace, scaled(trace.series, stream), to: outputs.main)
  }

  /// In the order loop, superpose, thin, warp.
  private func scaled(_ series: ArrivalSeries, _ stream: RandomStream) -> ArrivalSeries {
    var series = series.looped(parameters.loops)
    series = series.superposed(parameters.copies, stream: stream.substream(2))
    if parameters.thin < 1 {
      series = series.thinned(to: parameters.thin, stream: stream.substream(3))
    }
    return parameters.warp == 1 ? series : series.warped(by: parameters.warp)
  }

  private func write(
    _ trace: Trace, _ series: ArrivalSeries, to artifact: ArtifactWriter
  ) throws {
    typealias A = ArrivalsArtifact
    try artifact.write(A.time, series.times)
    try artifact.write(A.work, series.works)
    try artifact.write(A.row, series.rows)
    try artifact.write(A.count, series.count)
    try artifact.write(A.read, trace.series.count)
    try artifact.write(A.skipped, trace.skipped)
    try artifact.write(A.moved, trace.moved)
    try artifact.write(A.span, series.span)
    try artifact.write(A.rate, series.span > 0 ? Double(series.count) / series.span : 0)
    try artifact.write(A.gapVariation, series.gapVariation)
  }

  private static func process(_ parameters: Parameters) -> ArrivalProcess? {
    switch parameters.source {
    case .poisson: .poisson(rate: parameters.rate)
    case .markovModulated:
      .markovModulated(rates: parameters.rates, stays: parameters.stays)
    case .selfExciting:
      .selfExciting(
        base: parameters.rate, branching: parameters.branching, decay: parameters.decay)
    case .diurnal:
      .diurnal(
        rate: parameters.rate, amplitude: parameters.amplitude, period: parameters.period,
        phase: parameters.phase)
    case .csv, .jsonLines, .swf, .rates, .hdf5, .historicLog: nil
    }
  }
}
