"""Compares every dataset of the Python pipeline with kcpipe's of the same name.

    python compare.py KCPIPE_RUN PYTHON_RUN

Whole numbers must be equal, others within a relative 1e-9; what a convex solver found is held
against kcpipe's exact answer within the tolerance to which such a solver works.
"""

import pathlib
import sys

import h5py
import numpy as np

FILES = {
    "population.h5": "population.h5", "truth.h5": "population.truth.h5", "traffic.h5": "traffic.h5",
    "arbitration.h5": "arbitration.h5", "assessment.h5": "assessment.h5", "ledger.h5": "ledger.h5",
    "edges.h5": "ledger.edges.h5", "trading.h5": "trading.h5", "moneyflow.h5": "moneyflow.h5",
    "equilibrium.h5": "equilibrium.h5", "merit.h5": "merit.h5",
}
# Of a market, only prices, utilities and money are unique: allocations may differ between equilibria.
SOLVED = {"equilibrium.h5", "merit.h5"}
UNIQUE = ["budgets", "utilities", "prices", "buyer_utility", "rank_correlation"]


def difference(ours, theirs) -> float:
    """The largest one, relative to the larger of the value and the mean size of all; 0 where equal."""
    if ours.shape != theirs.shape:
        return float("inf")
    if ours.dtype.kind == "O":
        return 0.0 if (ours == theirs).all() else float("inf")
    ours, theirs = ours.astype(float), theirs.astype(float)
    is_same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    if is_same.all():
        return 0.0
    finite = np.abs(ours[np.isfinite(ours)])
    scale = np.maximum(np.abs(ours), finite.mean() if finite.size else 0)
    with np.errstate(invalid="ignore"):
        return float(np.max(np.where(is_same, 0, np.abs(ours - theirs) / scale)))


def main() -> None:
    kcpipe, python = map(pathlib.Path, sys.argv[1:])
    compared, largest, solved, faults = 0, 0.0, 0.0, []
    for theirs, ours in FILES.items():
        with h5py.File(kcpipe / ours) as a, h5py.File(python / theirs) as b:
            for name in UNIQUE if theirs in SOLVED else b:
                change = difference(a[name][...], b[name][...])
                compared += 1
                is_whole = a[name].dtype.kind in "iu"
                if theirs in SOLVED:
                    solved = max(solved, change)
                    limit = 1e-3
                else:
                    largest = max(largest, change)
                    limit = 0 if is_whole else 1e-9
                if not change <= limit:
                    faults.append(f"{theirs}: {name} differs by {change:.3g}")
    for fault in faults:
        print(fault)
    print(f"{compared} datasets of the Python pipeline were held against kcpipe's: all whole numbers are equal (records, "
          f"verdicts, balances, trails, flows), other figures within {largest:.1g}, what CVXPY solved within {solved:.1g}.")
    raise SystemExit(1 if faults else 0)


main()
