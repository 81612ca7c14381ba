"""Figures, metrics, claims and a page that shows them, as the run of kcpipe ends with."""

import json
import pathlib

import matplotlib
import numpy as np

matplotlib.use("Agg")

from matplotlib import pyplot

from stage import arguments, load

METRICS = {
    "wait_mean": ("traffic", "wait_mean"), "utilisation": ("traffic", "utilisation"),
    "reports": ("traffic", "report_count"), "auc": ("assessment", "auc_posterior"),
    "auc_baseline": ("assessment", "auc_complaints"), "f1": ("assessment", "f1"),
    "money_lost": ("ledger", "conservation_difference"),
    "double_spends_tried": ("ledger", "double_spends_tried"),
    "double_spends_refused": ("ledger", "double_spends_refused"),
    "trails_broken": ("ledger", "trails_broken"), "auction_efficiency": ("trading", "efficiency"),
    "equilibrium_gap": ("equilibrium", "gap"), "budget_residual": ("equilibrium", "budget_residual"),
    "max_flow": ("moneyflow", "max_flow"), "cut_capacity": ("moneyflow", "cut_capacity"),
}
CLAIMS = [
    "auc >= 0.85", "money_lost == 0", "double_spends_refused == double_spends_tried", "trails_broken == 0",
    "auction_efficiency > 0.9", "max_flow == cut_capacity",
]


class Figures:
    """Draws figures of one size into a folder and remembers their titles."""

    def __init__(self, folder):
        self.folder, self.titles = folder, {}

    def draw(self, name, title, x, y, paint, scale="linear"):
        figure, axes = pyplot.subplots(figsize=(7.2, 4.0))
        axes.set(title=title, xlabel=x, ylabel=y, xscale=scale, yscale=scale)
        paint(axes)
        if axes.get_legend_handles_labels()[0]:
            axes.legend()
        figure.savefig(self.folder / f"{name}.svg")
        pyplot.close(figure)
        self.titles[name] = title


def ranked(axes, label, values):
    """Values by falling rank, thinned to at most a thousand points."""
    values = np.sort(values)[::-1]
    step = max(1, len(values) // 1000)
    axes.plot(np.arange(1, len(values) + 1)[::step], values[::step], ".", label=label)


def of_people(draw, population, traffic, arbitration, assessment):
    def popularity(axes):
        ranked(axes, "popularity of nodes", population.node_popularity / population.node_popularity.mean())
        ranked(axes, "rate of clients", population.client_rate / population.client_rate.mean())

    def sojourn(axes):
        levels = np.linspace(0, 1, 101)
        for code, name in enumerate(["cpu_pool", "memory_pool", "direct"]):
            mine = (traffic.message_route == code) & (traffic.outcome != 2)
            waits = (traffic.replied_time - traffic.sent_time)[mine]
            axes.plot(np.quantile(waits, levels), levels, label=name)
        axes.set_yscale("linear")

    def reasons(axes):
        axes.bar(["overcharged", "poor quality", "late", "no reply"],
                 np.bincount(traffic.report_reason, minlength=4))

    def evidence(axes):
        for code, name in enumerate(["acquitted", "convicted"]):
            mine = (arbitration.verdict == code) & (arbitration.node_complaints > 0)
            axes.plot(arbitration.node_complaint_share[mine], arbitration.posterior[mine], ".", label=name)

    def roc(axes):
        for code, name in enumerate(["posterior", "votes", "complaints", "quality"]):
            mine = assessment.roc_curve == code
            axes.plot(assessment.roc_false_positive_rate[mine], assessment.roc_true_positive_rate[mine], label=name)

    draw("popularity", "How unequal nodes and clients are", "rank", "relative to the mean", popularity, "log")
    draw("sojourn", "Time from sending to having the reply", "sojourn (s)", "share of requests", sojourn, "log")
    draw("reports", "Problem reports by reason", "reason", "reports", reasons)
    draw("evidence", "Complaints and what the model makes of them", "complaints per dealing", "posterior", evidence)
    draw("roc", "Corrupt nodes found", "share of the honest nodes", "share of the corrupt nodes", roc)


def of_money(draw, population, ledger, trading, moneyflow):
    clients = len(population.client_rate)

    def balances(axes):
        ranked(axes, "clients, opening", ledger.account_opening[:clients])
        ranked(axes, "clients, closing", ledger.account_closing[:clients])
        ranked(axes, "nodes, closing", ledger.account_closing[clients:])

    def volume(axes):
        for name, amounts in (("paid", ledger.payment_amount), ("unpaid", ledger.payment_unpaid)):
            sums, edges = np.histogram(ledger.payment_time, 50, weights=amounts)
            axes.stairs(sums, edges, label=name)

    def curves(axes):
        most = int(trading.service_trades.argmax())
        price, purse = population.service_price[most], ledger.account_closing[:clients]
        worth = np.minimum(price * (0.5 + population.client_utility[:, most]), purse)
        costs = (price * population.node_price_factor)[population.node_offers[:, most] == 1]
        end = max(10, 3 * int(trading.service_efficient_trades[most]))
        for name, prices in (("demand", np.sort(worth)[::-1]), ("supply", np.sort(costs))):
            axes.step(np.arange(1, len(prices[:end]) + 1), prices[:end], label=name)

    def inequality(axes):
        axes.plot(moneyflow.lorenz_nodes, moneyflow.lorenz_money, label="money received")
        axes.plot([0, 1], [0, 1], label="equal shares")

    draw("balances", "Balances by rank, before and after", "rank", "balance (coin)", balances, "log")
    draw("volume", "Payments over time, in fifty equal intervals", "time (s)", "coin per interval", volume)
    draw("curves", "Demand and supply, and the prices that clear", "units", "price (coin)", curves)
    draw("lorenz", "Lorenz curve of money received", "share of accounts", "share of the money", inequality)


def of_markets(draw, equilibrium, merit):
    for name, market in (("equilibrium", equilibrium), ("merit", merit)):
        draw(f"{name}-prices", "Equilibrium prices", "good", "price",
             lambda axes, prices=market.prices: axes.bar(np.arange(len(prices)), prices))
    perceived, intrinsic = (np.argsort(np.argsort(x)) for x in (merit.budgets, merit.buyer_utility))
    draw("merit", "Intrinsic against perceived merit of nodes", "rank by perceived merit",
         "rank by intrinsic merit", lambda axes: axes.plot(perceived, intrinsic, "."))


def main():
    _, (*files, page) = arguments()
    page = pathlib.Path(page)
    figures = Figures(page.parent)
    data = {pathlib.Path(file).stem: load(file) for file in files}
    of_people(figures.draw, *(data[name] for name in ("population", "traffic", "arbitration", "assessment")))
    of_money(figures.draw, *(data[name] for name in ("population", "ledger", "trading", "moneyflow")))
    of_markets(figures.draw, data["equilibrium"], data["merit"])
    metrics = {name: getattr(data[step], path).item() for name, (step, path) in METRICS.items()}
    (page.parent / "metrics.json").write_text(json.dumps(metrics, indent=1))
    broken = [claim for claim in CLAIMS if not eval(claim, {}, metrics)]
    lines = ["# Corrupt nodes, arbiters and market prices", "", "| metric | value |", "| --- | ---: |"]
    lines += [f"| {name} | {value} |" for name, value in metrics.items()]
    lines += [f"\n- {claim}: {'broken' if claim in broken else 'holds'}" for claim in CLAIMS]
    lines += [f"\n![{title}]({name}.svg)" for name, title in figures.titles.items()]
    page.write_text("\n".join(lines) + "\n")
    if broken:
        raise SystemExit(f"broken: {broken}")


main()
