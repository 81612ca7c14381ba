"""One market solved by one Python program, whose processor time and certified gap are printed.

    python equilibrium_peers.py market.bin clarabel|ecos|scs TOLERANCE
    python equilibrium_peers.py market.bin ces RHO

CVXPY: the time of `solve`, with its compilation, after a first small problem has loaded everything.
"""

import sys
import time
import warnings

import numpy as np
import scipy.sparse as sp


def load(path: str):
    with open(path, "rb") as file:
        n, m, nnz = np.fromfile(file, np.int64, 3)
        offsets, goods = np.fromfile(file, np.int64, n + 1), np.fromfile(file, np.int32, nnz)
        values, budgets = np.fromfile(file, float, nnz), np.fromfile(file, float, n)
    return sp.csr_matrix((values, goods, offsets), shape=(n, m)), budgets * m / budgets.sum()


def certified_gap(market, budgets, prices, units) -> float:
    """Of units scaled down on oversold goods and prices scaled to the money: see Kernels/Markets."""
    rows = np.repeat(np.arange(len(budgets)), np.diff(market.indptr))
    units, prices = np.maximum(units, 0), np.maximum(prices, 1e-300)
    sold = np.bincount(market.indices, units, len(prices))
    utility = np.bincount(rows, market.data * units / np.maximum(1, sold)[market.indices], len(budgets))
    scaled = prices * budgets.sum() / prices.sum()
    best = np.maximum.reduceat(market.data / scaled[market.indices], market.indptr[:-1])
    return float(budgets @ np.log(budgets * best / np.maximum(utility, 1e-300)) / budgets.sum())


def cvxpy(market, budgets, solver: str, tolerance: float):
    import cvxpy as cp

    n, m = market.shape
    rows = np.repeat(np.arange(n), np.diff(market.indptr))
    pairs = np.arange(market.nnz)
    sums = sp.csr_matrix((np.ones(market.nnz), (market.indices, pairs)), shape=(m, market.nnz))
    utility = sp.csr_matrix((market.data, (rows, pairs)), shape=(n, market.nnz))
    options = {
        "clarabel": {"tol_gap_abs": tolerance, "tol_gap_rel": tolerance, "tol_feas": tolerance, "max_threads": 1},
        "ecos": {"abstol": tolerance, "reltol": tolerance, "feastol": tolerance},
        "scs": {"eps_abs": tolerance, "eps_rel": tolerance, "max_iters": 100_000},
    }[solver]
    x = cp.Variable(market.nnz, nonneg=True)
    clearing = sums @ x <= 1
    problem = cp.Problem(cp.Maximize(budgets @ cp.log(utility @ x)), [clearing])
    start = time.process_time()
    problem.solve(solver=solver.upper(), **options)
    spent = time.process_time() - start
    if x.value is None:
        return spent, float("nan")
    return spent, certified_gap(market, budgets, np.abs(clearing.dual_value), x.value)


def ces(market, budgets, rho: float):
    """Newton on log prices with conjugate gradients, in numpy and scipy: the method of Kernels/Markets."""
    start = time.process_time()
    sigma, rows = 1 / (1 - rho), np.repeat(np.arange(len(budgets)), np.diff(market.indptr))
    weights, goods = sigma * np.log(market.data), market.indices

    def shares(logs):
        exponents = weights + (1 - sigma) * logs[goods]
        most = np.maximum.reduceat(exponents, market.indptr[:-1])
        parts = np.exp(exponents - most[rows])
        sums = np.add.reduceat(parts, market.indptr[:-1])
        return parts / sums[rows], (most + np.log(sums)) / (1 - sigma)

    logs = np.zeros(market.shape[1])
    theta, costs = shares(logs)
    objective = np.exp(logs).sum() - budgets @ costs
    matrix = sp.csr_matrix((theta, goods, market.indptr), shape=market.shape)
    while True:
        matrix.data = theta
        demand, prices = matrix.T @ budgets, np.exp(logs)
        residual = np.abs(prices - demand).max() if not len(prices) else np.abs((prices - demand) / prices).max()
        if residual < 1e-12:
            return time.process_time() - start, residual
        diagonal = prices + (sigma - 1) * (demand - matrix.multiply(matrix).T @ budgets)
        step, left = np.zeros(len(logs)), demand - prices
        slope = prices - demand
        scaled = left / diagonal
        direction, energy = scaled.copy(), left @ scaled
        goal = min(1e-2, residual) ** 2 * 1e-2 * energy
        while energy > goal:
            image = prices * direction + (sigma - 1) * (
                demand * direction - matrix.T @ (budgets * (matrix @ direction)))
            length = energy / (direction @ image)
            step, left = step + length * direction, left - length * image
            scaled = left / diagonal
            after = left @ scaled
            direction, energy = scaled + after / energy * direction, after
        length = 1.0
        while True:
            theta, costs = shares(logs + length * step)
            reached = np.exp(logs + length * step).sum() - budgets @ costs
            if reached <= objective + 1e-4 * length * (slope @ step) + 1e-12 * abs(objective) or length < 1e-4:
                break
            length /= 2
        logs, objective = logs + length * step, reached


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    path, program, number = sys.argv[1], sys.argv[2], float(sys.argv[3])
    small = sp.csr_matrix(np.array([[1.0, 0.5], [0.5, 1.0]])), np.ones(2)
    work = ces if program == "ces" else lambda market, budgets, tolerance: cvxpy(market, budgets, program, tolerance)
    work(*small, number)
    spent, gap = work(*load(path), number)
    print(f"{spent:.6f} {gap:.3e}")
