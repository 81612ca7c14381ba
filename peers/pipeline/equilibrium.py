"""Market-clearing prices of a linear Fisher market: the convex program of Eisenberg and Gale."""

import cvxpy
import numpy as np

from stage import arguments, load, save


def market(p, files):
    """Budgets and values: clients with what they paid, or nodes with the quality they advertise."""
    cloud = load(files[0])
    if p.money == "merit":
        return cloud.node_quality_prior, cloud.node_offers * cloud.node_price_factor[:, None]
    edges, clients = load(files[1]), len(cloud.client_rate)
    return np.bincount(edges.edge_payer, edges.edge_amount, int(edges.account_count))[:clients], cloud.client_utility


def solve(budgets, values):
    """Prices and allocations; money and values are scaled to suit the solver."""
    money = budgets.sum() / values.shape[1]
    scaled = values / values.max(axis=1, keepdims=True)
    units = cvxpy.Variable(values.shape, nonneg=True)
    supply = cvxpy.sum(units, axis=0) <= 1
    utility = cvxpy.sum(cvxpy.multiply(scaled, units), axis=1)
    problem = cvxpy.Problem(cvxpy.Maximize((budgets / money) @ cvxpy.log(utility)), [supply])
    problem.solve(solver=cvxpy.CLARABEL)
    return supply.dual_value * money, units.value


def ranks(values):
    return np.argsort(np.argsort(values))


def main():
    p, (*files, output) = arguments()
    budgets, values = market(p, files)
    active = budgets > 0
    prices, units = solve(budgets[active], values[active])
    allocations = np.zeros(values.shape)
    allocations[active] = units
    utilities = (values * allocations).sum(axis=1)
    best = (values / prices).max(axis=1)
    spent = allocations @ prices
    share = budgets[active] / budgets.sum()
    gap = (share * np.log(budgets[active] * best[active] * prices.sum() / budgets.sum() / utilities[active])).sum()
    save(
        output, budgets=budgets, utilities=values, prices=prices, allocations=allocations,
        buyer_utility=utilities, gap=gap, over_clearing=max(0, (allocations.sum(axis=0) - 1).max()),
        budget_residual=(abs(spent - budgets)[active] / budgets[active]).max(),
        rank_correlation=np.corrcoef(ranks(budgets), ranks(utilities))[0, 1] if p.money == "merit" else 0.0)


main()
