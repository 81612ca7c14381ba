import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Artifacts")
struct ArtifactTests {
  private func make(_ count: Int, in folder: TemporaryFolder, seed: UInt64 = 3) async throws
    -> String
  {
    var parameters = ToySource.Parameters()
    parameters.count = count
    let files = try await StageHarness.run(ToySource.self, parameters, seed: seed, in: folder.path)
    return try #require(files["main"])
  }

  @Test("hold what was written, at every length", arguments: [0, 1, 999, 16_384, 16_385, 100_000])
  func roundTrip(count: Int) async throws {
    let folder = try TemporaryFolder()
    let reader = try ArtifactReader(opening: await make(count, in: folder))
    let numbers = (0..<count).map { Int64($0 + 3) }
    #expect(try reader.read(ToyNumbers.number) == numbers)
    #expect(try reader.read(ToyNumbers.weight) == numbers.map { Double($0) / 3 })
    #expect(try reader.read(ToyNumbers.label) == numbers.map { "n\($0) é" })
    #expect(try reader.scalar(ToyNumbers.total) == numbers.reduce(0, +))
    #expect(try reader.shape(of: ToyNumbers.number) == [count])
    #expect(
      try reader.read(ToyNumbers.number, rows: 5..<7) == Array(numbers.dropFirst(5).prefix(2)))
  }

  @Test("are equal byte by byte when written twice", arguments: [0, 10, 50_000])
  func equalBytes(count: Int) async throws {
    let folders = [try TemporaryFolder("first"), try TemporaryFolder("second")]
    for folder in folders { _ = try await make(count, in: folder) }
    #expect(FolderComparison.differences(folders[0].path, folders[1].path) == [])
  }

  @Test("are the same when they are written beside a computation", arguments: [0, 999, 50_000])
  func writtenMeanwhile(count: Int) async throws {
    let folders = [try TemporaryFolder("alone"), try TemporaryFolder("meanwhile")]
    for (number, folder) in folders.enumerated() {
      var parameters = MeanwhileStage.Parameters()
      parameters.count = count
      _ = try await StageHarness.run(
        MeanwhileStage.self, parameters, seed: 3, threads: number + 1, in: folder.path)
    }
    #expect(FolderComparison.differences(folders[0].path, folders[1].path) == [])
  }

  @Test(
    "end with what fails beside them",
    arguments: [MeanwhileStage.Fault.computing, .producing, .writing], [1, 2])
  func failsMeanwhile(fault: MeanwhileStage.Fault, threads: Int) async throws {
    var parameters = MeanwhileStage.Parameters()
    (parameters.count, parameters.fault) = (100_000, fault)
    let folder = try TemporaryFolder()
    await #expect(throws: MeanwhileStage.Failure(fault: fault)) {
      try await StageHarness.run(
        MeanwhileStage.self, parameters, seed: 3, threads: threads, in: folder.path)
    }
  }

  @Test(
    "with a planted fault are found to differ", arguments: [FaultyStage.Fault.clock, .hashOrder])
  func plantedFault(fault: FaultyStage.Fault) async throws {
    var parameters = FaultyStage.Parameters()
    parameters.fault = fault
    var isFound = false
    // Two sets may agree by chance; eight pairs do not.
    for _ in 0..<8 where !isFound {
      let folders = [try TemporaryFolder("first"), try TemporaryFolder("second")]
      for folder in folders {
        _ = try await StageHarness.run(FaultyStage.self, parameters, seed: 1, in: folder.path)
      }
      isFound = !FolderComparison.differences(folders[0].path, folders[1].path).isEmpty
    }
    #expect(isFound)
  }

  @Test func `a foreign file is refused by its name`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("no HDF5", to: "x.h5")
    let error = #expect(throws: DataError.self) { try ArtifactReader(opening: path) }
    #expect(try #require(error).subject == "x.h5")
  }

  @Test func `a truncated file is refused`() async throws {
    let folder = try TemporaryFolder()
    let path = try await make(50_000, in: folder)
    let bytes = try #require(FileManager.default.contents(atPath: path))
    let cut = try folder.write(Array(bytes.prefix(bytes.count / 2)), to: "cut.h5")
    #expect(throws: DataError.self) { try ArtifactReader(opening: cut).read(ToyNumbers.number) }
  }

  @Test func `a flipped bit in the values is noticed`() async throws {
    let folder = try TemporaryFolder()
    let path = try await make(50_000, in: folder)
    var bytes = [UInt8](try #require(FileManager.default.contents(atPath: path)))
    bytes[bytes.count / 2] ^= 1
    let flipped = try folder.write(bytes, to: "flipped.h5")
    let whole = try ArtifactReader(opening: path)
    let reader = try? ArtifactReader(opening: flipped)
    let values = try? reader?.read(ToyNumbers.weight)
    let numbers = try? reader?.read(ToyNumbers.number)
    let labels = try? reader?.read(ToyNumbers.label)
    let isSame =
      try values == whole.read(ToyNumbers.weight) && numbers == whole.read(ToyNumbers.number)
      && labels == whole.read(ToyNumbers.label)
    #expect(!isSame)
  }
}

/// A stage that breaks the promise of equal bytes, on purpose.
struct FaultyStage: Stage {
  enum Fault: String, CaseIterable, Sendable { case clock, hashOrder = "hash_order" }

  struct Parameters: StageParameters {
    var fault = Fault.clock
    init() {}
    static let fields: [ParameterField<Self>] = [.choice("fault", \.fault, "Which fault.")]
  }

  static let name = "faulty"
  static let revision = 1
  static let summary = "breaks a promise"
  static let outputs = [OutputPort.main(ToyNumbers.self)]
  let parameters: Parameters

  init(_ parameters: Parameters) throws(ParameterError) { self.parameters = parameters }

  func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let words = (0..<50).map { "word \($0)" }
    var numbers = words.indices.map(Int64.init)
    var labels = words
    switch parameters.fault {
    case .clock: numbers[0] = Int64(Date().timeIntervalSince1970 * 1e6)
    case .hashOrder:
      // Within one process the order of a set depends on its capacity alone.
      var unordered = Set<String>(minimumCapacity: Int.random(in: 1...100_000))
      unordered.formUnion(words)
      labels = Array(unordered)
    }
    try outputs.main.write(ToyNumbers.number, numbers)
    try outputs.main.write(ToyNumbers.weight, numbers.map(Double.init))
    try outputs.main.write(ToyNumbers.label, labels)
    try outputs.main.write(ToyNumbers.total, 0)
  }

  static func report(_ results: StageResults, into section: inout ReportSection) throws {}
}
