"""Market equilibria beside other programs: the C sketch of the same method, and CVXPY with three solvers.

    python3 peers/equilibrium.py [--kcpipe .build/release/kcpipe] [--quick] [--growth]
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
from harness import Environment, seconds

FAMILIES = ["integer_ties", "random_ties", "wide", "lognormal", "low_rank", "popular"]
LIMIT = 30
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")}


class Suite:
    """All programs on the same files; times are of the processor, as other work may share the machine."""

    def __init__(self, kcpipe: pathlib.Path, scratch: pathlib.Path, environment: Environment):
        self.kcpipe, self.scratch, self.environment = kcpipe, scratch, environment
        self.sketch = scratch / "fisher"
        source = harness.ROOT / "peers" / "fisher.c"
        subprocess.run(["cc", "-O3", "-march=native", "-o", self.sketch, source, "-lm"], check=True)

    def instance(self, name: str) -> None:
        if not (self.scratch / f"{name}.h5").exists():
            script = harness.ROOT / "peers" / "equilibrium_instances.py"
            subprocess.run([self.environment.program("python"), script, self.scratch, name], check=True)

    def run(self, command: list, words: str | None = None) -> str | None:
        """What a program says, or nothing when it fails or takes longer than the limit."""

        try:
            done = subprocess.run(
                [str(word) for word in command], input=words, capture_output=True, text=True, timeout=LIMIT * 20,
                env=os.environ | ONE_THREAD)
        except subprocess.TimeoutExpired:
            return None
        return done.stdout if done.returncode == 0 else None

    def ours(self, name: str, gap: float, threads: int = 1) -> dict:
        """The whole step: reading the file, solving, the certificate, writing the artifact."""
        folder = self.scratch / "out"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        parameters = {
            "source": "file", "instance": str(self.scratch / f"{name}.h5"), "gap": gap, "money": "budget",
            "model": "linear", "rho": 0.5, "buyers": 100, "goods": 100, "wanted": 0, "sweeps_max": 20000,
            "tatonnement_steps": 0, "tatonnement_rate": 0.5,
        }
        job = {"stage": "equilibrium", "parameters": parameters, "seed": "1", "inputs": {}, "threads": threads,
               "folder": str(folder)}
        said = self.run([self.kcpipe, "sample"], json.dumps(job) + "\n")
        report = json.loads(said or "{}")
        if report.get("failure") or "scalars" not in report:
            raise SystemExit(f"kcpipe on {name}: {report.get('failure', 'no answer')}")
        measured, figures = report["measured"], report["scalars"]["main"]
        return {
            "cpu": measured["cpu_s"], "wall": measured["wall_s"], "memory": measured["peak_bytes"] / 2**20,
            "gap": figures["gap"], "exact": figures["is_exact"] == 1,
            "steps": figures["steps"], "inner_steps": figures["inner_steps"],
        }

    def alone(self, name: str, gap: float) -> dict:
        """Solving alone: the step less that of the same market with a closed form."""
        whole, rest = self.ours(name, gap), self.ours(f"{name}-closed", gap)
        return whole | {"cpu": max(whole["cpu"] - rest["cpu"], 1e-4)}

    def c(self, name: str, mode: str, number) -> dict:
        """The sketch: its whole process, which reads the file and writes nothing."""
        sample = harness.measure([self.sketch, self.scratch / f"{name}.bin", mode, number], self.scratch, ONE_THREAD)
        said = (self.scratch / "output.log").read_text().splitlines()[-1].split()
        return {"cpu": sample.cpu, "wall": sample.wall, "memory": sample.peak_mb, "gap": float(said[1]),
                "exact": said[2] == "1"}

    def python(self, name: str, program: str, number: float) -> dict | None:
        script = harness.ROOT / "peers" / "equilibrium_peers.py"
        command = ["prlimit", f"--cpu={LIMIT}", self.environment.program("python"), script, self.scratch / f"{name}.bin",
                   program, number]
        said = self.run(command)
        if not said:
            return None
        spent, gap = said.split()
        return {"cpu": float(spent), "gap": float(gap)}


def in_turn(actions: dict, rounds: int) -> dict:
    """Medians by program; who does not answer is asked once."""
    samples = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            if samples[name] and samples[name][-1] is None:
                continue
            samples[name].append(action())
    return {name: summary(found) for name, found in samples.items()}


def summary(samples: list) -> dict | None:
    if samples[-1] is None:
        return None
    return samples[-1] | {
        key: statistics.median(sample[key] for sample in samples)
        for key in ("cpu", "wall", "memory") if key in samples[-1]}


def milliseconds(value: float) -> str:
    return f"{value * 1000:.1f} ms" if value < 0.1 else seconds(value)


def time_of(result: dict | None) -> str:
    return f"> {LIMIT} s" if result is None else milliseconds(result["cpu"])


def ratio(other: dict | None, ours: dict) -> str:
    return f"> {LIMIT / ours['cpu']:.0f}" if other is None else f"{other['cpu'] / ours['cpu']:.2f}"


def state(result: dict) -> str:
    return "exact" if result["exact"] else f"{result['gap']:.0e}"


def dense_table(suite: Suite, seeds: range, rounds: int) -> dict:
    rows = []
    for n in (50, 100, 200, 400):
        for seed in seeds:
            name = f"dense-{n}-{seed}"
            suite.instance(name)
            actions = {"kcpipe": lambda: suite.ours(name, 1e-10), "closed": lambda: suite.ours(f"{name}-closed", 1e-10),
                       "c": lambda: suite.c(name, "ipm", 10)}
            for solver, tolerance in (("clarabel", 1e-8), ("ecos", 1e-8), ("scs", 1e-6)):
                if solver == "scs" and n > 100 or solver == "ecos" and n > 200 or seed > 1 and solver != "clarabel":
                    continue
                actions[solver] = lambda solver=solver, tolerance=tolerance: suite.python(name, solver, tolerance)
            found = in_turn(actions, rounds)
            ours = found["kcpipe"]
            alone = ours | {"cpu": max(ours["cpu"] - found["closed"]["cpu"], 1e-4)}
            cells = [f"{n} x {n}, seed {seed}", time_of(ours), state(ours), time_of(found["c"]), ratio(found["c"], ours)]
            for solver in ("clarabel", "ecos", "scs"):
                peer = found.get(solver)
                cells += [time_of(peer) if solver in found else "–", ratio(peer, ours) if solver in found else "–"]
            cells += [time_of(alone), ratio(found["clarabel"], alone)]
            rows.append(cells)
    headers = ["dense", "kcpipe", "answer", "C", "C / kcpipe", "Clarabel 1e-8", "/ kcpipe", "ECOS 1e-8", "/ kcpipe",
               "SCS 1e-6", "/ kcpipe", "solving alone", "Clarabel / that"]
    return {"title": "Dense markets, uniform random", "headers": headers, "rows": rows}


def sparse_table(suite: Suite, seeds: range, rounds: int) -> dict:
    rows = []
    for kind in ["sparse-10000", "sparse-100000", "tall-100000x1000"] + FAMILIES:
        for seed in seeds if kind.startswith("sparse-1") else range(1, 2):
            name = f"{kind}-{seed}"
            suite.instance(name)
            actions = {"kcpipe": lambda: suite.ours(name, 1e-10), "c": lambda: suite.c(name, "ipm", 30)}
            if name == "sparse-10000-1":
                actions["clarabel"] = lambda: suite.python(name, "clarabel", 1e-8)
            found = in_turn(actions, rounds)
            ours, c = found["kcpipe"], found["c"]
            rows.append([
                name, time_of(ours), state(ours), f"{ours['memory']:.0f} MB", time_of(c), state(c),
                f"{c['memory']:.0f} MB", f"{ours['cpu'] / c['cpu']:.2f}",
                ratio(found["clarabel"], ours) if "clarabel" in found else "–"])
    headers = ["sparse, 10 goods per buyer", "kcpipe", "answer", "memory", "C", "answer", "memory", "kcpipe / C",
               "Clarabel / kcpipe"]
    return {"title": "Sparse markets and stress families", "headers": headers, "rows": rows}


def other_table(suite: Suite, rounds: int) -> dict:
    name = "sparse-100000-1"
    suite.instance(name)
    suite.instance("ces-1")
    rough = in_turn({
        "one": lambda: suite.ours(name, 1e-4), "two": lambda: suite.ours(name, 1e-4, threads=2),
        "c": lambda: suite.c(name, "pr", 1e-4)}, rounds)
    ces = in_turn({
        "kcpipe": lambda: suite.alone("ces-1", 1e-10), "numpy": lambda: suite.python("ces-1", "ces", 0.5)}, rounds)
    return {
        "title": "A rough gap, and CES utilities",
        "headers": ["task", "kcpipe", "peer", "kcpipe / peer", "wall of 1 thread / of 2"],
        "rows": [
            ["gap 1e-4, 1e6 pairs, against sweeps in C", time_of(rough["one"]), time_of(rough["c"]),
             f"{rough['one']['cpu'] / rough['c']['cpu']:.2f}", f"{rough['one']['wall'] / rough['two']['wall']:.2f}"],
            ["CES rho 0.5, 8e5 pairs, to 1e-12, solving alone, against numpy", time_of(ces["kcpipe"]), time_of(ces["numpy"]),
             f"{ces['kcpipe']['cpu'] / ces['numpy']['cpu']:.2f}", "–"],
        ]}


def growth_table(suite: Suite) -> dict:
    rows, first, last = [], None, None
    for buyers in (1_000, 10_000, 100_000, 1_000_000):
        name = f"sparse-{buyers}-1"
        suite.instance(name)
        ours = suite.ours(name, 1e-10)
        power = f"{math.log10(ours['cpu'] / last):.2f}" if last else "–"
        per_visit = ours["cpu"] / (buyers * 10 * ours["inner_steps"]) * 1e9
        rows.append([f"{buyers * 10:.0e}", time_of(ours), state(ours), f"{ours['memory']:.0f} MB", power,
                     f"{ours['steps']:.0f}", f"{ours['inner_steps']:.0f}", f"{per_visit:.1f} ns"])
        first, last = first or ours["cpu"], ours["cpu"]
    rows.append(["1e+04 to 1e+07", "–", "–", "–", f"{math.log10(last / first) / 3:.2f}", "–", "–", "–"])
    headers = ["pairs", "kcpipe", "answer", "memory", "power of pairs", "Newton steps", "CG steps", "per pair and CG step"]
    return {"title": "Growth", "headers": headers, "rows": rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kcpipe", type=pathlib.Path, default=harness.ROOT / ".build/release/kcpipe")
    parser.add_argument("--quick", action="store_true", help="one seed, one round")
    parser.add_argument("--growth", action="store_true", help="1e4 to 1e7 pairs instead")
    options = parser.parse_args()
    environment = Environment("requirements-equilibrium.txt")
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="peers"))
    seeds, rounds = (range(1, 2), 1) if options.quick else (range(1, 6), 3)
    try:
        suite = Suite(options.kcpipe.resolve(), scratch, environment)
        name, command = "equilibrium", "make peers-equilibrium"
        if options.growth:
            name, command = "equilibrium, growth", "make peers-equilibrium PEERS_OPTIONS=--growth"
            tables = [growth_table(suite)]
        else:
            tables = [
                dense_table(suite, seeds, rounds), sparse_table(suite, seeds, rounds), other_table(suite, rounds)]
        notes = [
            "Seconds are of the processor, medians of runs in turn, one thread each. kcpipe: the whole step, with"
            " reading the HDF5 file, the certificate and writing the artifact; solving alone, and CES: less the"
            " step of the same market with Cobb-Douglas utilities, which has a closed form. C: the whole process, with"
            " reading. CVXPY: `solve` alone. 'exact': residuals of at most 1e-9 after the polish.",
            f"A peer that needs more than {LIMIT} s of the processor is stopped.",
        ]
        notes += [f"Not measured: {package} could not be installed ({why})." for package, why in environment.missing.items()]
        harness.keep(name, command, tables, environment.versions, notes)
        print((harness.ROOT / "peers" / "RESULTS.md").read_text())
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


main()
