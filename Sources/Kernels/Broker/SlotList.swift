/// The two ends of a list of slots; the links are in the records.
struct SlotList: BitwiseCopyable {
  var first = UInt32.none
  var last = UInt32.none

  var isEmpty: Bool { first == .none }
}
