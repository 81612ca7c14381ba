import Foundation
import TestSupport

extension Scene {
  /// Starts a run that stops before its n-th call on a name, and waits until it has stopped.
  func startStopping(
    at call: Int, on match: String, _ arguments: [String] = [],
    environment: [String: String] = [:]
  ) throws -> StoppedRun {
    let before = stoppedProcesses
    let run = try startStopped(at: call, on: match, arguments, environment: environment)
    return try whenStopped(run, after: before)
  }

  /// Starts a run that will stop some time.
  func startStopped(
    at call: Int, on match: String, _ arguments: [String] = [],
    environment: [String: String] = [:]
  ) throws -> ChildProcess {
    let fault = try Fault(self, .stop, at: call, match: match)
    return try start(arguments, environment: fault.environment.merging(environment) { $1 })
  }

  /// Waits until a run has stopped; `others`: processes that stand still already.
  func whenStopped(_ run: ChildProcess, after others: [Int32]) throws -> StoppedRun {
    var pid: Int32?
    let isOver = waits {
      pid = stoppedProcesses.first { !others.contains($0) }
      return pid != nil || !run.isRunning
    }
    if isOver, let pid { return StoppedRun(run: run, pid: pid) }
    run.killGroup()
    throw StoppedRun.NeverStopped(words: try run.wait().errors)
  }

  /// Kills the workers of a run and waits until they are dead.
  func endWorkers(of run: ChildProcess) -> Bool {
    let workers = workers(of: run)
    for worker in workers { Foundation.kill(worker, SIGKILL) }
    return waits { workers.allSatisfy(ProcessTable.isDead) }
  }

  private var stoppedProcesses: [Int32] {
    ProcessTable.ofProgram(in: folder.path).filter(ProcessTable.isStopped)
  }

  /// Looks again and again until a condition holds; false if it never does.
  func waits(_ condition: () -> Bool) -> Bool {
    let deadline = Date(timeIntervalSinceNow: ChildProcess.secondsMax)
    while !condition() {
      guard Date() < deadline else { return false }
      usleep(2000)
    }
    return true
  }
}

/// A run of which one process, the engine or a worker, is held at a certain point.
struct StoppedRun {
  let run: ChildProcess
  /// The process that is held.
  let pid: Int32

  struct NeverStopped: Error {
    let words: String
  }

  /// Lets it go on to its end.
  func goOn() throws -> Program.Result {
    Foundation.kill(pid, SIGCONT)
    return try run.wait()
  }
}
