/// A record that lives in a `SlotPool`: trivial memory with a link and a generation.
protocol Slot: BitwiseCopyable {
  /// The next record of the list that this one is in; of the free list where it is in none.
  var next: UInt32 { get set }

  /// Grows whenever the record is given back, so that old references are known as stale.
  var generation: UInt32 { get set }

  init()
}

extension UInt32 {
  /// The link that leads nowhere.
  static var none: UInt32 { .max }
}
