"""Waiting times by service type: a stage of one's own, in Python."""

import json
import sys

import h5py
import numpy

job = json.load(open(sys.argv[1]))
bins = job["parameters"]["bins"]

with h5py.File(job["inputs"]["events"]) as events:
    served = events["started_time"][:] >= 0
    wait = events["started_time"][:][served] - events["queued_time"][:][served]

counts, edges = numpy.histogram(wait, bins=bins)

with h5py.File(job["output"], "w", track_order=True) as output:
    for name, values, unit in [
        ("wait_count", counts.astype("int64"), "1"),
        ("wait_edge", edges, "s"),
        ("wait_p95", numpy.quantile(wait, 0.95), "s"),
    ]:
        output.create_dataset(name, data=values).attrs["units"] = unit
