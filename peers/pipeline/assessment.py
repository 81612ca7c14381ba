"""Compares the verdicts with the hidden truth: counts, ROC curves and areas of four scores."""

import numpy as np

from stage import arguments, load, save


def curve(scores, is_positive):
    """The thresholds with both rates, the area under the curve, and the average precision."""
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(order) - 1)
    hits = np.append(0, np.cumsum(is_positive[order])[ends])
    alarms = np.append(0, np.cumsum(~is_positive[order])[ends])
    true_rate, false_rate = hits / hits[-1], alarms / alarms[-1]
    area = np.trapezoid(true_rate, false_rate)
    precision = (np.diff(true_rate) * hits[1:] / (hits[1:] + alarms[1:])).sum()
    return np.append(np.inf, scores[order][ends]), false_rate, true_rate, area, precision


def main():
    _, (verdicts, hidden, output) = arguments()
    found, truth = load(verdicts), load(hidden)
    is_corrupt, is_convicted = truth.node_behaviour > 0, found.verdict == 1
    hits, alarms = (is_corrupt & is_convicted).sum(), (~is_corrupt & is_convicted).sum()
    misses = is_corrupt.sum() - hits
    kinds = np.arange(5)
    nodes = np.bincount(truth.node_behaviour, minlength=5)
    convicted = np.bincount(truth.node_behaviour[is_convicted], minlength=5)
    scores = {
        "posterior": found.posterior, "votes": found.votes_guilty / np.maximum(1, found.votes_cast),
        "complaints": found.node_complaint_share, "quality": 1 - found.node_quality,
    }
    curves = {name: curve(values, is_corrupt) for name, values in scores.items()}
    save(
        output, true_positives=hits, false_positives=alarms, false_negatives=misses,
        true_negatives=(~is_corrupt).sum() - alarms, accuracy=(is_corrupt == is_convicted).mean(),
        precision=hits / max(1, hits + alarms), recall=hits / is_corrupt.sum(),
        f1=2 * hits / (2 * hits + alarms + misses), false_positive_rate=alarms / (~is_corrupt).sum(),
        behaviour_kind=kinds, behaviour_nodes=nodes, behaviour_convicted=convicted,
        roc_curve=np.repeat(np.arange(4), [len(points[0]) for points in curves.values()]),
        roc_threshold=np.concatenate([points[0] for points in curves.values()]),
        roc_false_positive_rate=np.concatenate([points[1] for points in curves.values()]),
        roc_true_positive_rate=np.concatenate([points[2] for points in curves.values()]),
        **{f"auc_{name}": points[3] for name, points in curves.items()},
        **{f"average_precision_{name}": points[4] for name, points in curves.items()})


main()
