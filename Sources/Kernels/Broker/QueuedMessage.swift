/// A message in the broker's custody: 56 bytes, and 4 in the table of timers if it expires.
struct QueuedMessage: Slot {
  /// Where it is.
  enum Place: UInt8 {
    /// In no list.
    case nowhere
    /// In its level's line of messages that were never delivered.
    case fresh
    /// In its level's heap of messages that came back.
    case returned
    /// In a consumer's window.
    case inHand
    /// In the line outside of a full queue.
    case blocked
    /// In the list of a transaction.
    case staged
  }

  var message: UInt64 = 0
  /// The moment at which it expires.
  var expiry = Double.infinity
  /// Its place in the order of its queue: a number that no other message has.
  var sequence: UInt64 = 0
  /// The next of its list; in a heap the right child.
  var next = UInt32.none
  /// The one before in its list; in a heap the left child.
  var previous = UInt32.none
  var queue = UInt32.none
  var publisher = UInt32.none
  /// The consumer that has it in hand; in a heap the parent.
  var holder = UInt32.none
  /// Its place in the table of timers.
  var timer = UInt32.none
  /// Changes with each delivery, so that an acknowledgement cannot mean an earlier one.
  var generation: UInt32 = 0
  var type: UInt16 = 0
  /// Deliveries; stays at 255.
  var attempts: UInt8 = 0
  private var bits: UInt8 = 0

  var priority: UInt8 {
    get { bits & 0xF }
    set { bits = bits & 0xF0 | newValue & 0xF }
  }

  var isPersistent: Bool {
    get { bits & 0x10 != 0 }
    set { bits = newValue ? bits | 0x10 : bits & ~0x10 }
  }

  var place: Place {
    get { Place(rawValue: bits &>> 5) ?? .nowhere }
    set { bits = bits & 0x1F | newValue.rawValue &<< 5 }
  }

  var isWaiting: Bool { place == .fresh || place == .returned }
}
