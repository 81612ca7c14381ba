import Foundation
import Pipeline
import Stages
import TestSupport
import Testing

@Suite("Population")
struct PopulationTests {
  private func run(
    _ change: (inout Population.Parameters) -> Void = { _ in }, seed: UInt64 = 1,
    in folder: TemporaryFolder
  ) async throws -> [String: String] {
    var parameters = Population.Parameters()
    change(&parameters)
    return try await StageHarness.run(Population.self, parameters, seed: seed, in: folder.path)
  }

  @Test(
    "has exactly the wanted share of corrupt nodes", arguments: [0, 0.1, 0.33, 1], [1, 10, 1000])
  func corruptShare(share: Double, nodes: Int) async throws {
    let folder = try TemporaryFolder()
    let files = try await run(
      { parameters in
        parameters.nodes = nodes
        parameters.corruptShare = share
      }, in: folder)
    let truth = try ArtifactReader(opening: #require(files["truth"]))
    let corrupt = try truth.read("node_behaviour", as: Int8.self).count { $0 != 0 }
    #expect(corrupt == Int((share * Double(nodes)).rounded()))
    #expect(try truth.read("corrupt_count", as: Int64.self) == [Int64(corrupt)])
  }

  @Test func `a larger population of honest nodes begins with the smaller one`() async throws {
    var prices: [[Double]] = []
    for nodes in [10, 40] {
      let folder = try TemporaryFolder()
      let files = try await run({ $0.nodes = nodes }, in: folder)
      let reader = try ArtifactReader(opening: #require(files["main"]))
      prices.append(try reader.read("node_price_factor", as: Double.self))
    }
    #expect(Array(prices[1].prefix(10)) == prices[0])
  }

  @Test func `every node offers a type`() async throws {
    let folder = try TemporaryFolder()
    let files = try await run(
      { parameters in
        parameters.nodes = 500
        parameters.serviceShare = 0
      }, in: folder)
    let offers = try ArtifactReader(opening: #require(files["main"])).read(
      "node_offers", as: Int8.self)
    for node in 0..<500 { #expect(offers[node * 3..<node * 3 + 3].contains(1)) }
  }

  @Test func `service types come from a file, in its order`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      services:
        zip: {price: 3, mean_s: 0.1, law: deterministic, ingredients: {cpu: 2, disk: 0.5}, integration: 0.25}
        ask: {price: 30, mean_s: 2, deadline_s: 5}
      """, to: "services.yaml")
    let files = try await run({ $0.services = InputFile(path: path) }, in: folder)
    let reader = try ArtifactReader(opening: #require(files["main"]))
    #expect(try reader.read("service_name", as: String.self) == ["zip", "ask"])
    #expect(try reader.read("service_value", as: Double.self) == [2.75, 30])
    #expect(try reader.read("service_deadline", as: Double.self) == [.infinity, 5])
  }

  @Test(
    "a mistake in the service file is refused with its place",
    arguments: [
      ("services:\n  a: {prize: 3, mean_s: 1}\n", "line 2, column 7"),
      ("services:\n  a: {price: -3, mean_s: 1}\n", "line 2, column 14"),
      ("service: {}\n", "line 1, column 1"), ("services: {}\n", ""),
    ])
  func serviceMistakes(text: String, place: String) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "services.yaml")
    let error = await #expect(throws: DataError.self) {
      try await run({ $0.services = InputFile(path: path) }, in: folder)
    }
    #expect(try #require(error).place == place, "\(String(describing: error))")
  }
}
