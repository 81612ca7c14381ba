"""M/M/c and an open network with SimPy, as its users write them; prints one line of JSON.

    simpy_model.py mmc SERVERS UTILISATION CUSTOMERS SEED
    simpy_model.py network NODES UTILISATION CUSTOMERS VISITS SEED
"""

import json
import random
import resource
import sys
import time

import simpy


def mmc(servers: int, load: float, customers: int, seed: int) -> tuple[int, float, float]:
    random.seed(seed)
    environment = simpy.Environment()
    station = simpy.Resource(environment, capacity=servers)
    waits = sojourns = 0.0

    def customer():
        nonlocal waits, sojourns
        arrived = environment.now
        with station.request() as request:
            yield request
            waits += environment.now - arrived
            yield environment.timeout(random.expovariate(1.0))
        sojourns += environment.now - arrived

    def source():
        for _ in range(customers):
            yield environment.timeout(random.expovariate(load * servers))
            environment.process(customer())

    environment.process(source())
    environment.run()
    return 2 * customers, waits / customers, sojourns / customers


def network(nodes: int, load: float, customers: int, visits: float, seed: int) -> tuple[int, float, float]:
    random.seed(seed)
    environment = simpy.Environment()
    stations = [simpy.Resource(environment) for _ in range(nodes)]
    waits = sojourns = 0.0
    services = 0

    def customer():
        nonlocal waits, sojourns, services
        born = environment.now
        while True:
            arrived = environment.now
            with stations[random.randrange(nodes)].request() as request:
                yield request
                waits += environment.now - arrived
                yield environment.timeout(random.expovariate(1.0))
            services += 1
            if random.random() * visits <= 1:
                break
        sojourns += environment.now - born

    def source():
        for _ in range(customers):
            yield environment.timeout(random.expovariate(load * nodes / visits))
            environment.process(customer())

    environment.process(source())
    environment.run()
    return customers + services, waits / services, sojourns / customers


def main() -> None:
    model, words = sys.argv[1], sys.argv[2:]
    start = time.perf_counter()
    if model == "mmc":
        result = mmc(int(words[0]), float(words[1]), int(words[2]), int(words[3]))
    else:
        result = network(int(words[0]), float(words[1]), int(words[2]), float(words[3]), int(words[4]))
    seconds = time.perf_counter() - start
    events, wait, sojourn = result
    print(json.dumps({"events": events, "seconds": seconds, "wait_mean": wait, "sojourn_mean": sojourn,
                      "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


main()
