"""Draws nodes, clients and service types; who is corrupt goes into a file of its own."""

import numpy as np

from draws import Stream, permuted
from stage import arguments, save

SERVICES = {
    "service_name": np.array(["compute", "storage", "consult"]),
    "service_price": np.array([12.0, 5.0, 40.0]),
    "service_mean": np.array([0.8, 0.3, 2.5]),
    "service_law": np.array([1, 2, 3], dtype=np.int8),
    "service_deadline": np.array([30.0, 20.0, np.inf]),
    "service_value": np.array([11.0, 5.0, 38.0]),
}
COUNT = 3


def nodes(p):
    stream, number = Stream(p.seed, "population.node"), np.arange(p.nodes)
    _, size = stream.units(number, 0)
    price, popular = stream.units(number, 1)
    popularity = popular ** (-1 / (p.popularity_exponent - 1))
    sure = (stream.units(number, 3)[0] * COUNT).astype(int)
    drawn = stream.units(number[:, None], 16 + np.arange(COUNT))[0] < p.service_share
    return {
        "node_servers": np.minimum(np.ceil(popularity), p.servers_max).astype(np.int32),
        "node_speed": 0.5 + size,
        "node_price_factor": 1 + p.price_spread * (2 * price - 1),
        "node_popularity": popularity,
        "node_quality_prior": 0.8 + 0.2 * stream.units(number, 2)[0],
        "node_offers": (drawn | (np.arange(COUNT) == sure[:, None])).astype(np.int8),
    }


def hidden_nodes(p):
    stream, number = Stream(p.seed, "population.behaviour"), np.arange(p.nodes)
    is_corrupt = permuted(number, p.nodes, stream.key) < round(p.corrupt_share * p.nodes)
    kind, extent = stream.units(number, 1)
    return {
        "node_behaviour": np.where(is_corrupt, 1 + (kind * 4).astype(int), 0).astype(np.int8),
        "node_severity": np.where(is_corrupt, np.minimum(1, p.severity * (0.5 + extent)), 0),
    }


def clients(p):
    stream, number = Stream(p.seed, "population.client"), np.arange(p.clients)
    active, rich = stream.units(number, 0)
    shape, cap = p.activity_exponent - 1, 1000.0
    mean = (shape - cap ** (1 - shape)) / (shape - 1)
    return {
        "client_rate": p.rate * np.minimum(cap, active ** (-1 / shape)) / mean,
        "client_budget": np.maximum(1, np.floor(p.budget * (0.5 + rich) + 0.5)).astype(np.int64),
        "client_complaint_probability": np.minimum(
            1, p.complaint_probability * (0.5 + stream.units(number, 1)[0])),
        "client_utility": stream.units(number[:, None], 16 + np.arange(COUNT))[0],
    }


def main():
    p, (visible, hidden) = arguments()
    save(visible, **SERVICES, **nodes(p), **clients(p))
    lie = Stream(p.seed, "population.perjury").units(np.arange(p.clients))[0]
    save(hidden, **hidden_nodes(p),
         client_perjury_probability=np.where(lie < p.liar_share, p.perjury_probability, 0))


main()
