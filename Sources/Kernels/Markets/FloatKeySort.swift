/// Sorts candidates by a weight of at least 0, heaviest first and equals by number: O(candidates).
///
/// A radix sort on the bits of the weights rounded to single precision, whose order is that of the
/// numbers; each record is one word of key and candidate. Weights that differ by less than 1e-7
/// count as equal, which no spanning forest minds.
struct FloatKeySort: ~Copyable {
  private static let digitBits = 11
  private static let digitMask: UInt64 = 1 << digitBits - 1
  /// The bits of a key whose sign bit is 0.
  private static let keyBits = 31
  /// Up to so many records insertion is faster than counting.
  private static let insertedMax = 64

  private var records: SolverColumn<UInt64>
  private var spare: SolverColumn<UInt64>
  private let counts = SolverColumn<Int32>(repeating: 0, count: 1 << digitBits)
  private(set) var count = 0

  init(capacity: Int) {
    records = SolverColumn(room: capacity)
    spare = SolverColumn(room: capacity)
  }

  /// The bits by which weights are compared; of a sign, which only NaN can have, nothing.
  @inline(__always)
  static func key(_ weight: Double) -> UInt32 { Float(weight).bitPattern & 0x7FFF_FFFF }

  mutating func removeAll() { count = 0 }

  /// Empties it and makes room for so many candidates.
  mutating func reserve(_ capacity: Int) {
    count = 0
    guard capacity > records.count else { return }
    records = SolverColumn(room: capacity)
    spare = SolverColumn(room: capacity)
  }

  @inline(__always)
  mutating func append(_ candidate: Int, key: UInt32) {
    records.view[count] = UInt64(~key) << 32 | UInt64(UInt32(truncatingIfNeeded: candidate))
    count += 1
  }

  /// The candidate of a rank, after ``sort()``.
  @inline(__always)
  func candidate(_ rank: Int) -> Int { Int(UInt32(truncatingIfNeeded: records.view[rank])) }

  mutating func sort() {
    guard count > Self.insertedMax else { return sortByInsertion() }
    for shift in stride(from: 32, to: 32 + Self.keyBits, by: Self.digitBits) {
      scatter(byDigitAt: UInt64(shift))
      swap(&records, &spare)
    }
  }

  /// The same order for a few records, without touching all counts.
  private func sortByInsertion() {
    let records = records.view
    for rank in 0..<count {
      let record = records[rank]
      var place = rank
      while place > 0 && records[place - 1] &>> 32 > record &>> 32 {
        records[place] = records[place - 1]
        place -= 1
      }
      records[place] = record
    }
  }

  /// One stable counting sort by the digit whose lowest bit is `shift`.
  private func scatter(byDigitAt shift: UInt64) {
    let (records, spare, next) = (records.view, spare.view, counts.view)
    next.fill(0)
    for rank in 0..<count { next[Int(records[rank] &>> shift & Self.digitMask)] += 1 }
    var before: Int32 = 0
    for digit in 0..<next.count {
      let here = next[digit]
      next[digit] = before
      before += here
    }
    for rank in 0..<count {
      let digit = Int(records[rank] &>> shift & Self.digitMask)
      spare[Int(next[digit])] = records[rank]
      next[digit] += 1
    }
  }
}
