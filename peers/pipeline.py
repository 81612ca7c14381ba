"""The whole quickstart beside the same work in Python: SimPy, networkx, CVXPY, h5py under Snakemake.

    python3 peers/pipeline.py [--kcpipe .build/release/kcpipe]

The Python stages draw the same addressed random numbers with the parameters and seeds of kcpipe's
run record, so every result can be compared (`pipeline/compare.py`) before anything is timed.
"""

import argparse
import json
import os
import pathlib
import shutil
import tempfile

import harness
from harness import Environment, Sample, in_turn, measure, median, peak, seconds

MANIFEST = harness.ROOT / "experiments" / "quickstart.yaml"
SCRIPTS = harness.ROOT / "peers" / "pipeline"
QUICKSTART = {}
LARGER = {"nodes": 640, "clients": 20_000, "requests": 300_000}


class Pipelines:
    """Both pipelines at one size, each run in a folder of its own that is new and empty."""

    def __init__(self, scratch: pathlib.Path, kcpipe: pathlib.Path, environment: Environment, size: dict):
        self.scratch = scratch
        self.kcpipe = kcpipe
        self.environment = environment
        self.size = size
        self.count = 0
        scratch.mkdir(parents=True)

    def folder(self) -> pathlib.Path:
        self.count += 1
        folder = self.scratch / f"run{self.count}"
        folder.mkdir()
        return folder

    def ours(self, **changed) -> list:
        words = [word for name, value in (self.size | changed).items() for word in ("--param", f"{name}={value}")]
        return [self.kcpipe, "run", MANIFEST, "--out", "outputs", "--quiet", *words]

    def theirs(self) -> list:
        return [self.environment.program("snakemake"), "-c2", "--quiet", "--snakefile", SCRIPTS / "Snakefile",
                "--configfile", self.scratch / "config.json"]

    def search_path(self) -> dict:
        """Its scripts start as `python`: that of the environment."""
        return {"PATH": f"{self.environment.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def run(self, command: list, measurement=measure) -> Sample:
        """In a new folder."""
        folder = self.folder()
        sample = measurement(command, folder, self.search_path())
        if sample.code == 0:
            shutil.rmtree(folder)
        return sample

    def check(self) -> str:
        """Runs both once and compares their results; a difference ends everything."""
        self.kept = {"kcpipe": self.folder(), "python": self.folder()}
        self.succeed(self.ours(), "kcpipe")
        record = json.loads((self.kept["kcpipe"] / "outputs" / "quickstart" / "run.json").read_text())
        self.steps = {step["name"]: step["parameters"] | {"seed": int(step["seed"] or 0)} for step in record["steps"]}
        self.configure()
        self.succeed(self.theirs(), "python")
        return self.compare()

    def configure(self, **changed) -> None:
        """Gives the Python stages the parameters and seeds of kcpipe's; some of `arbitration` may be changed."""
        steps = self.steps | {"arbitration": self.steps["arbitration"] | changed}
        (self.scratch / "config.json").write_text(json.dumps({"scripts": str(SCRIPTS), "steps": steps}))

    def compare(self) -> str:
        results = self.kept["kcpipe"] / "outputs" / "quickstart"
        self.succeed([self.environment.program("python"), SCRIPTS / "compare.py", results, self.kept["python"]], "python")
        return (self.kept["python"] / "output.log").read_text().splitlines()[-1]

    def succeed(self, command: list, name: str) -> None:
        sample = measure(command, self.kept[name], self.search_path())
        if sample.code != 0:
            print((self.kept[name] / "output.log").read_text()[-4000:])
            raise SystemExit(f"{command[0]} ended with code {sample.code}")

    def measure(self, rounds: int) -> dict:
        """Wall and CPU time in turn, then memory; `check` has run both already, which is the warm-up."""
        commands = {"kcpipe": self.ours(), "python": self.theirs()}
        walls = in_turn({name: lambda command=command: self.run(command)
                         for name, command in commands.items()}, rounds, warm_up=0)
        trees = in_turn({name: lambda command=command: self.run(command, harness.measure_tree)
                         for name, command in commands.items()}, 1, warm_up=0)
        return {name: (walls[name], trees[name]) for name in commands}

    def again(self, rounds: int) -> dict:
        """Runs in the folders of `check`: nothing changed, then another size of the panel in each round."""
        commands = {"kcpipe": self.ours(), "python": self.theirs()}
        noop = in_turn({name: lambda name=name: self.rerun(commands[name], name) for name in commands}, rounds)
        ours, theirs = (iter(range(7, 7 + 2 * rounds + 2, 2)) for _ in commands)

        def kcpipe() -> Sample:
            return self.rerun(self.ours(panel=next(ours)), "kcpipe")

        def python() -> Sample:
            self.configure(panel=next(theirs))
            return self.rerun(self.theirs(), "python")

        changed = in_turn({"kcpipe": kcpipe, "python": python}, rounds)
        self.compare()
        return {"nothing changed": noop, "another panel": changed}

    def rerun(self, command: list, name: str) -> Sample:
        return measure(command, self.kept[name], self.search_path())


def rows(title: str, samples: dict) -> list[list]:
    ours = samples["kcpipe"]
    table = []
    for name, (walls, trees) in samples.items():
        wall, cpu = median(walls, "wall"), median(walls, "cpu")
        table.append([
            f"{title}: {name}", seconds(wall), f"{wall / median(ours[0], 'wall'):.1f}", seconds(cpu),
            f"{cpu / median(ours[0], 'cpu'):.1f}", f"{peak(trees):.0f} MB", f"{peak(ours[1]) / peak(trees):.2f}",
        ])
    return table


def rows_again(samples: dict) -> list[list]:
    return [[what, *(seconds(median(sample[name], "wall")) for name in ("kcpipe", "python")),
             f"{median(sample['python'], 'wall') / median(sample['kcpipe'], 'wall'):.0f}"]
            for what, sample in samples.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kcpipe", type=pathlib.Path, default=harness.ROOT / ".build/release/kcpipe")
    options = parser.parse_args()
    environment = Environment("requirements-pipeline.txt")
    if environment.missing:
        harness.keep("pipeline", "make peers-pipeline", [], environment.versions, [
            f"Not measured: {name} could not be installed ({why})." for name, why in environment.missing.items()])
        return
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="peers"))
    try:
        table, table_again, notes = [], [], []
        for title, size, rounds in (("quickstart", QUICKSTART, 5), ("ten times as large", LARGER, 2)):
            both = Pipelines(scratch / title.replace(" ", "-"), options.kcpipe.resolve(), environment, size)
            notes.append(f"Checked at the size '{title}': {both.check()}")
            table += rows(title, both.measure(rounds))
            if size is QUICKSTART:
                table_again = rows_again(both.again(rounds))
        headers = ["pipeline", "wall", "/ kcpipe", "CPU", "/ kcpipe", "memory of all processes", "kcpipe's part of it"]
        notes += [
            "The Python pipeline: SimPy, networkx, CVXPY with Clarabel, numpy, matplotlib and h5py, one script a stage, "
            "under `snakemake -c2`; kcpipe uses as many cores. Both start in an empty folder and end with figures, "
            "metrics, claims and a page. Memory of all processes is the sum of their proportional shares (PSS), sampled "
            "in runs of their own; wall and CPU come from runs without sampling.",
        ]
        tables = [
            {"title": "The whole pipeline, from an empty folder", "headers": headers, "rows": table},
            {"title": "The quickstart once more", "headers": ["what changed", "kcpipe", "python", "python / kcpipe"],
             "rows": table_again},
        ]
        harness.keep("pipeline", "make peers-pipeline", tables, environment.versions, notes)
        print((harness.ROOT / "peers" / "RESULTS.md").read_text())
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


main()
