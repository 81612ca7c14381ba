"""The replay of queues beside event loops in C, Cimba, SimPy and Ciw.

    python3 peers/traffic.py [--kcpipe .build/release/kcpipe]

An event is an arrival or the end of a service. Programs run in turn; slow ones with fewer messages,
since rates are compared. kcpipe's seconds are the wall time of the step in the run record: the whole
stage with its HDF5 file. Cimba is built from `CIMBA_SOURCE`, a checkout of ambonvik/cimba that its own
build has made (`build/src/libcimba.so`).
"""

import argparse
import json
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile

import harness
from harness import Environment

TRAFFIC = harness.ROOT / "peers" / "traffic"
BENCHMARKS = harness.ROOT / "experiments" / "benchmarks"
LOAD = 0.8
MODELS = {"M/M/1": ("mmc", 1), "M/M/4": ("mmc", 4), "M/M/64": ("mmc", 64), "1000 nodes": ("network", 1000)}
VISITS = 5
ROUNDS = 7


class Program:
    """A program that simulates a model; `run` returns its JSON line, with `events` and `seconds`."""

    def __init__(self, name: str, customers: dict[str, int], rounds: int = ROUNDS):
        self.name, self.customers, self.rounds = name, customers, rounds

    def words(self, model: str) -> list[str]:
        kind, size = MODELS[model]
        words = [str(size), str(LOAD), str(self.customers[kind])]
        return words + ([str(VISITS)] if kind == "network" else []) + ["1"]

    def models(self) -> list[str]:
        return [model for model, (kind, _) in MODELS.items() if kind in self.customers]

    def run(self, model: str) -> dict:
        done = subprocess.run(self.command(model), capture_output=True, text=True, timeout=900)
        if done.returncode != 0:
            raise SystemExit(f"{self.name}, {model}: {done.stderr.strip()[-400:]}")
        return json.loads(done.stdout)


class CProgram(Program):
    """An event loop in C, compiled with several sets of flags; the fastest of them counts."""

    FLAGS = [["-O3", "-march=native"], ["-O3"], ["-O2", "-march=native"]]

    def __init__(self, name: str, define: list[str], folder: pathlib.Path):
        super().__init__(name, {"mmc": 1_000_000, "network": 1_000_000})
        self.binaries: dict[str, pathlib.Path] = {}
        for kind in self.customers:
            candidates = []
            for number, flags in enumerate(self.FLAGS):
                binary = folder / f"{kind}-{len(define)}-{number}"
                subprocess.run(["cc", *flags, *define, "-o", binary, TRAFFIC / f"{kind}.c", "-lm"], check=True)
                candidates.append(binary)
            self.binaries[kind] = min(candidates, key=lambda binary: self.trial(kind, binary))

    def trial(self, kind: str, binary: pathlib.Path) -> float:
        words = ["1", "0.8", "300000"] if kind == "mmc" else ["1000", "0.8", "100000", str(VISITS)]
        runs = [subprocess.run([binary, *words, "1"], capture_output=True, text=True, check=True) for _ in range(5)]
        return min(json.loads(run.stdout)["seconds"] for run in runs)

    def command(self, model: str) -> list:
        return [self.binaries[MODELS[model][0]], *self.words(model)]


class Cimba(Program):
    def __init__(self, source: pathlib.Path, folder: pathlib.Path):
        super().__init__("Cimba 3.0", {"mmc": 1_000_000})
        self.binary = folder / "cimba"
        library = source / "build" / "src"
        subprocess.run(
            [os.environ.get("CC", "cc"), "-O3", "-march=native", "-std=gnu2x", "-DNDEBUG", "-DNLOGINFO",
             "-I", source / "include", "-I", source / "src", "-I", library, TRAFFIC / "cimba_mmc.c",
             "-o", self.binary, "-L", library, "-lcimba", "-lm", f"-Wl,-rpath,{library}",
             *os.environ.get("LDFLAGS", "").split()], check=True)

    def command(self, model: str) -> list:
        return [self.binary, *self.words(model)]


class Python(Program):
    def __init__(self, name: str, script: str, customers: dict[str, int], environment: Environment):
        super().__init__(name, customers, rounds=2)
        self.script, self.python = TRAFFIC / script, environment.program("python")

    def command(self, model: str) -> list:
        return [self.python, self.script, MODELS[model][0], *self.words(model)]


class KCPipe(Program):
    def __init__(self, executable: pathlib.Path, folder: pathlib.Path, name: str = "kcpipe", records: bool = False):
        super().__init__(name, {"mmc": 1_000_000, "network": 1_000_000})
        self.executable, self.folder, self.records = executable, folder, records

    def run(self, model: str, **changes) -> dict:
        kind, size = MODELS[model]
        parameters = {"servers" if kind == "mmc" else "nodes": size, "utilisation": LOAD,
                      "customers": self.customers[kind], "records": str(self.records).lower()}
        parameters |= {"visits": VISITS} if kind == "network" else {}
        return self.measure(kind, parameters | changes)

    def measure(self, kind: str, parameters: dict) -> dict:
        out = self.folder / "outputs"
        words = [word for key, value in parameters.items() for word in ("--param", f"{key}={value}")]
        command = [self.executable, "run", BENCHMARKS / f"{kind}.yaml", "--out", out, "--force", "--quiet", *words]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"kcpipe: {done.stderr.strip()[-400:]}")
        folder = out / f"bench-{kind}"
        step = json.loads((folder / "run.json").read_text())["steps"][0]
        metrics = json.loads((folder / "metrics.json").read_text())["metrics"]
        result = {key: metrics[key]["value"] for key in ("events", "wait_mean", "sojourn_mean")}
        size = sum(file.stat().st_size for file in folder.glob("*.h5"))
        return result | {"seconds": step["wall_s"], "peak_kb": step["peak_bytes"] / 1024, "bytes": size}


def check(model: str, name: str, result: dict) -> None:
    """Programs draw other numbers; their means agree within what their lengths allow.

    A short run of a network, which begins empty, and the rare waits at 64 servers say too little.
    """
    kind, size = MODELS[model]
    if size == 64 or (kind == "network" and result["events"] < 1_000_000):
        return
    wait = 4.0 if kind == "network" else erlang_c_wait(size)
    tolerance = 0.35 if result["events"] < 500_000 else 0.15
    if not math.isclose(result["wait_mean"], wait, rel_tol=tolerance):
        raise SystemExit(f"{name}, {model}: a mean wait of {result['wait_mean']}, expected about {wait}")


def erlang_c_wait(servers: int) -> float:
    load, blocking = LOAD * servers, 1.0
    for n in range(1, servers + 1):
        blocking = load * blocking / (n + load * blocking)
    waiting = blocking / (1 - LOAD * (1 - blocking))
    return waiting / (servers * (1 - LOAD))


def rates(programs: list[Program]) -> dict:
    """Events a second by program and model, measured in turn."""
    found = {program.name: {} for program in programs}
    for model in MODELS:
        samples = {program.name: [] for program in programs}
        for number in range(ROUNDS + 1):
            for program in programs:
                if model not in program.models() or number > program.rounds:
                    continue
                result = program.run(model)
                check(model, program.name, result)
                if number > 0:
                    samples[program.name].append(result)
        for name, results in samples.items():
            if results:
                found[name][model] = {
                    "rate": statistics.median(one["events"] / one["seconds"] for one in results),
                    "peak": max(one["peak_kb"] for one in results) / 1024}
        print(model, {name: f"{one[model]['rate'] / 1e6:.3f} M/s" for name, one in found.items() if model in one},
              flush=True)
    return found


def rate_table(found: dict) -> dict:
    ours = found["kcpipe"]
    rows = []
    for name, models in found.items():
        row = [name]
        for model in MODELS:
            if model not in models:
                row.append("–")
                continue
            rate = models[model]["rate"]
            row.append(f"{rate / 1e6:.3g} M" + ("" if name == "kcpipe" else f" ({ours[model]['rate'] / rate:.2f})"))
        rows.append(row + [f"{max(one['peak'] for one in models.values()):.0f} MB"])
    return {"title": "Events a second (in brackets: kcpipe's rate over it)",
            "headers": ["program", *MODELS, "memory"], "rows": rows}


def growth_table(ours: KCPipe) -> dict:
    """What grows with the work, and what does not: medians of five, in turn."""
    cases = {
        "1 M messages, M/M/1": ("mmc", {"servers": 1, "customers": 1_000_000}),
        "2 M messages, M/M/1": ("mmc", {"servers": 1, "customers": 2_000_000}),
        "1 M messages with records": ("mmc", {"servers": 1, "customers": 1_000_000, "records": "true"}),
        "1e3 servers, about 1e3 pending": ("mmc", {"servers": 1_000, "utilisation": 0.99, "customers": 4_000_000}),
        "1e6 servers, about 1e6 pending": ("mmc", {"servers": 1_000_000, "utilisation": 0.99, "customers": 4_000_000}),
        "1e3 nodes": ("network", {"nodes": 1_000, "visits": VISITS, "customers": 500_000}),
        "1e5 nodes": ("network", {"nodes": 100_000, "visits": VISITS, "customers": 500_000}),
    }
    samples = {name: [] for name in cases}
    for _ in range(5):
        for name, (kind, parameters) in cases.items():
            samples[name].append(ours.measure(kind, parameters))
    rows = []
    for name, results in samples.items():
        wall = statistics.median(one["seconds"] for one in results)
        rows.append([name, harness.seconds(wall), f"{results[0]['events'] / wall / 1e6:.3g} M",
                     f"{max(one['peak_kb'] for one in results) / 1024:.0f} MB", f"{results[0]['bytes'] / 1e6:.1f} MB"])
    return {"title": "Growth", "headers": ["kcpipe", "step", "events a second", "memory", "HDF5"], "rows": rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kcpipe", type=pathlib.Path, default=harness.ROOT / ".build/release/kcpipe")
    options = parser.parse_args()
    environment = Environment("requirements-traffic.txt")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="peers"))
    missing = dict(environment.missing)
    try:
        ours = KCPipe(options.kcpipe.resolve(), folder)
        programs = [ours, KCPipe(options.kcpipe.resolve(), folder, "kcpipe, with records", records=True),
                    CProgram("C, Philox", ["-DPHILOX"], folder), CProgram("C, xoshiro", [], folder)]
        source = os.environ.get("CIMBA_SOURCE")
        if source and (pathlib.Path(source) / "build" / "src" / "libcimba.so").exists():
            programs.append(Cimba(pathlib.Path(source), folder))
        else:
            missing["Cimba"] = "CIMBA_SOURCE names no checkout of it that is built"
        if "simpy" not in missing:
            programs.append(Python("SimPy", "simpy_model.py", {"mmc": 100_000, "network": 20_000}, environment))
        if "ciw" not in missing:
            programs.append(Python("Ciw", "ciw_model.py", {"mmc": 50_000, "network": 300}, environment))
        tables = [rate_table(rates(programs)), growth_table(ours)]
        notes = [
            "The C loops have no generality, no checks and no output file; each is compiled with three sets of "
            "flags, and the fastest counts. Every run's mean wait is compared with the closed form.",
        ]
        notes += [f"Not measured: {name} ({why})." for name, why in missing.items()]
        harness.keep("traffic", "make peers-traffic", tables, environment.versions, notes)
        print((harness.ROOT / "peers" / "RESULTS.md").read_text())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
