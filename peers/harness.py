"""What every suite of peers needs: an environment, fair measurements, and a place for the results.

Programs run in turn (A B C, A B C, ...) after a warm-up, so that a machine whose speed drifts slows
all of them alike; medians and ratios are kept, with the largest resident set of any process.
"""

import dataclasses
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / "peers" / "results.json"


@dataclasses.dataclass
class Sample:
    """One run of a command, children included."""

    wall: float
    cpu: float
    peak_mb: float
    code: int


def measure(command: list, cwd: pathlib.Path, env: dict | None = None, limit: float = 900) -> Sample:
    """Runs a command to its end; its output goes to `output.log` beside its work."""
    with open(cwd / "output.log", "ab") as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=cwd, stdout=log, stderr=log,
            env=os.environ | (env or {}), start_new_session=True)
        try:
            _, status, usage = wait(process, limit)
        except TimeoutError:
            os.killpg(process.pid, 9)
            process.wait()
            return Sample(limit, float("nan"), float("nan"), 124)
    wall = time.perf_counter() - start
    return Sample(
        wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def wait(process: subprocess.Popen, limit: float):
    """`wait4` with a bound; short commands are not polled, so that waiting costs them nothing."""
    if limit > 600:
        done = os.wait4(process.pid, 0)
        process.returncode = 0
        return done
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = 0
            return pid, status, usage
        time.sleep(0.002)
    raise TimeoutError


def measure_tree(command: list, cwd: pathlib.Path, env: dict | None = None) -> Sample:
    """As `measure`, but `peak_mb` is that of all processes together; watching costs time.

    Shared pages count in part (PSS), so that what processes have in common is not counted twice.
    """
    with open(cwd / "output.log", "ab") as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=cwd, stdout=log, stderr=log,
            env=os.environ | (env or {}), start_new_session=True)
        largest = 0
        while process.poll() is None:
            largest = max(largest, sum(proportional_kb(pid) for pid in family(process.pid)))
            time.sleep(0.002)
    return Sample(time.perf_counter() - start, float("nan"), largest / 1024, process.returncode)


def family(root: int) -> set[int]:
    """The process and all its descendants."""
    parents = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                text = pathlib.Path(entry.path, "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(text.rpartition(")")[2].split()[1])
    members = {root}
    while more := {pid for pid, parent in parents.items() if parent in members} - members:
        members |= more
    return members


def proportional_kb(pid: int) -> int:
    try:
        lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def in_turn(actions: dict, rounds: int, warm_up: int = 1) -> dict[str, list[Sample]]:
    """Calls every action once per round, in the same order; a first round is not counted."""
    samples = {name: [] for name in actions}
    for number in range(1 - warm_up, rounds + 1):
        for name, action in actions.items():
            sample = action()
            if sample.code != 0:
                raise SystemExit(f"{name} ended with code {sample.code}; see its output.log")
            if number > 0:
                samples[name].append(sample)
    return samples


def median(samples: list[Sample], field: str) -> float:
    return statistics.median(getattr(sample, field) for sample in samples)


def peak(samples: list[Sample]) -> float:
    return max(sample.peak_mb for sample in samples)


class Environment:
    """A virtual environment that is made on demand; what cannot be installed is named."""

    def __init__(self, requirements: str):
        self.folder = ROOT / ".venv-peers"
        self.missing: dict[str, str] = {}
        self.versions: dict[str, str] = {}
        if not (self.folder / "bin" / "python").exists():
            subprocess.run([sys.executable, "-m", "venv", self.folder], check=True)
        for line in (ROOT / "peers" / requirements).read_text().split():
            name, version = line.split("==")
            if self.installed(name) != version:
                self.install(name, line)
            self.versions[name] = self.installed(name) or "missing"

    def install(self, name: str, line: str) -> None:
        print(f"installing {line}", flush=True)
        done = subprocess.run(
            [self.program("pip"), "install", "-q", "--disable-pip-version-check", line],
            capture_output=True, text=True)
        if done.returncode != 0:
            self.missing[name] = done.stderr.strip().splitlines()[-1][:200]
            print(f"cannot be installed: {line}: {self.missing[name]}", flush=True)

    def installed(self, name: str) -> str | None:
        code = f"import importlib.metadata as m; print(m.version('{name}'))"
        done = subprocess.run([self.program("python"), "-c", code], capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else None

    def program(self, name: str) -> str:
        return str(self.folder / "bin" / name)


def keep(suite: str, command: str, tables: list[dict], versions: dict[str, str], notes: list[str]) -> None:
    """Puts a suite's tables into `results.json` and writes `RESULTS.md` anew.

    A table is {"title", "headers", "rows"}; the other suites' tables stay as they are.
    """
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results[suite] = {
        "command": command, "date": datetime.date.today().isoformat(), "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}", "versions": versions,
        "tables": tables, "notes": notes,
    }
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")
    (RESULTS.parent / "RESULTS.md").write_text(markdown(results))


def markdown(results: dict) -> str:
    lines = [
        "# Side by side with other programs", "",
        "Made by the commands below; seconds are what one machine gave, the ratios count.",
    ]
    for suite, entry in sorted(results.items()):
        versions = ", ".join(f"{name} {version}" for name, version in sorted(entry["versions"].items()))
        lines += ["", f"## {suite}", "",
                  f"`{entry['command']}` on {entry['date']}, {entry['cores']} cores, {entry['system']}; {versions}."]
        for table in entry["tables"]:
            lines += ["", f"### {table['title']}", "", row(table["headers"]),
                      row(["---"] + ["---:"] * (len(table["headers"]) - 1))]
            lines += [row(cells) for cells in table["rows"]]
        for note in entry["notes"]:
            lines += ["", note]
    return "\n".join(lines) + "\n"


def row(cells: list) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def seconds(value: float) -> str:
    return "–" if value != value else f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"
