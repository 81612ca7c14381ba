import ArgumentParser
import Foundation
import Pipeline
import Stages

extension KCPipe {
  /// Says whether this machine has what the program needs.
  struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "doctor", abstract: "Check that this machine has what kcpipe needs.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
      let gnuplot = await DrawingProgram.version()
      let disk = Self.canWrite(output.root)
      let rows = [
        ["ok", "kcpipe", "\(Program.version), build \(buildIdentity.prefix(12))"],
        ["ok", "Swift", computingLibraries["swift"] ?? "unknown"],
        ["ok", "HDF5", hdf5LibraryVersion],
        ["ok", "GSL", computingLibraries["gsl"] ?? "unknown"],
        [
          gnuplot == nil ? "missing" : "ok", "gnuplot",
          gnuplot ?? "reports have no figures; install gnuplot-nox (apt) or gnuplot (brew)",
        ],
        [disk == nil ? "ok" : "failed", "results", disk ?? "\(output.out) can be written"],
        ["ok", "cores", String(ProcessInfo.processInfo.activeProcessorCount)],
      ]
      print(TextTable.render(rows))
      if disk != nil { throw ExitCode(ExitStatus.internalError) }
    }

    /// What hinders writing results, if anything does.
    private static func canWrite(_ root: String) -> String? {
      let files = LocalFileSystem()
      do throws(FileError) {
        let probe = root + "/.kcpipe/tmp/doctor.\(getpid())"
        try files.makeFolder(probe)
        try files.replace(probe + "/probe", with: Data("probe".utf8), isDurable: true)
        try files.remove(probe)
        return nil
      } catch {
        return error.description
      }
    }
  }
}
