extension Inequality {
  private static let digitBits = 11
  private static let digitMask: Int64 = 1 << digitBits - 1

  /// The amounts, none negative, in ascending order: a radix sort from the lowest digit up.
  ///
  /// A digit in which all amounts agree costs no pass, so small amounts sort in few. O(n).
  static func radixSorted(_ amounts: [Int64]) -> [Int64] {
    var sorted = amounts
    var spare = amounts
    let first = amounts.first ?? 0
    let varying = amounts.reduce(0) { $0 | ($1 ^ first) }
    for shift in stride(from: 0, to: 63, by: digitBits) where varying >> shift & digitMask != 0 {
      scatter(sorted, into: &spare, byDigitAt: shift)
      swap(&sorted, &spare)
    }
    return sorted
  }

  /// One stable counting sort by the digit whose lowest bit is `shift`.
  private static func scatter(
    _ amounts: [Int64], into sorted: inout [Int64], byDigitAt shift: Int
  ) {
    let next = GraphBuffer(repeating: 0, count: Int(digitMask) + 1)
    for amount in amounts { next[Int(amount &>> shift & digitMask)] += 1 }
    var before = 0
    for digit in 0..<next.count {
      let count = next[digit]
      next[digit] = before
      before += count
    }
    for amount in amounts {
      let digit = Int(amount &>> shift & digitMask)
      sorted[next[digit]] = amount
      next[digit] += 1
    }
  }
}
