/// Records that are taken and given back, addressed by 32-bit slots.
///
/// Memory comes in chunks of 4096 records and is kept: a pool never moves what it holds and holds
/// no more than one chunk beyond the largest number in use. Taking and giving back cost O(1), and
/// no allocation but that of a chunk. Slots are checked, so its use is safe.
@safe
struct SlotPool<Element: Slot>: ~Copyable {
  private static var chunkBits: UInt32 { 12 }
  private static var chunkSize: Int { 1 << Int(chunkBits) }

  private var chunks: UnsafeMutablePointer<UnsafeMutablePointer<Element>>
  private var chunkRoom = 8
  private var chunkCount = 0
  private var firstFree = UInt32.none
  /// Slots that were ever taken.
  private var used: UInt32 = 0
  /// Slots in use.
  private(set) var count = 0

  init() {
    unsafe chunks = .allocate(capacity: chunkRoom)
  }

  deinit {
    for chunk in 0..<chunkCount { unsafe chunks[chunk].deallocate() }
    unsafe chunks.deallocate()
  }

  /// Bytes of memory that the pool has taken for its records.
  var byteCount: Int { chunkCount * Self.chunkSize * MemoryLayout<Element>.stride }

  subscript(slot: UInt32) -> Element {
    @inline(__always) _read {
      precondition(slot < used, "a slot that was never taken")
      yield unsafe chunks[Int(slot &>> Self.chunkBits)][Int(slot) & (Self.chunkSize &- 1)]
    }
    @inline(__always) _modify {
      precondition(slot < used, "a slot that was never taken")
      yield unsafe &chunks[Int(slot &>> Self.chunkBits)][Int(slot) & (Self.chunkSize &- 1)]
    }
  }

  /// Whether a reference of the given generation still means the record in `slot`.
  @inline(__always)
  func isCurrent(_ slot: UInt32, _ generation: UInt32) -> Bool {
    slot < used && self[slot].generation == generation
  }

  /// A fresh record's slot.
  mutating func take() -> UInt32 {
    count &+= 1
    guard firstFree != .none else { return carve() }
    let slot = firstFree
    firstFree = self[slot].next
    let generation = self[slot].generation
    self[slot] = Element()
    self[slot].generation = generation
    return slot
  }

  /// Gives a record back; references to it become stale.
  mutating func giveBack(_ slot: UInt32) {
    count &-= 1
    self[slot].generation &+= 1
    self[slot].next = firstFree
    firstFree = slot
  }

  /// The slots in use that satisfy a condition, in order; O(slots), for rare operations.
  func slots(where isWanted: (Element) -> Bool) -> [UInt32] {
    (0..<used).filter { isWanted(self[$0]) }
  }

  @inline(never)
  private mutating func carve() -> UInt32 {
    precondition(used < .none - 1, "a pool holds fewer than 2^32 - 1 records")
    if Int(used) == chunkCount * Self.chunkSize { addChunk() }
    let slot = used
    used += 1
    unsafe chunks[Int(slot >> Self.chunkBits)]
      .advanced(by: Int(slot) & (Self.chunkSize - 1)).initialize(to: Element())
    return slot
  }

  private mutating func addChunk() {
    if chunkCount == chunkRoom {
      let larger = UnsafeMutablePointer<UnsafeMutablePointer<Element>>.allocate(
        capacity: 2 * chunkRoom)
      unsafe larger.moveInitialize(from: chunks, count: chunkCount)
      unsafe chunks.deallocate()
      unsafe chunks = larger
      chunkRoom *= 2
    }
    unsafe chunks.advanced(by: chunkCount).initialize(to: .allocate(capacity: Self.chunkSize))
    chunkCount += 1
  }
}
