public import Pipeline

extension Causality {
  public struct Parameters: StageParameters {
    public var file = InputFile.none
    public var vectors = true
    public var entriesMax = 50_000_000
    public var checkedSources = 200

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .file(
        "file", \.file,
        "The net as JSON (events with id, partakers, conversations and physical_ns; edges as pairs of ids) "
          + "or HDF5 (the variables event_id, edge_cause and edge_effect of this stage's own output)."
      ),
      .flag("vectors", \.vectors, "Make vector clocks, whose size grows with events times chains."),
      .integer(
        "vector_entries_max", \.entriesMax, 1...2_000_000_000,
        "Refuse a net whose vector clocks hold more entries, of 12 bytes in memory."
      ).outsideKey,
      .integer(
        "checked_sources", \.checkedSources, 0...1_000_000,
        "Events whose effects are searched and compared with all clocks; each costs a pass over the net."
      ),
    ]
  }
}
