public import Pipeline

/// Comparisons of simulated queues with closed forms.
public enum ValidationArtifact: Artifact {
  static let comparison = Dimension("comparison", "one number of one case")

  static let caseName = Column<String>("case", comparison, text: "what was simulated")
  static let quantity = Column<String>("quantity", comparison, text: "the number of it")
  static let exact = Column<Double>("exact", comparison, unit: "1", "by the closed form")
  static let mean = Column<Double>("mean", comparison, unit: "1", "over the replications")
  static let halfWidth = Column<Double>(
    "half_width", comparison, unit: "1", "of the interval for that mean")
  static let widthMax = Column<Double>(
    "relative_width_max", comparison, unit: "1",
    "largest half-width that proves something, as a share of the exact value")
  static let customers = Column<Int64>(
    "customers", comparison, unit: "1", "messages of all replications")
  static let verdict = Column<Int8>(
    "verdict", comparison, flags: ["passes", "too_wide", "differs"], "what the comparison says")
  static let comparisonCount = Column<Int64>("comparison_count", unit: "1", "comparisons")
  static let passCount = Column<Int64>("pass_count", unit: "1", "those that pass")
  static let failCount = Column<Int64>("fail_count", unit: "1", "those that do not")
  static let formulaCount = Column<Int64>(
    "formula_count", unit: "1", "exact answers in the file that closed forms were held against")
  static let formulaError = Column<Double>(
    "formula_error_max", unit: "1", "largest relative difference to them")

  public static let schema = ArtifactSchema(
    "validation", "Simulated queues against closed forms",
    [
      caseName.entry, quantity.entry, exact.entry, mean.entry, halfWidth.entry, widthMax.entry,
      customers.entry, verdict.entry, comparisonCount.entry, passCount.entry, failCount.entry,
      formulaCount.entry, formulaError.entry,
    ])
}
