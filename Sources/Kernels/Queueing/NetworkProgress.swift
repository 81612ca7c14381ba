/// Where a run stands, and its figures over all stations.
struct NetworkProgress {
  let serverCount: Double
  var isFinished = false
  var clock = 0.0
  var events = 0
  /// Messages born, or rounds begun, whether they count or not.
  var births = 0
  /// Messages under way that count.
  var countedPresent = 0
  var countedLeft = 0
  var served = 0
  /// Messages that count, by the way their journey ended.
  var ends: (blocked: Int, balked: Int, reneged: Int) = (0, 0, 0)
  var late = 0
  /// Of messages that count and were served.
  var sojourns = 0.0
  var sojournSquares = 0.0
  /// Of all messages that count, with those that were lost.
  var lifetimes = 0.0

  /// The integral over time of the messages present, and of those of them that count.
  private(set) var area = 0.0
  private(set) var countedArea = 0.0
  private(set) var windowStart = 0.0
  private var windowStartArea = 0.0
  private var window: (end: Double, area: Double)?

  init(serverCount: Double) {
    self.serverCount = serverCount
  }

  @inline(__always)
  mutating func elapse(to time: Double, present: Int) {
    let duration = time - clock
    area += duration * Double(present)
    countedArea += duration * Double(countedPresent)
    clock = time
    events &+= 1
  }

  /// Whether the message that is born now counts.
  @inline(__always)
  mutating func countBirth(at now: Double, _ run: NetworkRun) -> Bool {
    let number = births
    births &+= 1
    if number == run.warmup, number > 0 { openWindow(at: now) }
    if number == run.warmup &+ run.customers { closeWindow(at: now) }
    let isCounted = number >= run.warmup && number < run.warmup &+ run.customers
    if isCounted { countedPresent &+= 1 }
    return isCounted
  }

  /// Counts a message that was served and leaves.
  @inline(__always)
  mutating func countServed(sojourn: Double) {
    lifetimes += sojourn
    countedPresent &-= 1
    countedLeft &+= 1
    served &+= 1
    sojourns += sojourn
    sojournSquares += sojourn * sojourn
  }

  @inline(never)
  mutating func openWindow(at time: Double) {
    windowStart = time
    windowStartArea = area
  }

  @inline(never)
  mutating func closeWindow(at time: Double) { window = (time, area - windowStartArea) }

  /// From the first message that counts to the first after them, or to the end.
  var windowLength: Double { (window?.end ?? clock) - windowStart }
  var windowArea: Double { window?.area ?? (area - windowStartArea) }
}
