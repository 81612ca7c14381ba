"""Sells each service type in McAfee's double auction, through traders."""

import numpy as np

from draws import Stream
from stage import arguments, load, save


def auction(bids, asks):
    """The ranks that trade with both prices, the efficient trades, and the range of prices."""
    buyers, sellers = np.argsort(-bids, kind="stable"), np.argsort(asks, kind="stable")
    bid, ask = np.append(bids[buyers], -np.inf), np.append(asks[sellers], np.inf)
    both = min(len(bids), len(asks))
    k = int(np.cumprod(bid[:both] >= ask[:both]).sum())
    low, high = max(ask[k - 1], bid[k]), min(bid[k - 1], ask[k])
    price = bid[k] / 2 + ask[k] / 2
    if np.isfinite(price) and ask[k - 1] <= price <= bid[k - 1]:
        count, buyer_price, seller_price = k, price, price
    else:
        count, buyer_price, seller_price = k - 1, bid[k - 1], ask[k - 1]
    efficient = (bid[:k] - ask[:k]).sum()
    return buyers[:count], sellers[:count], buyer_price, seller_price, k, low, high, efficient


def flows(trades, buyer_trader, seller_trader, clients, nodes):
    """The money of all trades, one flow for each pair of accounts."""
    base = clients + nodes
    first, second = base + buyer_trader[trades["buyer"]], base + seller_trader[trades["seller"]]
    passed = first != second
    payer = np.concatenate([trades["buyer"], first[passed], second])
    payee = np.concatenate([first, second[passed], clients + trades["seller"]])
    amount = np.concatenate([
        trades["buyer_price"], trades["seller_price"][passed], trades["seller_price"]])
    pairs, inverse = np.unique(np.stack([payer, payee]), axis=1, return_inverse=True)
    return {"edge_payer": pairs[0], "edge_payee": pairs[1], "edge_amount": np.bincount(inverse.ravel(), amount)}


def main():
    p, (population, ledger, output) = arguments()
    cloud = load(population)
    clients, nodes = len(cloud.client_rate), len(cloud.node_speed)
    purse = load(ledger).account_closing[:clients].astype(float)
    services, parts = [], []
    for service, price in enumerate(cloud.service_price):
        willing = np.flatnonzero((purse > 0) & (cloud.client_utility[:, service] > 0))
        bids = np.minimum(price * (0.5 + cloud.client_utility[willing, service]), purse[willing])
        offering = np.flatnonzero(cloud.node_offers[:, service])
        asks = price * cloud.node_price_factor[offering]
        buyers, sellers, buyer_price, seller_price, k, low, high, efficient = auction(bids, asks)
        surplus = (bids[buyers] - asks[sellers]).sum()
        services.append((len(bids), len(asks), len(buyers), k, low, high, surplus, efficient,
                         len(buyers) * (buyer_price - seller_price)))
        purse[willing[buyers]] -= buyer_price
        parts.append(np.stack([
            np.full(len(buyers), service), willing[buyers], offering[sellers], bids[buyers], asks[sellers],
            np.full(len(buyers), buyer_price), np.full(len(buyers), seller_price)]))
    names = ("service", "buyer", "seller", "bid", "ask", "buyer_price", "seller_price")
    trades = dict(zip(names, np.concatenate(parts, axis=1)))
    trades |= {name: trades[name].astype(int) for name in names[:3]}
    stream = Stream(p.seed, "trading.trader")
    buyer_trader = (stream.units(np.arange(clients), 0)[0] * p.traders).astype(int)
    seller_trader = (stream.units(np.arange(nodes), 1)[0] * p.traders).astype(int)
    columns = ("buyers", "sellers", "trades", "efficient_trades", "price_low", "price_high", "surplus",
               "efficient_surplus", "revenue")
    table = dict(zip(columns, np.array(services).T))
    save(
        output, **{f"trade_{name}": values for name, values in trades.items()},
        **{f"service_{name}": values for name, values in table.items()},
        **flows(trades, buyer_trader, seller_trader, clients, nodes),
        trade_trader=buyer_trader[trades["buyer"]], trade_seller_trader=seller_trader[trades["seller"]],
        trades=len(trades["bid"]), volume=trades["buyer_price"].sum(), surplus=table["surplus"].sum(),
        efficiency=table["surplus"].sum() / table["efficient_surplus"].sum(),
        trader_revenue=table["revenue"].sum(), budget_violations=(purse < 0).sum())


main()
