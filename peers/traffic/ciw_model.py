"""M/M/c and an open network with Ciw, as its users write them; prints one line of JSON.

    ciw_model.py mmc SERVERS UTILISATION CUSTOMERS SEED
    ciw_model.py network NODES UTILISATION CUSTOMERS VISITS SEED
"""

import json
import resource
import sys
import time

import ciw


def model(words: list[str]):
    size, load, customers = int(words[1]), float(words[2]), int(words[3])
    if words[0] == "mmc":
        network = ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(load * size)],
            service_distributions=[ciw.dists.Exponential(1.0)], number_of_servers=[size])
        return network, customers, int(words[4])
    visits, seed = float(words[4]), int(words[5])
    onward = (1 - 1 / visits) / size
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(load / visits) for _ in range(size)],
        service_distributions=[ciw.dists.Exponential(1.0) for _ in range(size)],
        number_of_servers=[1] * size, routing=[[onward] * size for _ in range(size)])
    return network, customers, seed


def main() -> None:
    start = time.perf_counter()
    network, customers, seed = model(sys.argv[1:])
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers)
    records = simulation.get_all_records()
    seconds = time.perf_counter() - start
    waits = [record.waiting_time for record in records]
    stays: dict[int, float] = {}
    for record in records:
        stays[record.id_number] = stays.get(record.id_number, 0.0) + record.exit_date - record.arrival_date
    print(json.dumps({
        "events": customers + len(records), "seconds": seconds, "wait_mean": sum(waits) / len(waits),
        "sojourn_mean": sum(stays.values()) / len(stays),
        "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


main()
