/// Simple identifiers of one address, each later than the one before.
///
/// Where the clock stands still or goes back, the next nanosecond after the last is taken.
public struct SimpleIdentifierSource: Sendable {
  private let template: SimpleIdentifier
  private var latest: Int64 = -1

  /// Nil if the address cannot stand in an identifier.
  public init?(address: String, port: UInt16) {
    guard let template = SimpleIdentifier(address: address, port: port, nanoseconds: 0) else {
      return nil
    }
    self.template = template
  }

  /// The next identifier, at a time that is not negative; nil at the end of time.
  public mutating func next(nanoseconds: Int64) -> SimpleIdentifier? {
    guard latest < .max else { return nil }
    let time = max(nanoseconds, latest + 1)
    guard
      let id = SimpleIdentifier(
        address: template.address, port: template.port, nanoseconds: time)
    else { return nil }
    latest = time
    return id
  }
}
