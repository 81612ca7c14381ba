/// What a wide network does ahead of time, so that no event waits for memory; no result depends on it.
extension NetworkSimulation {
  /// Stations up to which it does not pay.
  static let cachedStations = 8192

  /// Where a message goes after so many visits, and the number that gives its work there.
  @inline(__always)
  mutating func draw(_ route: NetworkRoute, _ entity: UInt64, _ visits: UInt64) -> Foresight {
    let block = stream.block(entity, purpose: visits)
    return Foresight(
      entity: entity, visits: visits, next: choose(route, block.unit0), unit: block.unit1)
  }

  /// Draws the way of a message whose service is likely to end next, and fetches what it will find
  /// there, while the present event is dealt with.
  @inline(__always)
  mutating func foresee(_ payload: UInt64) {
    guard payload & 3 == Kind.end.rawValue else { return foreseeBirth(payload) }
    let station = Int(truncatingIfNeeded: payload &>> 32)
    let route = routes[Int(stations[station].route)]
    guard route.kind == .uniform || route.kind == .split, !stations[station].hasClassRoutes
    else { return }
    let place = UInt32(truncatingIfNeeded: payload &>> 2) & 0x3FFF_FFFF
    nextForesight = draw(route, messages[place].entity, messages[place].visits)
    if nextForesight.next >= 0 { stations.prefetch(nextForesight.next) }
    if stations[station].head != NetworkMessage.none { messages.prefetch(stations[station].head) }
  }

  @inline(__always)
  private mutating func foreseeBirth(_ payload: UInt64) {
    guard payload & 3 == Kind.birth.rawValue else { return }
    let source = Int(truncatingIfNeeded: payload &>> 32)
    let entry = entries[source]
    guard entry.kind == .uniform || entry.kind == .split else { return }
    let entity = NetworkMessage.entity(source: source, number: sent[source])
    stations.prefetch(choose(entry, stream.block(entity, purpose: 1 << 33).unit0))
  }

  /// Fetches what the events at the top of the heap touch, so that `foresee` finds it.
  @inline(__always)
  mutating func fetchAhead() {
    for index in 1...4 {
      let payload = events.likelySoon(index)
      let station = Int(truncatingIfNeeded: payload &>> 32)
      stations.prefetch(station)
      tallies.prefetch(station)
      messages.prefetch(UInt32(truncatingIfNeeded: payload &>> 2) & 0x3FFF_FFFF)
    }
  }
}
