public import Pipeline

/// Figures of a network of queues, and a record for each service where they were asked for.
public enum QueueingArtifact: Artifact {
  static let replication = Dimension("replication", "an independent run")
  static let station = Dimension("station", "a station of the network")
  static let messageClass = Dimension("class", "a class of messages, the most urgent first")
  static let order = Dimension("order", "an order of quantiles")
  static let count = Dimension("count", "a number of messages present; the last with all above it")
  static let visit = Dimension("visit", "a service or a loss, in the order of ending")

  static let waits = Column<Double>(
    "replication_wait_mean", replication, unit: "s", "mean wait at a station")
  static let sojourns = Column<Double>(
    "replication_sojourn_mean", replication, unit: "s", "mean time from arrival to leaving")
  static let numbers = Column<Double>(
    "replication_number_in_system_mean", replication, unit: "1", "time average of messages present")
  static let utilisations = Column<Double>(
    "replication_utilisation", replication, unit: "1", "busy share of all servers")
  static let residuals = Column<Double>(
    "replication_little_residual", replication, unit: "1",
    "relative difference of the two sides of Little's law, an identity but for rounding")

  static let stationVisits = Column<Int64>(
    "station_visits", station, unit: "1", "services, in all runs")
  static let stationLost = Column<Int64>(
    "station_lost", station, unit: "1", "messages lost, in all runs")
  static let stationWait = Column<Double>(
    "station_wait_mean", station, unit: "s", "mean wait, over the runs")
  static let stationNumber = Column<Double>(
    "station_number_mean", station, unit: "1", "time average of messages there, over the runs")
  static let stationUtilisation = Column<Double>(
    "station_utilisation", station, unit: "1", "busy share of its servers, over the runs")

  static let className = Column<String>(
    "class_name", messageClass, text: "service type, or class and its number")
  static let classVisits = Column<Int64>(
    "class_visits", messageClass, unit: "1", "services, in all runs")
  static let classWait = Column<Double>(
    "class_wait_mean", messageClass, unit: "s", "mean wait at a station; NaN without services")
  static let classSojourn = Column<Double>(
    "class_sojourn_mean", messageClass, unit: "s",
    "mean time at a station with service and interruptions; NaN without services")
  static let classLate = Column<Int64>(
    "class_late", messageClass, unit: "1", "messages that left after their deadline, in all runs")

  static let orders = Column<Double>("order", order, unit: "1", "the order of the quantile")
  static let waitQuantiles = Column<Double>(
    "wait_quantile", order, unit: "s", "of waits; within 0.5 % of a value of that rank")
  static let sojournQuantiles = Column<Double>(
    "sojourn_quantile", order, unit: "s", "of times from arrival to leaving; likewise")
  static let waitTheory = Column<Double>(
    "wait_quantile_theory", order, unit: "s", "of waits in M/M/c; NaN for other networks")
  static let countShare = Column<Double>(
    "count_share", count, unit: "1", "share of time with that many messages present")

  static let visitClass = Column<Int32>("visit_class", visit, unit: "1", "class of the message")
  static let visitNumber = Column<Int64>(
    "visit_message", visit, unit: "1",
    "number of the message, in the order of birth among those of its class")
  static let visitStation = Column<Int32>("visit_station", visit, unit: "1", "where")
  static let visitQueued = Column<Double>("visit_queued", visit, unit: "s", "arrival there")
  static let visitStarted = Column<Double>(
    "visit_started", visit, unit: "s", "begin of the service; NaN where none began")
  static let visitEnded = Column<Double>("visit_ended", visit, unit: "s", "its end, or the loss")
  static let visitEnd = Column<Int8>("visit_end", visit, flags: Self.ends, "how it ended")
  static let ends = ["served", "blocked", "balked", "reneged"]

  static let customers = Column<Int64>("customers", unit: "1", "messages that count, in all runs")
  static let served = Column<Int64>("served", unit: "1", "those of them that were served")
  static let lost = Column<Int64>("lost", unit: "1", "those that were lost")
  static let blocked = Column<Int64>("blocked", unit: "1", "lost where a station was full")
  static let balked = Column<Int64>("balked", unit: "1", "lost because they did not join")
  static let reneged = Column<Int64>("reneged", unit: "1", "lost because they lost patience")
  static let late = Column<Int64>("late", unit: "1", "served, but after their deadline")
  static let inTime = Column<Int64>(
    "in_time", unit: "1", "served within their deadline, or without one")
  static let events = Column<Int64>("events", unit: "1", "events of all simulations")
  static let inFlightMax = Column<Int64>(
    "in_flight_max", unit: "1", "most messages under way at once")
  static let waitMean = Column<Double>("wait_mean", unit: "s", "mean wait at a station")
  static let waitHalfWidth = Column<Double>(
    "wait_mean_half_width", unit: "s", "of its 95 % interval over the runs; infinite for one run")
  static let sojournMean = Column<Double>(
    "sojourn_mean", unit: "s", "mean time from arrival to leaving")
  static let sojournHalfWidth = Column<Double>(
    "sojourn_mean_half_width", unit: "s", "of its 95 % interval, likewise")
  static let numberMean = Column<Double>(
    "number_in_system_mean", unit: "1", "time average of messages present")
  static let utilisation = Column<Double>("utilisation", unit: "1", "busy share of all servers")
  static let throughput = Column<Double>("throughput", unit: "s-1", "messages served in a second")
  static let horizon = Column<Double>(
    "horizon", unit: "s", "time of the last event of the last run")
  static let littleResidual = Column<Double>(
    "little_residual", unit: "1", "the largest of the runs")
  static let waitTheoryMean = Column<Double>(
    "wait_mean_theory", unit: "s", "mean wait by a closed form; NaN where there is none")
  static let warmup = Column<Int64>(
    "warmup_mser5", unit: "1",
    "waits that MSER-5 would delete from the start of the first run; -1 where it is too short to tell"
  )
  static let batchHalfWidth = Column<Double>(
    "wait_mean_batch_half_width", unit: "s",
    "of the 95 % interval for the mean wait from 32 batches of the first run; NaN if it is too short"
  )
  static let batchCorrelation = Column<Double>(
    "wait_batch_correlation", unit: "1", "of neighbouring batches; near 0 where the interval holds")

  public static let schema = ArtifactSchema(
    "queueing", "Figures of a network of queues",
    [
      waits.entry, sojourns.entry, numbers.entry, utilisations.entry, residuals.entry,
      stationVisits.entry, stationLost.entry, stationWait.entry, stationNumber.entry,
      stationUtilisation.entry, className.entry, classVisits.entry, classWait.entry,
      classSojourn.entry, classLate.entry, orders.entry, waitQuantiles.entry,
      sojournQuantiles.entry,
      waitTheory.entry, countShare.entry, visitClass.entry, visitNumber.entry, visitStation.entry,
      visitQueued.entry,
      visitStarted.entry, visitEnded.entry, visitEnd.entry, customers.entry, served.entry,
      lost.entry, events.entry, inFlightMax.entry, waitMean.entry, waitHalfWidth.entry,
      sojournMean.entry, sojournHalfWidth.entry, numberMean.entry, utilisation.entry,
      throughput.entry, horizon.entry, littleResidual.entry, waitTheoryMean.entry, warmup.entry,
      batchHalfWidth.entry,
      batchCorrelation.entry, blocked.entry, balked.entry, reneged.entry, late.entry, inTime.entry,
    ])
}
