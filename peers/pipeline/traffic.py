"""Replays requests through front ends, queues and nodes, event by event, with SimPy."""

import numpy as np
import simpy

from draws import AliasTable, Stream, philox
from stage import arguments, load, save


class Exchanges:
    """What is decided of every message by its number alone, drawn at once."""

    def __init__(self, p, cloud, truth):
        self.stream = Stream(p.seed, "traffic.message")
        self.number = np.arange(p.requests)
        gap, who = self.draw(0)
        self.gap = -np.log(gap) / cloud.client_rate.sum()
        self.client = AliasTable(cloud.client_rate.tolist()).draw(who)
        kind, place = self.draw(1)
        self.service = self.services(cloud.client_utility[self.client], kind)
        self.node = self.nodes(cloud, place)
        self.times(p, cloud)
        self.deals(cloud, truth)

    def draw(self, purpose):
        return self.stream.units(self.number, purpose)

    def services(self, utility, unit):
        """A type by the client's utilities."""
        bounds = np.cumsum(utility, axis=1)
        return (unit[:, None] * bounds[:, -1:] >= bounds[:, :-1]).sum(axis=1)

    def nodes(self, cloud, unit):
        """A node among those that offer the type, by popularity."""
        chosen = np.zeros(len(unit), dtype=int)
        for service in range(cloud.node_offers.shape[1]):
            offering = np.flatnonzero(cloud.node_offers[:, service])
            mine = self.service == service
            table = AliasTable(cloud.node_popularity[offering].tolist())
            chosen[mine] = offering[table.draw(unit[mine])]
        return chosen

    def times(self, p, cloud):
        way, work = self.draw(2)
        front, second = self.draw(3)
        shares = [p.cpu_pool_share, p.cpu_pool_share + p.memory_pool_share]
        self.route = np.searchsorted(shares, way, side="right")
        self.front = -np.log(front) * np.array([p.cpu_pool_mean_s, p.memory_pool_mean_s, 0])[self.route]
        law = cloud.service_law[self.service]
        shape = np.select(
            [law == 1, law == 2, law == 3], [-np.log(work), 2 * work, -np.log(work * second) / 2], 1.0)
        self.work = shape * cloud.service_mean[self.service] / cloud.node_speed[self.node]

    def deals(self, cloud, truth):
        """Price and quality, honest or not."""
        mood, taste = self.draw(4)
        extent = self.draw(5)[0]
        kind = np.where(mood < truth.node_severity[self.node], truth.node_behaviour[self.node], 0)
        listed = cloud.service_price[self.service] * cloud.node_price_factor[self.node]
        self.quoted = np.maximum(1, np.floor(listed + 0.5)).astype(np.int64)
        greedy = np.maximum(self.quoted + 1, np.floor(self.quoted * (1.2 + 0.6 * extent) + 0.5))
        is_friend = (self.client + self.node) & 3 == 0
        honest = np.minimum(1, cloud.node_quality_prior[self.node] + 0.1 * (taste - 0.5))
        self.is_obstructed = kind == 3
        self.charged = np.select([kind == 1, kind == 3], [greedy, 0], self.quoted).astype(np.int64)
        self.quality = np.select(
            [kind == 2, kind == 3, kind == 4],
            [0.2 + 0.4 * extent, 0, np.where(is_friend, 1, 0.3 + 0.3 * extent)], honest)

    def identifiers(self, sent, epoch):
        """UUIDs of version 7, as two words: milliseconds, a counter from a drawn start on, drawn bits."""
        start = philox(0, 0x7569643700000001, self.stream.key)[0] >> np.uint64(25)
        drawn = philox(self.number, 0x7569643700000002, self.stream.key)[0]
        milliseconds = np.uint64(epoch * 1000) + (sent * 1000).astype(np.uint64)
        counter = start + self.number.astype(np.uint64)
        high = milliseconds << np.uint64(16) | np.uint64(0x7000) | counter >> np.uint64(28)
        tail = (counter & np.uint64(0xFFFFFFF)) << np.uint64(34) | drawn & np.uint64(0x3FFFFFFFF)
        return high, np.uint64(1 << 63) | tail


class Replay:
    """Three routes into the queues of the nodes; each reply waits in its client's own queue."""

    def __init__(self, p, cloud, exchanges):
        self.environment = simpy.Environment()
        self.pools = [simpy.Resource(self.environment, workers)
                      for workers in (p.cpu_pool_workers, p.memory_pool_workers)]
        self.servers = [simpy.Resource(self.environment, int(count)) for count in cloud.node_servers]
        self.reply_seconds = p.reply_s
        self.inbox_free = [0.0] * len(cloud.client_rate)
        self.work = np.where(exchanges.is_obstructed, 0.0, exchanges.work).tolist()
        self.columns = [getattr(exchanges, name).tolist()
                        for name in ("gap", "route", "front", "node", "client", "is_obstructed")]
        self.sent, self.queued, self.started, self.served, self.replied = (
            [float("nan")] * p.requests for _ in range(5))

    def run(self):
        self.environment.process(self.source())
        self.environment.run()

    def source(self):
        for message, (gap, *rest) in enumerate(zip(*self.columns)):
            yield self.environment.timeout(gap)
            self.sent[message] = self.environment.now
            self.environment.process(self.request(message, *rest))

    def request(self, message, route, front, node, client, is_obstructed):
        environment = self.environment
        if route < 2:
            with self.pools[route].request() as worker:
                yield worker
                yield environment.timeout(front)
        self.queued[message] = environment.now
        with self.servers[node].request() as server:
            yield server
            self.started[message] = environment.now
            yield environment.timeout(self.work[message])
        if not is_obstructed:
            self.served[message] = environment.now
            replied = max(environment.now, self.inbox_free[client]) + self.reply_seconds
            self.inbox_free[client] = self.replied[message] = replied


def reports(p, cloud, truth, x, sent, replied, is_late):
    """Problem reports of those who are of that temper; liars report good dealings too."""
    fault = np.select(
        [x.is_obstructed, x.charged > x.quoted, x.quality < 0.7, is_late], [3, 0, 1, 2], -1)
    probability = np.where(
        fault < 0, truth.client_perjury_probability[x.client], cloud.client_complaint_probability[x.client])
    filed = np.flatnonzero(x.draw(6)[0] < probability)
    time = np.where(x.is_obstructed, sent + p.timeout_s, replied)[filed]
    order = np.lexsort((filed, time))
    filed = filed[order]
    return {
        "report_time": time[order], "report_message": filed, "report_client": x.client[filed],
        "report_node": x.node[filed],
        "report_reason": np.where(fault[filed] < 0, 1, fault[filed]).astype(np.int8),
    }


def main():
    p, (population, hidden, output) = arguments()
    cloud, truth = load(population), load(hidden)
    x = Exchanges(p, cloud, truth)
    replay = Replay(p, cloud, x)
    replay.run()
    sent, queued, started, served, replied = (
        np.array(column) for column in
        (replay.sent, replay.queued, replay.started, replay.served, replay.replied))
    is_late = replied - sent > cloud.service_deadline[x.service]
    high, low = x.identifiers(sent, p.epoch)
    filed = reports(p, cloud, truth, x, sent, replied, is_late)
    suggesting = np.flatnonzero(x.draw(6)[1] < p.suggestion_share)
    horizon, sojourns = np.nanmax(replied), (replied - sent)[~x.is_obstructed]
    save(
        output, message_id_high=high, message_id_low=low, message_client=x.client.astype(np.int32),
        message_node=x.node.astype(np.int32), message_service=x.service.astype(np.int32),
        message_route=x.route.astype(np.int8), sent_time=sent, queued_time=queued, started_time=started,
        served_time=served, replied_time=replied, price_quoted=x.quoted, price_charged=x.charged,
        quality=x.quality, outcome=np.select([x.is_obstructed, is_late], [2, 1], 0).astype(np.int8),
        **filed, suggestion_time=sent[suggesting], suggestion_client=x.client[suggesting],
        node_count=len(cloud.node_speed), client_count=len(cloud.client_rate), message_count=p.requests,
        served_count=len(sojourns), report_count=len(filed["report_time"]),
        suggestion_count=len(suggesting), wait_mean=(started - queued).mean(),
        sojourn_mean=sojourns.mean(), number_in_system_mean=sojourns.sum() / horizon,
        utilisation=sum(replay.work) / (horizon * cloud.node_servers.sum()), horizon=horizon)


main()
