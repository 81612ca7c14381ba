"""What happens under abuse: each event is done to each engine, and what follows is observed.

    python3 peers/abuse.py [--kcpipe .build/release/kcpipe] [--only ENGINE] [--event WORDS]

No outcome is written down here. An event says what is done to a project of three stages; then the
engine runs as usual, and its exit code, the stages that ran and the numbers in the files are read.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import harness
from abuse_peers import STEPS, KCPipe, Project, PROJECTS
from harness import Environment

QUIET = {"PYTHONDONTWRITEBYTECODE": "1", "HDF5_USE_FILE_LOCKING": "FALSE", "DVC_NO_ANALYTICS": "1"}
LIMIT = 90


@dataclasses.dataclass
class Outcome:
    """What was seen after a run: the exit code, who ran, what stands in the files, what was said."""

    code: int
    ran: list[str]
    numbers: dict
    text: str
    remedies: int = 0

    def words(self, right: float = 13) -> str:
        ending = "" if self.code == 0 else "**fails for good**, " if self.remedies < 0 else "fails, "
        if self.remedies > 0:
            ending = f"**fails; {self.remedies} manual commands**, then "
        ran = f"runs {' '.join(self.ran)}" if self.ran else "runs nothing"
        return f"{ending}{ran}{self.files(right)}"

    def files(self, right: float) -> str:
        """What is wrong with the files, if anything is; `right` is what step 3 should have written."""
        faults = []
        for step, expected in zip(STEPS, (8, 10, right)):
            found = self.numbers[step]
            if found != [expected, expected]:
                faults.append(f"{step} {found if isinstance(found, str) else 'wrong'}")
        return f"; **{', '.join(faults)}**" if faults else ""


class Bench:
    """One project and what can be seen of it."""

    def __init__(self, project: Project):
        self.project = project
        self.folder = project.folder
        self.environment = os.environ | QUIET | {
            "PATH": f"{project.environment.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def start(self, command: list | None = None) -> subprocess.Popen:
        self.log = tempfile.TemporaryFile("w+")
        return subprocess.Popen(
            [str(word) for word in command or self.project.command()], cwd=self.folder, stdout=self.log,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=self.environment, start_new_session=True)

    def run(self, command: list | None = None) -> Outcome:
        before = len(self.calls())
        code, text = self.finish(self.start(command))
        return Outcome(code, self.ran(before), self.numbers(), text)

    def finish(self, process: subprocess.Popen) -> tuple[int, str]:
        log = self.log
        try:
            code = process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            kill(process.pid)
            process.wait()
            code = 124
        log.seek(0)
        return code, log.read()

    def run_until_it_works(self) -> Outcome:
        """A run; if it fails, what the documentation advises, one command after another."""
        outcome = self.run()
        remedies = self.project.remedies()
        for number, remedy in enumerate(remedies, 1) if outcome.code != 0 else ():
            before = len(self.calls())
            self.run(remedy)
            again = self.run()
            if again.code == 0:
                return dataclasses.replace(again, ran=self.ran(before), remedies=number)
        return dataclasses.replace(outcome, remedies=-1 if outcome.code != 0 else 0)

    def calls(self) -> list[str]:
        log = self.folder / "calls.log"
        return log.read_text().splitlines() if log.exists() else []

    def ran(self, since: int) -> list[str]:
        return sorted(line.split()[0] for line in self.calls()[since:])

    def numbers(self) -> dict:
        files = {step: str(self.project.output(step)) for step in STEPS}
        command = [self.project.python, self.folder / "stage.py", "--show", *files.values()]
        done = subprocess.run(command, capture_output=True, text=True, env=self.environment, check=True)
        seen = json.loads(done.stdout)
        return {step: seen[file] for step, file in files.items()}

    def cold(self) -> "Bench":
        """All three stages have run, or the engine is of no use here."""
        outcome = self.run()
        if outcome.code != 0 or outcome.ran != STEPS or outcome.files(13):
            raise SystemExit(f"{self.project.name} does not run as it should: {outcome}")
        return self

    def start_and_stop_in_step_2(self) -> subprocess.Popen:
        """Starts a run and returns when half of the output of step 2 is written."""
        (self.folder / "slow").write_text("s2")
        process = self.start()
        deadline = time.monotonic() + LIMIT
        while not self.stage_process() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(1)
        (self.folder / "slow").unlink()
        return process

    def stage_process(self) -> int | None:
        return next((int(line.split()[1]) for line in self.calls() if line.startswith("s2")), None)

    def release(self) -> None:
        """Lets a slow stage write the rest, late, and waits for its end."""
        (self.folder / "release").write_text("late")
        stage = self.stage_process()
        deadline = time.monotonic() + 10
        while stage and is_alive(stage) and time.monotonic() < deadline:
            time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(root: int, spared: int | None = None) -> None:
    """Ends a process and its descendants, itself first, so that it cannot clean up after them."""
    descendants = harness.family(root) - {root, spared}
    for pid in [root, *sorted(descendants)]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def flip(file: pathlib.Path, keeps_time: bool = False) -> None:
    """Turns one bit in the middle of a file; the size stays, and the time if wanted."""
    before = file.stat()
    with open(file, "r+b") as stream:
        stream.seek(before.st_size // 2 + 6)
        byte = stream.read(1)[0]
        stream.seek(-1, os.SEEK_CUR)
        stream.write(bytes([byte ^ 0x10]))
    if keeps_time:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


# Events: each is done to a new project and ends with an outcome in words.


def killed_with_its_stage(bench: Bench) -> str:
    process = bench.start_and_stop_in_step_2()
    kill(process.pid)
    process.wait()
    return bench.run_until_it_works().words()


def killed_while_its_stage_lives_on(bench: Bench) -> str:
    process = bench.start_and_stop_in_step_2()
    stage = bench.stage_process()
    kill(process.pid, spared=stage)
    process.wait()
    lives_on = is_alive(stage)
    outcome = bench.run_until_it_works()
    bench.release()
    late = dataclasses.replace(outcome, numbers=bench.numbers())
    return late.words() + ("" if lives_on else "; the stage dies with it")


def after(change):
    """An event that changes something after a complete run, and then runs again."""
    def event(bench: Bench) -> str:
        change(bench.cold())
        return bench.run().words()
    return event


def after_damage(change):
    """Likewise to a file that an engine may have kept a copy of."""
    def event(bench: Bench) -> str:
        change(bench.cold())
        outcome = bench.run()
        is_restored = outcome.code == 0 and not outcome.ran and not outcome.files(13)
        return "restores it, runs nothing" if is_restored else outcome.words()
    return event


def truncate(bench: Bench) -> None:
    file = bench.project.output("s3")
    os.truncate(file, file.stat().st_size // 2)


def touch_input(bench: Bench) -> None:
    os.utime(bench.folder / "input.txt")


def edit_comment(bench: Bench) -> None:
    script = bench.folder / "stage.py"
    script.write_text(script.read_text().replace("COUNT = 8192", "# How many numbers.\nCOUNT = 8192"))


def flipped_before_a_later_step_changes(bench: Bench) -> str:
    flip(bench.cold().project.output("s2"), keeps_time=True)
    bench.project.set(shift=4)
    return bench.run().words(right=14)


def helper_changed(bench: Bench) -> str:
    """Every stage adds one more, so that the numbers become 9, 12 and 16."""
    helper = bench.cold().folder / "helper.py"
    helper.write_text(helper.read_text().replace("numbers + shift", "numbers + shift + 1"))
    outcome = bench.run()
    is_new = outcome.numbers["s3"] == [16, 16]
    return f"runs {' '.join(outcome.ran) or 'nothing'}{'' if is_new else '; **results of the old code**'}"


def misspelt_word(bench: Bench) -> str:
    bench.project.set(has_typo=True)
    outcome = bench.run()
    if outcome.code == 0:
        return f"**accepted**, {outcome.words()}"
    wrong, right = (word.strip("':= ") for word in bench.project.typo)
    places = [re.search(rf":\d+:\d+:|line \d+, column \d+", outcome.text) and "line and column",
              re.search(r"(?i)line \d+|:\d+:", outcome.text) and "line"]
    said = [next(filter(None, places), "no place"), "the word" if wrong in outcome.text else "not the word",
            "the right one" if suggests(outcome.text, right) else "no hint"]
    return f"refused; names {', '.join(said)}"


def suggests(text: str, right: str) -> bool:
    return re.search(rf"(?i)(did you mean|allowed|expected|unexpected|valid)[^\n]*\b{right}\b", text) is not None


def misspelt_parameter(bench: Bench) -> str:
    outcome = bench.cold().run(bench.project.misspelt_parameter())
    if outcome.code == 0:
        return f"**accepted**, {outcome.words()}"
    return "refused" + (", with a hint" if suggests(outcome.text, "shift") else "")


def missing_input(bench: Bench) -> str:
    (bench.folder / "extra.txt").unlink()
    outcome = bench.run()
    return ("fails" if outcome.code else "**succeeds**") + (
        f" after running {' '.join(outcome.ran)}" if outcome.ran else " before anything runs")


def two_at_once(bench: Bench) -> str:
    first = bench.start()
    first_log = bench.log
    second = bench.start()
    codes = [bench.finish(second)[0]]
    bench.log = first_log
    codes.insert(0, bench.finish(first)[0])
    ran = bench.ran(0)
    success = {0: "both fail", 1: "**one fails**", 2: "both succeed"}[codes.count(0)]
    once = "each stage runs once" if ran == STEPS else f"**{len(ran)} executions of 3**"
    outcome = Outcome(0, ran, bench.numbers(), "")
    return f"{success}, {once}{outcome.files(13)}"


def full_disk(bench: Bench) -> str:
    """The disk of the project becomes full while step 2 writes; then there is room again."""
    process = bench.start_and_stop_in_step_2()
    filler = bench.folder / "filler"
    fill(filler)
    (bench.folder / "release").touch()
    code, _ = bench.finish(process)
    filler.unlink()
    outcome = bench.run_until_it_works()
    return f"{'**succeeds**' if code == 0 else 'fails'}; again: {outcome.words()}"


def fill(file: pathlib.Path) -> None:
    """Writes until nothing fits any more."""
    with open(file, "wb", buffering=0) as stream:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    stream.write(bytes(size))
            except OSError:
                continue


EVENTS = {
    "killed (kill -9) with its stage, run again": killed_with_its_stage,
    "killed while its stage lives on, run again at once": killed_while_its_stage_lives_on,
    "final output truncated": after_damage(truncate),
    "a bit of the final output flipped": after_damage(lambda bench: flip(bench.project.output("s3"))),
    "the same, at equal size and time": after_damage(lambda bench: flip(bench.project.output("s3"), True)),
    "output of step 2 flipped so, then step 3 changed": flipped_before_a_later_step_changes,
    "final output deleted": after_damage(lambda bench: bench.project.output("s3").unlink()),
    "output of step 2 deleted": after_damage(lambda bench: bench.project.output("s2").unlink()),
    "input touched, same bytes": after(touch_input),
    "a comment added to the script": after(edit_comment),
    "code changed that the script imports (undeclared)": helper_changed,
    "a parameter changed that no stage uses": after(lambda bench: bench.project.set(unused=2)),
    "a space more in the manifest": after(lambda bench: bench.project.set(has_spaces=True)),
    "a misspelt word in the manifest": misspelt_word,
    "a misspelt parameter on the command line": misspelt_parameter,
    "an input of step 3 is missing": missing_input,
    "two runs at once in one folder": two_at_once,
    "disk full while step 2 writes, then room again": full_disk,
}


class SmallDisk:
    """A disk of 64 MB in memory, which only this process and its children see."""

    def __init__(self, folder: pathlib.Path):
        folder.mkdir()
        self.folder = folder
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64m", "peers", folder], capture_output=True, text=True)
        self.refusal = done.stderr.strip() if done.returncode != 0 else None


def observe(kind: type[Project], event: str, folder: pathlib.Path, environment: Environment) -> str:
    project = kind(folder, environment)
    words = EVENTS[event](Bench(project))
    shutil.rmtree(folder, ignore_errors=True)
    print(f"{kind.name}: {event}: {words}", flush=True)
    return words


def column(kind: type[Project], events: list[str], scratch: pathlib.Path, environment: Environment) -> list[str]:
    """All events, one after another, each in a folder of its own."""
    words = []
    for number, event in enumerate(events):
        place = scratch / f"{kind.name}-{number}"
        if EVENTS[event] is not full_disk:
            words.append(observe(kind, event, place, environment))
        elif refusal := SmallDisk(place).refusal:
            words.append(f"not possible here ({refusal})")
        else:
            words.append(observe(kind, event, place / "project", environment))
            subprocess.run(["umount", place], check=False)
    return words


def enter_own_namespace() -> None:
    """Starts this program again where it may mount a small disk, if the system lets it."""
    if "PEERS_OWN_MOUNTS" in os.environ or subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        return
    os.environ["PEERS_OWN_MOUNTS"] = "1"
    os.execvp("unshare", ["unshare", "-rm", sys.executable, *sys.argv])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kcpipe", type=pathlib.Path, default=harness.ROOT / ".build/release/kcpipe")
    parser.add_argument("--only", help="one engine; results are printed, not kept")
    parser.add_argument("--event", default="", help="events with these words; likewise")
    options = parser.parse_args()
    enter_own_namespace()
    KCPipe.executable = options.kcpipe.resolve()
    environment = Environment("requirements-abuse.txt")
    kinds = [kind for kind in PROJECTS
             if kind.package not in environment.missing and options.only in (None, kind.name)]
    events = [event for event in EVENTS if options.event in event]
    if unusable := environment.missing.keys() & {"h5py", "numpy"}:
        harness.keep("abuse", "make peers-abuse", [], environment.versions, [
            f"Not measured: the stage needs {name}, which could not be installed." for name in sorted(unusable)])
        return
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="peers"))
    try:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            columns = list(pool.map(lambda kind: column(kind, events, scratch, environment), kinds))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if options.only or options.event:
        return
    table = {"title": "Behaviour under abuse", "headers": ["event", *(kind.name for kind in kinds)],
             "rows": [[event, *words] for event, words in zip(events, zip(*columns))]}
    notes = [
        "Three stages in Python, s1 to s3, each of which reads its predecessor's HDF5 file; all engines run the same "
        "script, which is declared as an input of every stage, but not what it imports. kcpipe runs it by the stage "
        "`process`. Each cell was observed: the exit code, the stages that ran, and the numbers in the files; faults "
        "and failures are bold. What a slow stage writes after its engine was killed is another value, so that a file "
        "into which it went is called wrong.",
        "The code of kcpipe's own stages is not abused here: comments in it do not count and helpers do, which is decided "
        "when kcpipe is built, and tested there.",
    ]
    notes += [f"Not measured: {name} could not be installed ({why})." for name, why in environment.missing.items()]
    harness.keep("abuse", "make peers-abuse", [table], environment.versions, notes)
    print((harness.ROOT / "peers" / "RESULTS.md").read_text())


main()
