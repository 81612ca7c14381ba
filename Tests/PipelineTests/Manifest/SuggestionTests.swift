import Pipeline
import Testing

@Suite struct SuggestionTests {
  @Test(
    "the nearest word is suggested, if it is near",
    arguments: [
      ("corrupt_shrae", "corrupt_share"), ("nodse", "nodes"), ("node", "nodes"),
      ("clinets", "clients"), ("xyz", nil), ("", nil),
    ])
  func nearest(word: String, expected: String?) {
    let words = ["nodes", "clients", "corrupt_share"]
    #expect(Suggestion.nearest(to: word, among: words) == expected)
  }
}
