"""A panel of arbiters and the model of Dawid and Skene judge the nodes that clients complain of."""

import numpy as np
from scipy.special import betaincinv

from draws import Stream, permuted, philox, unit
from stage import arguments, load, save


def fewest_complaints(base, confidence, most):
    """For each number of dealings the fewest complaints that prove an excess (Clopper, Pearson)."""
    dealings, complaints = np.arange(most + 1)[:, None], np.arange(1, most + 1)[None, :]
    rest = np.maximum(1, dealings - complaints + 1)
    proves = (complaints <= dealings) & (betaincinv(complaints, rest, 1 - confidence) > base)
    return np.where(proves.any(axis=1), proves.argmax(axis=1) + 1, dealings[:, 0] + 1)


class Evidence:
    """Which complaints stand before an observer: each paper may be lost for him."""

    def __init__(self, p, is_complained):
        self.loss, self.stream = p.evidence_loss, Stream(p.seed, "arbitration.loss")
        self.is_complained = is_complained

    def stands(self, messages, observer):
        report, record = self.stream.units(messages, observer)
        return self.is_complained[messages] & (report >= self.loss) & (record >= self.loss)


def panel_votes(p, evidence, order, starts, complaints):
    """Of each arbiter and node whether he votes guilty, from a sample of the node's dealings."""
    nodes = len(complaints)
    counts = np.diff(starts)
    sample = min(p.sample, len(order))
    arbiters, number = np.arange(p.panel), np.arange(nodes)
    keys = Stream(p.seed, "arbitration.sample").substream_keys(arbiters)
    keys = philox(number[None, :], 2**64 - 1, keys[:, None])[0]
    looks = np.minimum(sample, counts)
    node, place = np.nonzero(np.arange(sample) < looks[:, None])
    drawn = permuted(place, counts[node], keys[:, node])
    drawn = np.where(looks[node] == counts[node], place, drawn)
    stands = evidence.stands(order[starts[node] + drawn], arbiters[:, None] + 1)
    standing = np.array([np.bincount(node, row, nodes) for row in stands]).astype(int)
    base = complaints.sum() / len(order)
    finds = standing >= fewest_complaints(base, p.vote_confidence, sample)[looks]
    errs = Stream(p.seed, "arbitration.error").units(number[None, :], arbiters[:, None])[0]
    return (complaints > 0) & (finds != (errs < p.arbiter_error))


def crowd_answers(events, evidence, complaints, votes):
    """Tasks, workers and labels: clients who complain unusually often, and arbiters' votes."""
    pair = events.message_node.astype(np.int64) * events.client_count + events.message_client
    pairs, inverse, dealings = np.unique(pair, return_inverse=True, return_counts=True)
    standing = np.bincount(inverse, evidence.stands(np.arange(len(pair)), 0))
    label = standing * len(pair) > complaints.sum() * dealings
    clients, worker = np.unique(pairs % events.client_count, return_inverse=True)
    panel, nodes = votes.shape
    seen = np.flatnonzero(np.bincount(events.message_node, minlength=nodes))
    tasks = np.concatenate([pairs // events.client_count, np.tile(seen, panel)])
    workers = np.concatenate([worker, len(clients) + np.repeat(np.arange(panel), len(seen))])
    labels = np.concatenate([label, votes[:, seen].ravel()]).astype(int)
    return tasks, workers, labels, len(clients)


class DawidSkene:
    """Expectation-maximisation for two classes, with a prior pooled over the workers."""

    def __init__(self, tasks, workers, labels, nodes, tolerance=1e-5, iterations_max=100):
        self.tasks, self.nodes = tasks, nodes
        self.workers, self.cell = workers.max() + 1, workers * 2 + labels
        votes = np.bincount(tasks * 2 + labels, minlength=2 * nodes).reshape(nodes, 2).astype(float)
        total = votes.sum(axis=1, keepdims=True)
        self.posterior = np.where(total > 0, votes / np.maximum(1, total), 0.5)
        self.iterations, self.residual = 0, np.inf
        while self.iterations < iterations_max and self.residual >= tolerance:
            self.maximise()
            following = self.expected()
            self.residual = abs(following - self.posterior).max()
            self.posterior = following
            self.iterations += 1

    def maximise(self):
        prior = 1 + self.posterior.sum(axis=0)
        self.prior = prior / prior.sum()
        counts = np.stack([
            np.bincount(self.cell, self.posterior[self.tasks, k], 2 * self.workers).reshape(-1, 2)
            for k in (0, 1)], axis=1)
        pool = counts.sum(axis=0) + np.array([[2.0, 1.0], [1.0, 2.0]])
        confusion = counts + 5 * pool / pool.sum(axis=1, keepdims=True)
        self.confusion = confusion / confusion.sum(axis=2, keepdims=True)

    def expected(self):
        logs = np.log(self.confusion)
        sums = np.stack([
            np.log(self.prior[k])
            + np.bincount(self.tasks, logs[:, k, :].ravel()[self.cell], self.nodes) for k in (0, 1)], axis=1)
        likelihood = np.exp(sums - sums.max(axis=1, keepdims=True))
        return likelihood / likelihood.sum(axis=1, keepdims=True)


def quality_of_service(p, events, order, starts):
    """Cautious success rate x promptness x value for price, of each node."""
    latency = np.maximum(0, events.replied_time - events.sent_time)
    is_answered = events.outcome != 2
    objectives = np.array([
        np.quantile(latency[is_answered & (events.message_service == service)], p.objective_quantile)
        for service in range(events.message_service.max() + 1)])
    relative = latency / objectives[events.message_service]
    worth = np.clip(events.quality, 0, 1) * events.price_quoted
    scores = []
    for first, last in zip(starts, starts[1:]):
        mine = order[first:last]
        replies = mine[is_answered[mine]]
        in_time = (events.outcome[mine] == 0).sum()
        slow = np.quantile(relative[replies], 0.95) if len(replies) else 0
        price = events.price_charged[replies].sum()
        value = np.clip(worth[replies].sum() / price, 0, 1) if price else 1
        rate = betaincinv(1 + in_time, 1 + len(mine) - in_time, 0.05)
        scores.append(rate * min(1, 1 / slow if slow else 1) * value)
    return np.array(scores)


def main():
    p, (traffic, output) = arguments()
    events = load(traffic)
    nodes = int(events.node_count)
    order = np.argsort(events.message_node, kind="stable")
    starts = np.searchsorted(events.message_node[order], np.arange(nodes + 1))
    is_complained = np.zeros(len(order), dtype=bool)
    is_complained[events.report_message] = True
    complaints = np.bincount(events.message_node, is_complained, nodes).astype(int)
    evidence = Evidence(p, is_complained)
    votes = panel_votes(p, evidence, order, starts, complaints)
    tasks, workers, labels, clients = crowd_answers(events, evidence, complaints, votes)
    model = DawidSkene(tasks, workers, labels, nodes)
    posterior, is_accused = model.posterior[:, 1], complaints > 0
    is_convicted = is_accused & (posterior >= p.threshold)
    steps = np.searchsorted([p.warn_at, p.demote_at, p.suspend_at, p.expel_at], posterior, side="right")
    arbiters = model.confusion[clients:]
    dealings = np.diff(starts)
    quality = quality_of_service(p, events, order, starts)
    save(
        output, node_dealings=dealings, node_complaints=complaints,
        node_complaint_share=complaints / np.maximum(1, dealings), node_quality=quality,
        votes_guilty=votes.sum(axis=0), votes_cast=np.where(is_accused, p.panel, 0), posterior=posterior,
        verdict=is_convicted.astype(np.int8), confidence=np.where(is_convicted, posterior, 1 - posterior),
        action=np.where(is_convicted, steps, 0).astype(np.int8),
        needs_human=(is_accused & (abs(posterior - p.threshold) < p.human_band)).astype(np.int8),
        arbiter_guilty_votes=votes.sum(axis=1), arbiter_hit_rate=arbiters[:, 1, 1],
        arbiter_false_alarm_rate=arbiters[:, 0, 1], complaint_count=complaints.sum(),
        base_complaint_share=complaints.sum() / len(order), accused_count=is_accused.sum(),
        convicted_count=is_convicted.sum(), quality_mean=quality.mean(),
        estimated_corrupt_share=model.prior[1], dawid_skene_iterations=model.iterations)


main()
