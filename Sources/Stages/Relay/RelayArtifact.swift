public import Pipeline

/// A column of numbers that was handed on.
public enum RelayArtifact: Artifact {
  static let row = Dimension("row", "a row")
  static let value = Column<Double>("value", row, unit: "1", "number in this row")
  static let total = Column<Double>("total", unit: "1", "sum of all numbers")

  public static let schema = ArtifactSchema(
    "relay", "A column of numbers", [value.entry, total.entry])
}
