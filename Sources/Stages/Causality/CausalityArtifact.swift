public import Pipeline

/// A net of events with their logical times; a file with its first variables is also read as a net.
public enum CausalityArtifact: Artifact {
  static let event = Dimension("event", "an event, in the order of the source")
  static let edge = Dimension("edge", "a cause and its effect, in the order of the source")
  static let partaker = Dimension("partaker", "a partaker of an event")
  static let member = Dimension("member", "a partaker of a conversation of an event")
  static let entry = Dimension("vector_entry", "an entry of a vector clock, event by event")
  static let link = Dimension("link", "an event of a longest chain, causes first")

  static let id = Column<String>("event_id", event, text: "unique name")
  static let physical = Column<Int64>(
    "event_physical", event, unit: "ns", "reading of a physical clock; 0 where there is none")
  static let logicalTime = Column<Int64>(
    "event_logical_time", event, unit: "1",
    "place in the order: of events whose causes are done the smallest id first, digits as numbers")
  static let layer = Column<Int64>(
    "event_layer", event, unit: "1", "edges of the longest chain that ends there")
  static let lamport = Column<Int64>("event_lamport", event, unit: "1", "Lamport's clock")
  static let chain = Column<Int64>(
    "event_chain", event, unit: "1", "chain along which vector clocks count it")
  static let hybridTime = Column<Int64>(
    "event_hybrid_time", event, unit: "ns", "largest physical reading heard of")
  static let hybridCounter = Column<Int64>(
    "event_hybrid_counter", event, unit: "1", "counter of the hybrid clock among equal times")
  static let edgeCause = Column<Int64>("edge_cause", edge, unit: "1", "number of the cause")
  static let edgeEffect = Column<Int64>("edge_effect", edge, unit: "1", "number of the effect")
  static let partakerEvent = Column<Int64>(
    "partaker_event", partaker, unit: "1", "number of the event")
  static let partakerName = Column<String>("partaker_name", partaker, text: "who took part")
  static let memberEvent = Column<Int64>("member_event", member, unit: "1", "number of the event")
  static let memberConversation = Column<Int64>(
    "member_conversation", member, unit: "1", "number of the conversation in its event")
  static let memberName = Column<String>("member_name", member, text: "who spoke")
  static let vectorEvent = Column<Int64>("vector_event", entry, unit: "1", "number of the event")
  static let vectorChain = Column<Int64>("vector_chain", entry, unit: "1", "chain heard of")
  static let vectorCount = Column<Int64>(
    "vector_count", entry, unit: "1", "events of that chain that are known of")
  static let longest = Column<Int64>("longest_chain", link, unit: "1", "number of the event")

  static let eventCount = Column<Int64>("event_count", unit: "1", "events")
  static let edgeCount = Column<Int64>("edge_count", unit: "1", "causes and effects")
  static let layerCount = Column<Int64>("layer_count", unit: "1", "events of a longest chain")
  static let chainCount = Column<Int64>("chain_count", unit: "1", "chains of the vector clocks")
  static let pairs = Column<Int64>("pairs_checked", unit: "1", "pairs compared with the net itself")
  static let causal = Column<Int64>(
    "causal_pairs", unit: "1", "those in which the first happened before the second")
  static let orderFaults = Column<Int64>(
    "order_faults", unit: "1", "pairs in which the order disagrees")
  static let lamportFaults = Column<Int64>(
    "lamport_faults", unit: "1", "pairs in which Lamport's clock disagrees")
  static let vectorFaults = Column<Int64>(
    "vector_faults", unit: "1", "pairs in which the vector clocks disagree")
  static let hybridFaults = Column<Int64>(
    "hybrid_faults", unit: "1", "pairs in which the hybrid clock disagrees")

  public static let schema = ArtifactSchema(
    "causality", "Events in causal order with logical clocks",
    [
      id.entry, physical.entry, logicalTime.entry, layer.entry, lamport.entry, chain.entry,
      hybridTime.entry, hybridCounter.entry, edgeCause.entry, edgeEffect.entry,
      partakerEvent.entry, partakerName.entry, memberEvent.entry, memberConversation.entry,
      memberName.entry, vectorEvent.entry, vectorChain.entry, vectorCount.entry, longest.entry,
      eventCount.entry, edgeCount.entry, layerCount.entry, chainCount.entry, pairs.entry,
      causal.entry, orderFaults.entry, lamportFaults.entry, vectorFaults.entry, hybridFaults.entry,
    ])
}
