"""The work of a stage in every engine: reads numbers, adds one, writes HDF5.

    stage.py PROJECT STEP SHIFT SOURCE OUTPUT     as engines with a command line call it
    stage.py JOB.json                             as kcpipe calls it
    stage.py --show FILE ...                      prints the least and the largest number of each

A line in `calls.log` tells who ran. If the file `slow` names the step, half of its output is written
and the rest waits for the file `release`. If that says `late`, the rest is of another value, so that it
can be told where the writing of a killed run's stage went.
"""

import json
import os
import pathlib
import sys
import time

import h5py
import numpy

from helper import added

COUNT = 8192


def main() -> None:
    if sys.argv[1] == "--show":
        return print(json.dumps({file: show(file) for file in sys.argv[2:]}))
    if len(sys.argv) == 2:
        job = json.loads(pathlib.Path(sys.argv[1]).read_text())
        settings = job["parameters"]
        source = job["inputs"].get("source") or settings["source"]
        return run(pathlib.Path(settings["project"]), settings["step"], settings["shift"], source, job["output"])
    project, step, shift, source, output = sys.argv[1:]
    run(pathlib.Path(project), step, float(shift), source, output)


def run(project: pathlib.Path, step: str, shift: float, source: str, output: str) -> None:
    is_slow = (project / "slow").exists() and (project / "slow").read_text() == step
    with open(project / "calls.log", "a") as log:
        log.write(f"{step} {os.getpid()}\n")
    if step == "s3":
        (project / "extra.txt").read_text()
    numbers = added(load(source), shift)
    with h5py.File(output, "w") as file:
        dataset = file.create_dataset("numbers", COUNT, chunks=(1024,), dtype=float)
        dataset.attrs["units"] = "1"
        dataset[: COUNT // 2] = numbers[: COUNT // 2]
        file.flush()
        if is_slow:
            numbers = numbers + lateness(project / "release")
        dataset[COUNT // 2:] = numbers[COUNT // 2:]


def load(source: str):
    if source.endswith(".txt"):
        return numpy.full(COUNT, float(pathlib.Path(source).read_text()))
    with h5py.File(source) as file:
        return file["numbers"][...]


def lateness(release: pathlib.Path) -> float:
    """Waits for the file, and returns what is added to numbers that come too late."""
    deadline = time.monotonic() + 120
    while not release.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    return 0.5 if release.exists() and release.read_text() == "late" else 0


def show(file: str):
    if not os.path.exists(file):
        return "missing"
    try:
        numbers = load(file)
    except Exception:
        return "unreadable"
    return [float(numbers.min()), float(numbers.max())]


main()
