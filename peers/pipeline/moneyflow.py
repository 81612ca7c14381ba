"""Payments as a network: industries, cores, the maximum flow and its cut, inequality."""

import networkx
import numpy as np

from stage import arguments, load, save


def gini(amounts):
    amounts = np.sort(amounts)
    place = np.arange(1, len(amounts) + 1)
    return ((2 * place - len(amounts) - 1) * amounts).sum() / (len(amounts) * amounts.sum())


def lorenz(amounts, points=101):
    share = np.append(0, np.cumsum(np.sort(amounts))) / amounts.sum()
    x = np.linspace(0, 1, points)
    return x, np.interp(x, np.linspace(0, 1, len(share)), share)


def main():
    _, (payments, output) = arguments()
    edges = load(payments)
    count = int(edges.account_count)
    paid = np.bincount(edges.edge_payer, edges.edge_amount, count).astype(np.int64)
    received = np.bincount(edges.edge_payee, edges.edge_amount, count).astype(np.int64)
    pairs, inverse = np.unique(edges.edge_payer.astype(np.int64) * count + edges.edge_payee, return_inverse=True)
    amounts = np.bincount(inverse, edges.edge_amount).astype(np.int64)
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(
        zip((pairs // count).tolist(), (pairs % count).tolist(), amounts.tolist()), weight="capacity")
    components = list(networkx.strongly_connected_components(graph))
    cores = networkx.core_number(graph.to_undirected())
    core = np.array([cores[node] for node in range(count)])
    source = int(paid.argmax())
    sink = int(np.where(np.arange(count) == source, -1, received).argmax())
    flow, (side, rest) = networkx.minimum_cut(graph, source, sink)
    cut = [(payer, payee, graph[payer][payee]["capacity"])
           for payer in sorted(side) for payee in sorted(graph[payer])
           if payee in rest and graph[payer][payee]["capacity"] > 0]
    x, y = lorenz(received)
    save(
        output, out_strength=paid, in_strength=received, core_number=core, node_count=count,
        edge_count=len(pairs), total_amount=paid.sum(), component_count=len(components),
        largest_component=max(map(len, components)), degeneracy=core.max(), top_core_size=(core == core.max()).sum(),
        source=source, sink=sink, max_flow=flow, cut_capacity=sum(edge[2] for edge in cut),
        cut_edge_count=len(cut), cut_payer=[edge[0] for edge in cut], cut_payee=[edge[1] for edge in cut],
        cut_amount=[edge[2] for edge in cut], gini_out=gini(paid), gini_in=gini(received),
        gini_edges=gini(amounts), lorenz_nodes=x, lorenz_money=y)


main()
