public import Pipeline

/// A Fisher market with an equilibrium of it: an outside checker needs nothing else.
///
/// Values per pair stand in matrices, or in compressed rows where a matrix would be too large. The
/// names of the market are those of an instance file, so an artifact can be solved again.
public enum EquilibriumArtifact: Artifact {
  static let buyer = Dimension("buyer", "a buyer: a client, or a node where money is merit")
  static let good = Dimension("good", "a good: a service type where a population is given")
  static let pair = Dimension("pair", "a good that a buyer may want, buyer by buyer")
  static let bound = Dimension("bound", "where a buyer's pairs begin, and where the last end")
  static let segment = Dimension(
    "segment", "a part of what a buyer may spend on a good, buyer by buyer")
  static let round = Dimension("round", "a round of an exchange, in its order")
  static let step = Dimension("step", "a look at prices that move with demand and supply")
  static let checkpoint = Dimension("checkpoint", "a look at the iteration, in its order")

  static let model = Column<String>("model", text: "kind of the utility functions")
  static let rho = Column<Double>("rho", unit: "1", "exponent of CES utilities; 1 where linear")
  static let budgets = Column<Double>("budgets", buyer, unit: "coin", "money of the buyer")
  static let supplies = Column<Double>("supplies", good, unit: "1", "units of the good")
  static let utilities = Column<Double>(
    "utilities", buyer, good, unit: "1", "utility per unit of the good")
  static let utilityBounds = Column<Int64>(
    "utilities_indptr", bound, unit: "1", "compressed rows: where each buyer's pairs begin")
  static let utilityGoods = Column<Int32>(
    "utilities_indices", pair, unit: "1", "compressed rows: number of the good")
  static let utilityValues = Column<Double>(
    "utilities_data", pair, unit: "1", "compressed rows: utility per unit of the good")

  static let segmentBounds = Column<Int64>(
    "segments_indptr", bound, unit: "1",
    "where each buyer's segments begin, of spending constraints")
  static let segmentGoods = Column<Int32>(
    "segments_goods", segment, unit: "1", "number of the segment's good")
  static let segmentRates = Column<Double>(
    "segments_rates", segment, unit: "1", "utility per unit of the good that is bought here")
  static let segmentCaps = Column<Double>(
    "segments_caps", segment, unit: "coin", "money that may be spent here; infinite for no bound")
  static let segmentSpending = Column<Double>(
    "segments_spending", segment, unit: "coin", "money that the buyer spends here")

  static let prices = Column<Double>("prices", good, unit: "coin", "price of a unit")
  static let allocations = Column<Double>(
    "allocations", buyer, good, unit: "1", "units that the buyer gets")
  static let allocationBounds = Column<Int64>(
    "allocations_indptr", bound, unit: "1", "compressed rows: where each buyer's pairs begin")
  static let allocationGoods = Column<Int32>(
    "allocations_indices", pair, unit: "1", "compressed rows: number of the good")
  static let allocationUnits = Column<Double>(
    "allocations_data", pair, unit: "1", "compressed rows: units that the buyer gets")
  static let buyerUtility = Column<Double>(
    "buyer_utility", buyer, unit: "1", "utility of the buyer's bundle; intrinsic merit")

  static let gap = Column<Double>(
    "gap", unit: "1", "duality gap: a bound on the loss of mean log utility")
  static let overClearing = Column<Double>(
    "over_clearing", unit: "1", "largest part of a supply that is handed out beyond it")
  static let underClearing = Column<Double>(
    "under_clearing", unit: "1", "largest part of a supply left over at a price above 0")
  static let budgetResidual = Column<Double>(
    "budget_residual", unit: "1", "largest part of a budget that is unspent or overspent")
  static let bangPerBuckViolation = Column<Double>(
    "bang_per_buck_violation", unit: "1",
    "largest min(share of the budget, lack of bang per buck) of a pair; with spending constraints"
      + " the largest part of a budget beyond a cap")
  static let bundleShortfall = Column<Double>(
    "bundle_shortfall", unit: "1", "largest part of the best utility that a buyer goes without")
  static let walrasResidual = Column<Double>(
    "walras_residual", unit: "1", "money spent against the worth of all supplies")
  static let priceMin = Column<Double>(
    "price_min", unit: "1", "lowest price of a wanted good over the mean price; 0 for none wanted")
  static let allocationMin = Column<Double>(
    "allocation_min", unit: "1", "smallest allocation over the good's supply")

  static let status = Column<Int8>(
    "status", flags: ["exact", "converged", "sweep_limit", "step_limit", "stalled"],
    "why the solver stopped")
  static let isExact = Column<Int64>(
    "is_exact", unit: "1", "1 if the polish ended and every residual is at most 1e-9, else 0")
  static let isProved = Column<Int64>(
    "is_proved", unit: "1", "1 if the equilibrium is proved in exact fractions, else 0")
  static let exactPrices = Column<String>(
    "exact_prices", good, text: "price of a unit as a fraction, where proved")
  static let isWithinGap = Column<Int64>(
    "is_within_gap", unit: "1", "1 if the certified gap is at most the gap asked for, else 0")
  static let sweeps = Column<Int64>("sweeps", unit: "1", "sweeps of proportional response")
  static let steps = Column<Int64>("steps", unit: "1", "Newton steps")
  static let innerSteps = Column<Int64>(
    "inner_steps", unit: "1", "steps of conjugate gradients in all Newton steps")
  static let checkpointIteration = Column<Int64>(
    "checkpoint_iteration", checkpoint, unit: "1", "sweeps or Newton steps so far")
  static let checkpointGap = Column<Double>(
    "checkpoint_gap", checkpoint, unit: "1", "duality gap of the iterate, before any polish")

  static let buyerCount = Column<Int64>("buyer_count", unit: "1", "number of buyers")
  static let goodCount = Column<Int64>("good_count", unit: "1", "number of goods")
  static let pairCount = Column<Int64>("pair_count", unit: "1", "number of pairs")
  static let rankCorrelation = Column<Double>(
    "rank_correlation", unit: "1",
    "Spearman correlation of intrinsic with perceived merit; 0 where undefined")
  static let valueCorrelation = Column<Double>(
    "value_correlation", unit: "1",
    "Spearman correlation of the goods' prices with their value to all buyers; 0 where undefined")
  static let kendallCorrelation = Column<Double>(
    "kendall_correlation", unit: "1",
    "Kendall's tau-b of intrinsic with perceived merit; 0 where undefined")
  static let values = Column<Double>(
    "values", good, unit: "coin",
    "value of the good's supply: its part in all valuations, weighted by money")

  static let envyMax = Column<Double>(
    "envy_max", unit: "1",
    "largest part by which a buyer would be better off with another's bundle; of equal incomes")
  static let endowments = Column<Double>(
    "endowments", buyer, good, unit: "1", "units that the trader brings")
  static let exchangeResidual = Column<Double>(
    "exchange_residual", round, unit: "1",
    "largest difference of a budget from its trader's proceeds, over the largest budget")
  static let isExchangeConverged = Column<Int64>(
    "is_exchange_converged", unit: "1", "1 if budgets and proceeds agree up to rounding, else 0")

  static let walkStep = Column<Int64>("walk_step", step, unit: "1", "number of the step")
  static let walkPrices = Column<Double>(
    "walk_prices", step, good, unit: "coin", "price of a unit as it moves with demand and supply")
  static let walkExcess = Column<Double>(
    "walk_excess", step, unit: "1", "largest excess demand or supply over the supply of its good")
  static let walkOutcome = Column<Int8>(
    "walk_outcome", flags: ["converged", "cycling", "undecided"], "what became of moving prices")
  static let walkDeviation = Column<Double>(
    "walk_deviation", unit: "1",
    "largest difference of the last moving price from the equilibrium's, over the mean price")

  static let isRankCorrelationDefined = Column<Int64>(
    "is_rank_correlation_defined", unit: "1", "1 if money is merit and both can be ranked, else 0")

  public static let schema = ArtifactSchema(
    "equilibrium", "A Fisher market, its equilibrium and the certificate",
    [
      model.entry, rho.entry.optional, budgets.entry, supplies.entry, utilities.entry.optional,
      utilityBounds.entry.optional, utilityGoods.entry.optional, utilityValues.entry.optional,
      segmentBounds.entry.optional, segmentGoods.entry.optional, segmentRates.entry.optional,
      segmentCaps.entry.optional, segmentSpending.entry.optional,
      prices.entry, allocations.entry.optional, allocationBounds.entry.optional,
      allocationGoods.entry.optional, allocationUnits.entry.optional, buyerUtility.entry,
      gap.entry, overClearing.entry, underClearing.entry, budgetResidual.entry,
      bangPerBuckViolation.entry, bundleShortfall.entry, walrasResidual.entry, priceMin.entry,
      allocationMin.entry, status.entry, isExact.entry, isProved.entry, exactPrices.entry.optional,
      isWithinGap.entry, sweeps.entry, steps.entry, innerSteps.entry, checkpointIteration.entry,
      checkpointGap.entry, buyerCount.entry, goodCount.entry, pairCount.entry,
      rankCorrelation.entry, valueCorrelation.entry, isRankCorrelationDefined.entry,
      kendallCorrelation.entry, values.entry, envyMax.entry.optional, endowments.entry.optional,
      exchangeResidual.entry.optional, isExchangeConverged.entry.optional,
      walkStep.entry.optional, walkPrices.entry.optional, walkExcess.entry.optional,
      walkOutcome.entry.optional, walkDeviation.entry.optional,
    ])
}
