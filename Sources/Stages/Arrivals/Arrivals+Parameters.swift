public import Pipeline

extension Arrivals {
  /// Where the times come from.
  public enum Source: String, CaseIterable, Sendable {
    case poisson
    case markovModulated = "markov_modulated"
    case selfExciting = "self_exciting"
    case diurnal
    /// A CSV file with a header and a column of times.
    case csv
    /// A file with a JSON object on each line.
    case jsonLines = "json_lines"
    /// Standard Workload Format 2.2 of the Parallel Workloads Archive.
    case swf
    /// A CSV file with a column of counts, one row for each interval.
    case rates
    /// The requests of an earlier run's `traffic.h5`.
    case hdf5
    /// The historic request log, in both dialects.
    case historicLog = "historic_log"

    var isFile: Bool {
      switch self {
      case .poisson, .markovModulated, .selfExciting, .diurnal: false
      case .csv, .jsonLines, .swf, .rates, .hdf5, .historicLog: true
      }
    }
  }

  /// How a field tells the time.
  public enum TimeFormat: String, CaseIterable, Sendable {
    case seconds, milliseconds, microseconds, nanoseconds
    /// `2023-11-16 18:15:46.6805900`, with `T` and a zone where there are such.
    case date
  }

  public struct Parameters: StageParameters {
    public var source = Source.poisson
    public var count = 10_000
    public var rate = 1.0
    public var rates: [Double] = [10, 1]
    public var stays: [Double] = [10, 10]
    public var branching = 0.5
    public var decay = 1.0
    public var amplitude = 0.5
    public var period = 86_400.0
    public var phase = 0.0
    public var file = InputFile.none
    public var timeColumn = "time"
    public var timeFormat = TimeFormat.seconds
    public var workColumn = ""
    public var countColumn = "count"
    public var interval = 60.0
    public var evenly = false
    public var lenient = false
    public var warp = 1.0
    public var thin = 1.0
    public var copies = 1
    public var loops = 1

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .choice("source", \.source, "Where the times come from."),
      .integer("count", \.count, 0...1_000_000_000, "Arrivals to draw."),
      .number(
        "rate", \.rate, 0...1e12, open: true, unit: "s-1",
        "Rate of poisson and diurnal, base rate of self_exciting."),
      .numbers("rates", \.rates, 0...1e12, unit: "s-1", "markov_modulated: rate of each state."),
      .numbers("stays", \.stays, 0...1e12, unit: "s", "markov_modulated: mean stay in each state."),
      .number(
        "branching", \.branching, 0...1, unit: "1",
        "self_exciting: mean number of arrivals that one brings about; below 1."),
      .number(
        "decay", \.decay, 0...1e12, open: true, unit: "s-1",
        "self_exciting: how fast its influence falls off."),
      .number("amplitude", \.amplitude, 0...1, unit: "1", "diurnal: of the sine, as a share."),
      .number("period", \.period, 0...1e12, open: true, unit: "s", "diurnal: length of a day."),
      .number("phase", \.phase, -1...1, unit: "1", "diurnal: where the sine begins, in periods."),
      .file("file", \.file, "The trace, log or earlier run."),
      .text("time_column", \.timeColumn, "csv, json_lines: column or key of the times."),
      .choice("time_format", \.timeFormat, "csv, json_lines: how it tells the time."),
      .text(
        "work_column", \.workColumn,
        "csv, json_lines: column or key of the service time in seconds; empty for none."),
      .text("count_column", \.countColumn, "rates: column of the counts."),
      .number(
        "interval", \.interval, 0...1e12, open: true, unit: "s",
        "rates: length of a row's interval."),
      .flag("evenly", \.evenly, "rates: spread counts evenly instead of at random places."),
      .flag(
        "lenient", \.lenient, "Skip and count rows that cannot be read, and sort times that fall."),
      .number(
        "warp", \.warp, 0...1e12, open: true, unit: "1",
        "Divide all times by this; 2 is twice as fast."),
      .number("thin", \.thin, 0...1, unit: "1", "Share of arrivals that stay."),
      .integer(
        "copies", \.copies, 1...100_000, "Lay the series on itself, each copy turned at random."),
      .integer("loops", \.loops, 1...1_000_000, "Repeat the series."),
    ]
  }
}
