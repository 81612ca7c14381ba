import Foundation
import Kernels
import Pipeline

/// Payments as a graph with named accounts; parallel payments are merged.
struct PaymentNetwork {
  let names: [String]
  let graph: SparseGraph

  /// The paying account of each edge, in the graph's order.
  var tails: [Int32] {
    (0..<graph.nodeCount).flatMap { node in
      [Int32](repeating: Int32(node), count: graph.outDegree(of: node))
    }
  }

  static func load(
    _ parameters: MoneyFlow.Parameters, from upstream: ArtifactReader?
  ) throws -> PaymentNetwork {
    if parameters.file.isGiven { return try PaymentNetwork(file: parameters) }
    guard let upstream else {
      throw DataError(
        "payments", expected: "the input 'payments' or the parameter 'file'", found: "neither")
    }
    return try PaymentNetwork(edges: upstream)
  }

  private init(edges: ArtifactReader) throws {
    let count = Int(try edges.scalar(MoneyEdges.accountCount))
    names = (0..<count).map { "account \($0)" }
    graph = try Self.merged(
      count, try edges.read(MoneyEdges.payer), try edges.read(MoneyEdges.payee),
      try edges.read(MoneyEdges.amount))
  }

  /// Accounts are numbered by first appearance, the payer before the payee.
  private init(file parameters: MoneyFlow.Parameters) throws {
    let file = try CSVFile(path: parameters.file.path)
    let payers = try file.texts(parameters.payerColumn)
    let payees = try file.texts(parameters.payeeColumn)
    let amounts = try file.parse(parameters.amountColumn, "a whole amount of at least 0") { text in
      Int64(text).flatMap { $0 >= 0 ? $0 : nil }
    }
    var numbers: [String: Int32] = [:]
    var names: [String] = []
    func number(_ name: String) -> Int32 {
      if let known = numbers[name] { return known }
      let next = Int32(names.count)
      numbers[name] = next
      names.append(name)
      return next
    }
    var tails: [Int32] = []
    var heads: [Int32] = []
    for (payer, payee) in zip(payers, payees) {
      tails.append(number(payer))
      heads.append(number(payee))
    }
    self.names = names
    graph = try Self.merged(names.count, tails, heads, amounts)
  }

  private static func merged(
    _ nodes: Int, _ tails: [Int32], _ heads: [Int32], _ amounts: [Int64]
  ) throws -> SparseGraph {
    do throws(GraphError) {
      return try SparseGraph(nodeCount: nodes, tails: tails, heads: heads, weights: amounts)
        .simplified()
    } catch {
      throw DataError("payments", expected: "a graph of payments", found: error.description)
    }
  }

  /// Source and sink by name, or the largest payer and receiver; nil where they are one account.
  func ends(_ parameters: MoneyFlow.Parameters) throws -> (source: Int, sink: Int)? {
    let strengths = graph.strengths()
    let source = try find(parameters.source, "source") ?? Self.largest(strengths.out)
    let sink = try find(parameters.sink, "sink") ?? Self.largest(strengths.in, except: source)
    guard let source, let sink, source != sink else { return nil }
    return (source, sink)
  }

  private func find(_ name: String, _ parameter: String) throws -> Int? {
    guard !name.isEmpty else { return nil }
    guard let index = names.firstIndex(of: name) else {
      let near = Suggestion.nearest(to: name, among: Array(names.prefix(10_000)))
      throw DataError(
        "payments", at: "parameter '\(parameter)'", expected: "the name of an account",
        found: "'\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""))
    }
    return index
  }

  /// The first of the largest; nil where nothing moved.
  private static func largest(_ strengths: [Int64], except other: Int? = nil) -> Int? {
    var best: Int?
    for (i, strength) in strengths.enumerated() where i != other && strength > 0 {
      if best.map({ strength > strengths[$0] }) ?? true { best = i }
    }
    return best
  }
}
