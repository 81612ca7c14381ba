import Kernels
import Pipeline

/// Writes a net with its order and clocks.
struct CausalityWriter {
  private typealias A = CausalityArtifact

  let recorded: RecordedEvents
  let net: EventNet
  let clocks: EventClocks
  let check: CausalityCheck

  func write(to artifact: ArtifactWriter) throws {
    try writeEvents(to: artifact)
    try writePeople(to: artifact)
    try writeVectors(to: artifact)
    try artifact.write(A.edgeCause, recorded.causes.map(Int64.init))
    try artifact.write(A.edgeEffect, recorded.effects.map(Int64.init))
    try artifact.write(A.longest, net.longestChain().map(Int64.init))
    try writeTotals(to: artifact)
  }

  private func writeEvents(to artifact: ArtifactWriter) throws {
    try artifact.write(A.id, net.events.map(\.id))
    try artifact.write(A.physical, recorded.physical)
    try artifact.write(A.logicalTime, net.times.map(Int64.init))
    try artifact.write(A.layer, net.layers.map(Int64.init))
    try artifact.write(A.lamport, clocks.lamport)
    try artifact.write(A.chain, clocks.chains.map(Int64.init))
    try artifact.write(A.hybridTime, clocks.hybrid.map(\.time))
    try artifact.write(A.hybridCounter, clocks.hybrid.map { Int64($0.counter) })
  }

  private func writePeople(to artifact: ArtifactWriter) throws {
    let partakers = net.events.enumerated().flatMap { i, event in
      event.partakers.map { (Int64(i), $0) }
    }
    try artifact.write(A.partakerEvent, partakers.map(\.0))
    try artifact.write(A.partakerName, partakers.map(\.1))
    let members = net.events.enumerated().flatMap { i, event in
      event.conversations.enumerated().flatMap { j, names in
        names.map { (Int64(i), Int64(j), $0) }
      }
    }
    try artifact.write(A.memberEvent, members.map(\.0))
    try artifact.write(A.memberConversation, members.map(\.1))
    try artifact.write(A.memberName, members.map(\.2))
  }

  private func writeVectors(to artifact: ArtifactWriter) throws {
    try artifact.append(A.vectorEvent, [])
    try artifact.append(A.vectorChain, [])
    try artifact.append(A.vectorCount, [])
    for (i, clock) in clocks.vectors.enumerated() {
      try artifact.append(A.vectorEvent, clock.nodes.map { _ in Int64(i) })
      try artifact.append(A.vectorChain, clock.nodes.map(Int64.init))
      try artifact.append(A.vectorCount, clock.counts.map(Int64.init))
    }
  }

  private func writeTotals(to artifact: ArtifactWriter) throws {
    try artifact.write(A.eventCount, net.events.count)
    try artifact.write(A.edgeCount, recorded.causes.count)
    try artifact.write(A.layerCount, net.layerCount)
    try artifact.write(A.chainCount, clocks.chainCount)
    try artifact.write(A.pairs, check.pairs)
    try artifact.write(A.causal, check.causalPairs)
    try artifact.write(A.orderFaults, check.orderFaults)
    try artifact.write(A.lamportFaults, check.lamportFaults)
    try artifact.write(A.vectorFaults, check.vectorFaults)
    try artifact.write(A.hybridFaults, check.hybridFaults)
  }
}
