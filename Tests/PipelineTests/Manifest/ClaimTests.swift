import Pipeline
import TestSupport
import Testing

@Suite("Claims")
struct ClaimTests {
  @Test(
    "are arithmetic over metrics",
    arguments: [
      ("x > 3", true), ("x < 3", false), ("2 * x + 1 == 9", true), ("2 * (x + 1) == 10", true),
      ("abs(y - 0.5) < 1e-9", true), ("-x < 0", true), ("2 ^ 3 ^ 2 == 512", true),
      ("max(x, y, 9) == 9", true), ("min(x, y) <= 0.5", true), ("sqrt(x) >= 2", true),
      ("x / y != 8", false), ("exp(log(x)) - x < 1e-12", true), ("1 - 2 - 3 == -4", true),
      ("8 / 4 / 2 == 1", true), ("x == missing", false), ("missing != missing", false),
      ("mean(x) == 4", true),
      ("count(x where y > 1) == 0", true), ("min(x) + max(y) == 4.5", true),
    ])
  func evaluate(text: String, holds: Bool) throws {
    let comparison = try Comparison(parsing: text)
    #expect(comparison.evaluate(["x": 4, "y": 0.5]).holds == holds)
  }

  @Test(
    "with a mistake are refused where it is",
    arguments: [
      ("", 1), ("x", 2), ("x >", 4), ("x > 3 4", 7), ("(x > 3", 4), ("foo(x) > 1", 1),
      ("x >> 3", 4),
      ("3 < x < 5", 7), ("abs(x, y) > 1", 11), ("mean(x, y) > 1", 12), ("mean(x where y) > 1", 15),
    ])
  func refuse(text: String, column: Int) throws {
    do throws(ClaimSyntaxError) {
      _ = try Comparison(parsing: text)
      Issue.record("accepted '\(text)'")
    } catch {
      #expect(error.column == column, "\(error.description)")
    }
  }
}
