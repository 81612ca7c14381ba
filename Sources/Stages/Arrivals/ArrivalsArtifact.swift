public import Pipeline

/// Times of arrival, and what is known of each.
public enum ArrivalsArtifact: Artifact {
  static let arrival = Dimension("arrival", "an arrival, in the order of time")

  static let time = Column<Double>(
    "arrival_time", arrival, unit: "s", "since the first of the source")
  static let work = Column<Double>(
    "arrival_work", arrival, unit: "s", "service that it needs; NaN where it is unknown")
  static let row = Column<Int64>(
    "arrival_row", arrival, unit: "1", "row of the source that it came from, from 0")
  static let count = Column<Int64>("count", unit: "1", "arrivals")
  static let read = Column<Int64>("read_count", unit: "1", "arrivals in the source")
  static let skipped = Column<Int64>(
    "skipped_count", unit: "1", "rows that could not be read (lenient only)")
  static let moved = Column<Int64>(
    "moved_count", unit: "1", "rows whose time falls behind the one before (lenient only)")
  static let span = Column<Double>("span", unit: "s", "from the first to the last")
  static let rate = Column<Double>("mean_rate", unit: "s-1", "arrivals in a second")
  static let gapVariation = Column<Double>(
    "gap_squared_variation", unit: "1",
    "variance of the gaps over their squared mean; 1 for Poisson")

  public static let schema = ArtifactSchema(
    "arrivals", "Times of arrival",
    [
      time.entry, work.entry, row.entry, count.entry, read.entry, skipped.entry, moved.entry,
      span.entry, rate.entry, gapVariation.entry,
    ])
}
