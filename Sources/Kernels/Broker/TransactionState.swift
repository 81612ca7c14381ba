/// An open transaction: messages put aside, linked, and acknowledgements put aside, in a row of
/// their own (`MessageBroker.stagedTags`).
struct TransactionState: Slot {
  var next = UInt32.none
  var generation: UInt32 = 0
  var isOpen = false
  var publisher = UInt32.none
  var staged = SlotList()
}
