"""The engine beside other engines: six stages of 1 MB, one changed parameter, sweeps.

    python3 peers/engine.py [--kcpipe .build/release/kcpipe] [--soak]
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

import harness
from engine_peers import PEERS, ROWS, STEPS, KCPipe
from harness import Environment, Sample, in_turn, measure, median, peak, seconds


def compile_relay(folder: pathlib.Path) -> pathlib.Path:
    relay = folder / "relay"
    subprocess.run(["cc", "-O2", "-o", relay, harness.ROOT / "peers" / "relay.c"], check=True)
    return relay


class Suite:
    def __init__(self, scratch: pathlib.Path, environment: Environment):
        self.scratch = scratch
        self.environment = environment
        self.relay = compile_relay(scratch)
        self.classes = [peer for peer in PEERS if peer.package not in environment.missing]
        self.count = 0

    def make(self, peer):
        self.count += 1
        return peer(self.scratch / f"{peer.name}-{self.count}", self.relay, self.environment)

    def run(self, peer, expected: int, command: list | None = None) -> Sample:
        """One run, which must execute so many stages and leave all outputs."""
        before = 0 if peer.name == "kcpipe" else peer.calls()
        sample = measure(command or peer.command(), peer.folder)
        if sample.code == 0 and peer.calls() - before != expected:
            raise SystemExit(f"{peer.name}: {peer.calls() - before} stages executed, expected {expected}")
        for file in peer.outputs():
            if file.stat().st_size < ROWS * 8:
                raise SystemExit(f"{peer.name}: {file.name} has {file.stat().st_size} bytes")
        return sample

    def chain(self) -> dict:
        runs = {peer.name: lambda peer=peer: self.run(self.make(peer), STEPS) for peer in self.classes}
        cold = in_turn(runs | {"disk": lambda: disk_alone(self.scratch)}, 5)
        warm = [self.make(peer) for peer in self.classes]
        for peer in warm:
            self.run(peer, STEPS)
        noop = in_turn({peer.name: lambda peer=peer: self.run(peer, 0) for peer in warm}, 7)
        values = iter(range(100, 10_000))

        def changed(peer) -> Sample:
            peer.change(next(values))
            return self.run(peer, 3)

        change = in_turn({peer.name: lambda peer=peer: changed(peer) for peer in warm}, 3)
        plan = in_turn(
            {peer.name: lambda peer=peer: measure(peer.plan(), peer.folder) for peer in warm if peer.plan()}, 3)
        return {"cold": cold, "no-op": noop, "change": change, "plan": plan}


def chain_table(samples: dict) -> dict:
    rows = []
    for name in samples["no-op"]:
        cold, noop = (median(samples[kind][name], "wall") for kind in ("cold", "no-op"))
        ours = median(samples["no-op"]["kcpipe"], "wall")
        plan = samples["plan"].get(name)
        rows.append([
            name, seconds(cold), seconds(noop), f"{noop / ours:.1f}",
            f"{peak(samples['no-op'][name]):.0f} MB", milliseconds(step_seconds(samples, name)),
            seconds(median(samples["change"][name], "wall")),
            seconds(median(plan, "wall")) if plan else "–",
        ])
    headers = ["engine", "cold", "no-op", "no-op / kcpipe", "memory of no-op", "per executed step",
               "1 parameter of step 4 (3 steps run)", "plan"]
    return {"title": "Six stages of 1 MB", "headers": headers, "rows": rows}


def step_seconds(samples: dict, name: str) -> float:
    """What an executed step costs: a cold run less a run that does nothing, by the number of steps."""
    return (median(samples["cold"][name], "wall") - median(samples["no-op"][name], "wall")) / STEPS


def milliseconds(value: float) -> str:
    return f"{value * 1000:.1f} ms"


def disk_alone(folder: pathlib.Path) -> Sample:
    """What the disk alone takes for a stage: 1 MB written, fsync, rename, fsync of the folder; mean of 12."""
    content = os.urandom(ROWS * 8)
    times = []
    for number in range(12):
        start = time.perf_counter()
        with open(folder / "probe.tmp", "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.rename(folder / "probe.tmp", folder / f"probe{number}")
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        times.append(time.perf_counter() - start)
    return Sample(statistics.mean(times), float("nan"), float("nan"), 0)


SNAKEFILE = """CASES = range(1, {cases} + 1)
rule all:
    input: expand('{{case}}.s6.bin', case=CASES)
rule s1:
    output: '{{case}}.s1.bin'
    shell: '{relay} calls.log - {{output}} 16 {{wildcards.case}}'
"""


def snakemake_sweep(folder: pathlib.Path, relay: pathlib.Path, cases: int) -> None:
    text = SNAKEFILE.format(cases=cases, relay=relay)
    for step in range(2, STEPS + 1):
        text += (f"rule s{step}:\n    input: '{{case}}.s{step - 1}.bin'\n    output: '{{case}}.s{step}.bin'\n"
                 f"    shell: '{relay} calls.log {{input}} {{output}} 16 {step}'\n")
    (folder / "Snakefile").write_text(text)


def sweep_table(suite: Suite, kcpipe: pathlib.Path) -> dict:
    """600 steps: 100 cases of the chain, each stage 128 bytes, so that the engine is what is left."""
    manifest = harness.ROOT / "experiments" / "benchmarks" / "chain-sweep.yaml"
    ours, theirs = suite.scratch / "sweep-kcpipe", suite.scratch / "sweep-snakemake"
    ours.mkdir()
    command = [kcpipe, "run", manifest, "--out", "outputs", "--quiet"]
    cold = measure(command, ours)
    engine = json.loads((ours / "outputs" / "chain-sweep" / "run.json").read_text())["engine_cpu_s"]
    rows = []
    commands = {"kcpipe": lambda: measure(command, ours)}
    if "snakemake" not in suite.environment.missing:
        theirs.mkdir()
        snakemake_sweep(theirs, suite.relay, 100)
        other = [suite.environment.program("snakemake"), "-c2", "--quiet"]
        other_cold = measure(other, theirs)
        commands["snakemake"] = lambda: measure(other, theirs)
    noop = in_turn(commands, 5)
    rows.append(["kcpipe", seconds(cold.wall), f"{engine:.2f} s", seconds(median(noop["kcpipe"], "wall")),
                 f"{peak(noop['kcpipe']):.0f} MB"])
    if "snakemake" in noop:
        rows.append(["snakemake", seconds(other_cold.wall), f"{other_cold.cpu:.2f} s (with stages)",
                     seconds(median(noop["snakemake"], "wall")), f"{peak(noop['snakemake']):.0f} MB"])
    headers = ["engine", "cold", "CPU of the engine, cold", "no-op", "memory of no-op"]
    return {"title": "A sweep of 100 cases × 6 steps", "headers": headers, "rows": rows}


def soak_table(suite: Suite, kcpipe: pathlib.Path) -> dict:
    folder = suite.scratch / "soak"
    folder.mkdir()
    text = (harness.ROOT / "experiments" / "benchmarks" / "chain-sweep.yaml").read_text()
    (folder / "big.yaml").write_text(text.replace("to: 100}", "to: 10000}"))
    command = [kcpipe, "run", "big.yaml", "--out", "outputs", "--quiet"]
    cold = measure(command, folder, limit=3600)
    noop = in_turn({"kcpipe": lambda: measure(command, folder)}, 3)["kcpipe"]
    row = ["kcpipe", seconds(cold.wall), seconds(median(noop, "wall")), f"{peak(noop):.0f} MB"]
    return {"title": "A sweep of 10,000 cases × 6 steps", "rows": [row],
            "headers": ["engine", "cold", "no-op", "memory of no-op"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kcpipe", type=pathlib.Path, default=harness.ROOT / ".build/release/kcpipe")
    parser.add_argument("--soak", action="store_true", help="the sweep of 60,000 steps instead")
    options = parser.parse_args()
    KCPipe.executable = options.kcpipe.resolve()
    environment = Environment("requirements-engine.txt")
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="peers"))
    try:
        suite = Suite(scratch, environment)
        if options.soak:
            tables, name, command = [soak_table(suite, KCPipe.executable)], "engine, soak", "make soak"
            notes = []
        else:
            samples = suite.chain()
            disk = median(samples["cold"]["disk"], "wall")
            tables = [chain_table(samples), sweep_table(suite, KCPipe.executable)]
            name, command = "engine", "make peers-engine"
            bare = in_turn({"bare": lambda: measure([KCPipe.executable, "--version"], scratch)}, 5)["bare"]
            notes = [
                f"The disk alone takes {milliseconds(disk)} per stage (1 MB, fsync, rename, fsync of the folder), "
                "measured in turn with the cold runs: what kcpipe adds to it is "
                f"{milliseconds(step_seconds(samples, 'kcpipe') - disk)} per executed step, the stage's own work "
                "and the start of the worker included.",
                f"kcpipe that only prints its version takes {seconds(median(bare, 'wall'))} and {peak(bare):.0f} MB.",
                "Each run is checked: the number of stages that were executed, and 1 MB in every output.",
            ]
        notes += [f"Not measured: {name} could not be installed ({why})." for name, why in environment.missing.items()]
        harness.keep(name, command, tables, environment.versions, notes)
        print((harness.ROOT / "peers" / "RESULTS.md").read_text())
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


main()
