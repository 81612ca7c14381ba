"""The same six stages, written for each engine as its users would write them."""

import json
import pathlib
import subprocess

from harness import ROOT, Environment

STEPS = 6
ROWS = 131_072


class Peer:
    """An engine with a project of its own in a folder of its own."""

    name = ""
    package: str | None = None

    def __init__(self, folder: pathlib.Path, relay: pathlib.Path, environment: Environment):
        self.folder = folder
        self.relay = relay
        self.environment = environment
        self.shifts = {step: step for step in range(1, STEPS + 1)}
        folder.mkdir(parents=True)
        self.write()

    def write(self) -> None:
        """Writes the project's files."""

    def command(self) -> list:
        raise NotImplementedError

    def plan(self) -> list | None:
        """What tells what would be done, if the engine has such a thing."""
        return None

    def change(self, value: int) -> None:
        """Gives step 4 another parameter."""
        self.shifts[4] = value
        self.write()

    def calls(self) -> int:
        """How many stages have been executed so far."""
        log = self.folder / "calls.log"
        return len(log.read_text().splitlines()) if log.exists() else 0

    def outputs(self) -> list[pathlib.Path]:
        return [self.folder / f"s{step}.bin" for step in range(1, STEPS + 1)]

    def stage(self, step: int, rows: int = ROWS) -> str:
        source = "-" if step == 1 else f"s{step - 1}.bin"
        return f"{self.relay} calls.log {source} s{step}.bin {rows} {self.shifts[step]}"


class Make(Peer):
    name = "make"

    def write(self) -> None:
        rules = ["all: s6.bin"]
        for step in range(1, STEPS + 1):
            (self.folder / f"shift{step}").write_text(str(self.shifts[step])) if self.is_changed(step) else None
            source = f"s{step - 1}.bin" if step > 1 else ""
            rules.append(f"s{step}.bin: {source} shift{step}\n\t{self.stage(step)}")
        (self.folder / "Makefile").write_text("\n".join(rules) + "\n")

    def is_changed(self, step: int) -> bool:
        file = self.folder / f"shift{step}"
        return not file.exists() or file.read_text() != str(self.shifts[step])

    def command(self) -> list:
        return ["make", "-s"]

    def plan(self) -> list:
        return ["make", "-n"]


class Doit(Peer):
    name = package = "doit"

    def write(self) -> None:
        tasks = [
            {
                "name": f"s{step}", "actions": [self.stage(step)], "targets": [f"s{step}.bin"],
                "file_dep": [f"s{step - 1}.bin"] if step > 1 else [], "shift": str(self.shifts[step]),
            }
            for step in range(1, STEPS + 1)
        ]
        (self.folder / "dodo.py").write_text(
            "from doit.tools import config_changed\n"
            f"TASKS = {tasks!r}\n\n"
            "def task_chain():\n"
            "    for task in TASKS:\n"
            "        shift = task['shift']\n"
            "        rest = {key: value for key, value in task.items() if key != 'shift'}\n"
            "        yield rest | {'uptodate': [config_changed(shift)]}\n")

    def command(self) -> list:
        return [self.environment.program("doit"), "run"]

    def plan(self) -> list:
        return [self.environment.program("doit"), "list", "--all", "--status"]


class Snakemake(Peer):
    name = package = "snakemake"

    def write(self) -> None:
        rules = ["rule all:\n    input: 's6.bin'\n"]
        for step in range(1, STEPS + 1):
            source = f"    input: 's{step - 1}.bin'\n" if step > 1 else ""
            rules.append(
                f"rule s{step}:\n{source}    output: 's{step}.bin'\n    params: shift={self.shifts[step]}\n"
                f"    shell: '{self.stage(step).rsplit(' ', 1)[0]} {{params.shift}}'\n")
        (self.folder / "Snakefile").write_text("\n".join(rules))

    def command(self) -> list:
        return [self.environment.program("snakemake"), "-c1", "--quiet"]

    def plan(self) -> list:
        return [*self.command(), "-n"]


class DVC(Peer):
    name = package = "dvc"

    def write(self) -> None:
        if not (self.folder / ".dvc").exists():
            subprocess.run(["git", "init", "-q"], cwd=self.folder, check=True)
            subprocess.run([self.environment.program("dvc"), "init", "-q"], cwd=self.folder, check=True)
        stages = {}
        for step in range(1, STEPS + 1):
            command = self.stage(step).rsplit(" ", 1)[0] + f" ${{shift{step}}}"
            stages[f"s{step}"] = {"cmd": command, "outs": [f"s{step}.bin"]}
            if step > 1:
                stages[f"s{step}"]["deps"] = [f"s{step - 1}.bin"]
        (self.folder / "dvc.yaml").write_text(json.dumps({"stages": stages}))
        values = {f"shift{step}": shift for step, shift in self.shifts.items()}
        (self.folder / "params.yaml").write_text(json.dumps(values))

    def command(self) -> list:
        return [self.environment.program("dvc"), "repro", "-q"]

    def plan(self) -> list:
        return [self.environment.program("dvc"), "status", "-q"]


class Redun(Peer):
    name = package = "redun"

    def write(self) -> None:
        (self.folder / "workflow.py").write_text(
            "import subprocess\nfrom redun import File, task\n\nredun_namespace = 'chain'\n\n\n"
            "@task()\ndef relay(step: int, source: File, shift: int) -> File:\n"
            "    path = source.path if step > 1 else '-'\n"
            f"    command = ['{self.relay}', 'calls.log', path, f's{{step}}.bin', '{ROWS}', str(shift)]\n"
            "    subprocess.run(command, check=True)\n    return File(f's{step}.bin')\n\n\n"
            "@task()\ndef main(shifts: list = " + repr(list(self.shifts.values())) + ") -> File:\n"
            "    file = File('workflow.py')\n"
            "    for step, shift in enumerate(shifts, 1):\n"
            "        file = relay(step, file if step > 1 else None, shift)\n    return file\n")

    def command(self) -> list:
        return [self.environment.program("redun"), "run", "workflow.py", "main"]


class KCPipe(Peer):
    name = "kcpipe"
    executable: pathlib.Path

    def command(self) -> list:
        manifest = ROOT / "experiments" / "benchmarks" / "chain.yaml"
        return [self.executable, "run", manifest, "--out", "outputs", "--quiet",
                "--param", f"shift4={self.shifts[4]}"]

    def plan(self) -> list:
        command = self.command()
        return [command[0], "plan", command[2], "--out", "outputs", *command[-2:]]

    def calls(self) -> int:
        """The statuses of the last run only: its record tells them."""
        record = json.loads((self.folder / "outputs" / "chain" / "run.json").read_text())
        return sum(step["status"] == "executed" for step in record["steps"])

    def outputs(self) -> list[pathlib.Path]:
        return [self.folder / "outputs" / "chain" / f"s{step}.h5" for step in range(1, STEPS + 1)]


PEERS = [KCPipe, Make, Doit, DVC, Snakemake, Redun]
