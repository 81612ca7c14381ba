import Foundation
import Kernels

@testable import Pipeline
@testable import Stages

/// A format that this program reads from files of others.
enum FuzzTarget: String, CaseIterable {
  case manifest
  case historicLog = "historic-log"
  case csv
  case services
  case market

  func read(_ bytes: [UInt8]) {
    let path = Self.file(bytes)
    switch self {
    case .manifest: Self.readManifest(path)
    case .historicLog: Self.readHistoricLog(bytes, path)
    case .csv: Self.readCSV(bytes, path)
    case .services: _ = try? ServiceType.load(InputFile(path: path))
    case .market: Self.readMarket(bytes, path)
    }
  }

  /// One file of this process, written again for each input.
  private static func file(_ bytes: [UInt8]) -> String {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: scratch))
    } catch {
      fatalError("\(scratch) cannot be written: \(error)")
    }
    return scratch
  }

  private static let scratch: String = {
    let folder = NSTemporaryDirectory() + "kcpipe-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder + "/input"
  }()

  /// A plan, or what is wrong with it; each mistake lies within the document.
  private static func readManifest(_ path: String) {
    let decoder = ManifestDecoder(workingFolder: (path as NSString).deletingLastPathComponent)
    do {
      let plan = try Planner(catalog: stageCatalog).plan(decoder, path: path)
      for claim in plan.manifest.claims { _ = claim.comparison.evaluate([:], over: [[:], [:]]) }
    } catch {
      precondition(!error.diagnostics.isEmpty, "refused without a reason")
      for case .file(_, let line, let column) in error.diagnostics.map(\.place) {
        precondition(line > 0 && column > 0, "\(error)")
      }
    }
  }

  private static func readHistoricLog(_ bytes: [UInt8], _ path: String) {
    let strict = try? HistoricLogDecoder().decode(bytes)
    let lenient = try? HistoricLogDecoder(lenient: true).decode(bytes)
    guard let lenient else { preconditionFailure("a lenient reader refused a log") }
    precondition(strict.map { $0.records == lenient.records } ?? true, "lenient reads otherwise")
    var parameters = Traffic.Parameters()
    parameters.source = .historicLog
    parameters.log = InputFile(path: path)
    parameters.lenient = true
    _ = try? Recording.load(parameters)
  }

  private static func readCSV(_ bytes: [UInt8], _ path: String) {
    guard let file = try? CSVFile(bytes, name: "input") else { return }
    for column in file.header {
      _ = try? file.texts(column)
      _ = try? file.numbers(column)
      _ = try? file.integers(column)
    }
    var traffic = Traffic.Parameters()
    traffic.source = .csv
    traffic.log = InputFile(path: path)
    traffic.timeColumn = file.header.first ?? ""
    _ = try? Recording.load(traffic)
    var payments = MoneyFlow.Parameters()
    payments.file = InputFile(path: path)
    _ = try? PaymentNetwork.load(payments, from: nil).ends(payments)
  }

  /// HDF5 files are the library's to read.
  private static func readMarket(_ bytes: [UInt8], _ path: String) {
    guard !bytes.starts(with: [0x89, 0x48, 0x44, 0x46]) else { return }
    _ = try? MarketInstance(path: path).market()
  }
}
