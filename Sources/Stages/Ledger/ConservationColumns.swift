import Kernels
import Pipeline

/// The lines of the conservation table: each a value and a number of coins.
struct ConservationColumns {
  struct Line {
    let value: Column<Int64>
    let coins: Column<Int64>

    init(_ word: String, _ meaning: String) {
      value = Column("\(word)_value", unit: "coin", "money \(meaning)")
      coins = Column("\(word)_coins", unit: "1", "number of coins \(meaning)")
    }
  }

  let minted = Line("minted", "that was ever minted")
  let held = Line("held", "in purses at the end")
  let inTransit = Line("in_transit", "outside every purse at the end")
  let retired = Line("retired", "without a holder that waits for the reaper")
  let reaped = Line("reaped", "that was returned to the mint and destroyed")
  /// Minted less all that was found; must be 0.
  let difference = Column<Int64>(
    "conservation_difference", unit: "coin",
    "money minted and nowhere, or somewhere and never minted; must be 0")

  var lines: [Line] { [minted, held, inTransit, retired, reaped] }

  var entries: [VariableSchema] {
    lines.flatMap { [$0.value.entry, $0.coins.entry] } + [difference.entry]
  }

  func write(_ found: Conservation, to artifact: ArtifactWriter) throws {
    let amounts = [found.minted, found.held, found.inTransit, found.retired, found.reaped]
    for (line, amount) in zip(lines, amounts) {
      try artifact.write(line.value, Int(amount.value))
      try artifact.write(line.coins, amount.coins)
    }
    try artifact.write(difference, Int(found.difference.value))
  }
}
