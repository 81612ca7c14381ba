/// The nearest of several words, for "Did you mean ...?".
public enum Suggestion {
  /// The candidate with the smallest edit distance to `word`, if it is near enough to be meant.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let limit = max(1, word.count / 3)
    var best: (distance: Int, word: String)?
    for candidate in candidates.prefix(candidatesMax) {
      let distance = editDistance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.word
  }

  /// A document with many mistakes is not to be compared with all of its many words.
  private static let candidatesMax = 1000

  /// Insertions, deletions, replacements and swaps of neighbours (Damerau 1964, restricted), in
  /// O(a b) time.
  static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
        var cost = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
