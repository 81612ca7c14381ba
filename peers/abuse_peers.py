"""A chain of three stages, written for each engine as its users would write it, and open to abuse.

Step 1 reads `input.txt`, step 3 reads `extra.txt` beside its predecessor; all of them declare the script
where the engine lets them. `settings` are what an abuse turns: a parameter, layout, misspelt words.
"""

import dataclasses
import json
import pathlib
import shutil
import subprocess

from harness import ROOT, Environment

STEPS = ["s1", "s2", "s3"]


@dataclasses.dataclass
class Settings:
    shift: int = 3
    unused: int = 1
    has_spaces: bool = False
    has_typo: bool = False


class Project:
    """An engine's project in a folder of its own."""

    name = ""
    package: str | None = None
    # A misspelt word of the manifest, and the right one.
    typo = ("", "")

    def __init__(self, folder: pathlib.Path, environment: Environment):
        self.folder = folder
        self.environment = environment
        self.python = environment.program("python")
        self.settings = Settings()
        folder.mkdir(parents=True)
        for script in ("stage.py", "helper.py"):
            shutil.copy(ROOT / "peers" / "abuse" / script, folder)
        (folder / "input.txt").write_text("7")
        (folder / "extra.txt").write_text("any")
        self.prepare()
        self.write()

    def prepare(self) -> None:
        """What is done once in a new folder."""

    def write(self) -> None:
        """Writes the manifest by the settings."""
        raise NotImplementedError

    def command(self) -> list:
        raise NotImplementedError

    def misspelt_parameter(self) -> list | None:
        """A run with a parameter `shfit` that no stage has, if parameters can be given."""
        return None

    def remedies(self) -> list[list]:
        """What the engine's documentation tells users to do, one after another, when it refuses to run."""
        return []

    def output(self, step: str) -> pathlib.Path:
        return self.folder / f"{step}.h5"

    def set(self, **changes) -> None:
        self.settings = dataclasses.replace(self.settings, **changes)
        self.write()

    def spell(self, text: str) -> str:
        wrong, right = self.typo
        return text.replace(right, wrong, 1) if self.settings.has_typo else text

    def stage(self, step: str, shift: str | None = None) -> str:
        gap = "  " if self.settings.has_spaces and step == "s2" else " "
        words = [self.python, "stage.py", self.folder, step, shift or self.shift(step), self.source(step),
                 f"{step}.h5"]
        return gap.join(map(str, words))

    def shift(self, step: str) -> int:
        return self.settings.shift if step == "s3" else STEPS.index(step) + 1

    def source(self, step: str) -> str:
        return "input.txt" if step == "s1" else f"{STEPS[STEPS.index(step) - 1]}.h5"

    def needs(self, step: str) -> list[str]:
        return [self.source(step), "stage.py"] + (["extra.txt"] if step == "s3" else [])


class KCPipe(Project):
    name = "kcpipe"
    executable: pathlib.Path
    typo = ("wiht:", "with:")

    def write(self) -> None:
        gap = "   " if self.settings.has_spaces else " "
        lines = ["kcpipe: 1", "experiment: {name: abuse}",
                 f"params: {{shift: {self.settings.shift}, unused: {self.settings.unused}}}", "stages:"]
        for step in STEPS:
            shift = '"${shift}"' if step == "s3" else self.shift(step)
            files = [name for name in self.needs(step) if not name.endswith(".h5")]
            lines += [
                f"  {step}:", "    uses: process",
                *([f"    in: {{source: {self.source(step)[:-3]}}}"] if step != "s1" else []),
                "    with:", f"      command:{gap}[{self.python}, stage.py]", f"      files:{gap}[{', '.join(files)}]",
                f"      parameters:{gap}{{project: {self.folder}, step: {step}, shift: {shift},"
                f" source: {self.folder}/input.txt}}",
            ]
        (self.folder / "abuse.yaml").write_text(self.spell("\n".join(lines) + "\n"))

    def command(self) -> list:
        return [self.executable, "run", "abuse.yaml", "--out", "outputs"]

    def misspelt_parameter(self) -> list:
        return [*self.command(), "--param", "shfit=5"]

    def output(self, step: str) -> pathlib.Path:
        return self.folder / "outputs" / "abuse" / f"{step}.h5"


class Snakemake(Project):
    name = package = "snakemake"
    typo = ("ouput:", "output:")

    def write(self) -> None:
        (self.folder / "config.json").write_text(json.dumps(dataclasses.asdict(self.settings)))
        rules = ["configfile: 'config.json'", "rule all:\n    input: 's3.h5'"]
        for step in STEPS:
            shift = "config['shift']" if step == "s3" else self.shift(step)
            rules.append(
                f"rule {step}:\n    input: {', '.join(map(repr, self.needs(step)))}\n    output: '{step}.h5'\n"
                f"    params: shift={shift}\n    shell: '{self.stage(step, '{params.shift}')}'")
        (self.folder / "Snakefile").write_text(self.spell("\n\n".join(rules) + "\n"))

    def command(self) -> list:
        return [self.environment.program("snakemake"), "-c2"]

    def misspelt_parameter(self) -> list:
        return [*self.command(), "--config", "shfit=5"]

    def remedies(self) -> list[list]:
        return [[*self.command(), "--unlock"], [*self.command(), "--rerun-incomplete"]]


class DVC(Project):
    name = package = "dvc"
    typo = ("dpes", "deps")

    def prepare(self) -> None:
        subprocess.run(["git", "init", "-q"], cwd=self.folder, check=True)
        subprocess.run([self.environment.program("dvc"), "init", "-q"], cwd=self.folder, check=True)
        who = ["-c", "user.name=peers", "-c", "user.email=peers@localhost"]
        subprocess.run(["git", *who, "commit", "-qm", "Begin"], cwd=self.folder, check=True)

    def write(self) -> None:
        (self.folder / "params.yaml").write_text(json.dumps(dataclasses.asdict(self.settings)))
        stages = {
            step: {
                "cmd": self.stage(step, "${shift}" if step == "s3" else None), "deps": self.needs(step),
                "outs": [f"{step}.h5"],
            } for step in STEPS}
        (self.folder / "dvc.yaml").write_text(self.spell(json.dumps({"stages": stages}, indent=1)))

    def command(self) -> list:
        return [self.environment.program("dvc"), "repro"]

    def misspelt_parameter(self) -> list:
        return [self.environment.program("dvc"), "exp", "run", "--set-param", "shfit=5"]


class Redun(Project):
    name = package = "redun"
    typo = ("nmae=", "name=")

    def write(self) -> None:
        gap = "  " if self.settings.has_spaces else " "
        (self.folder / "workflow.py").write_text(self.spell(
            "import subprocess\n\nfrom redun import File, task\n\nredun_namespace = 'abuse'\n\n\n"
            "@task(name='relay')\ndef relay(step: str, needs: list, shift: int) -> File:\n"
            f"    command ={gap}['{self.python}', 'stage.py', '{self.folder}', step, str(shift), needs[0].path]\n"
            "    subprocess.run([*command, f'{step}.h5'], check=True)\n    return File(f'{step}.h5')\n\n\n"
            f"@task()\ndef main(shift: int = {self.settings.shift}, unused: int = {self.settings.unused}) -> File:\n"
            "    script = File('stage.py')\n"
            "    first = relay('s1', [File('input.txt'), script], 1)\n"
            "    second = relay('s2', [first, script], 2)\n"
            "    return relay('s3', [second, script, File('extra.txt')], shift)\n"))

    def command(self) -> list:
        return [self.environment.program("redun"), "run", "workflow.py", "main"]

    def misspelt_parameter(self) -> list:
        return [*self.command(), "--shfit", "5"]


class Doit(Project):
    name = package = "doit"
    typo = ("'targest'", "'targets'")

    def write(self) -> None:
        tasks = [{"name": step, "actions": [self.stage(step)], "targets": [f"{step}.h5"],
                  "file_dep": self.needs(step)} for step in STEPS]
        text = (
            "from doit import get_var\nfrom doit.tools import config_changed\n\n"
            f"SHIFT = get_var('shift', {self.settings.shift})\nUNUSED = {self.settings.unused}\nTASKS = {tasks!r}\n\n\n"
            "def task_chain():\n    for task in TASKS:\n"
            "        if task['name'] == 's3':\n            task['uptodate'] = [config_changed(str(SHIFT))]\n"
            "        yield task\n")
        (self.folder / "dodo.py").write_text(self.spell(text))

    def command(self) -> list:
        return [self.environment.program("doit"), "run"]

    def misspelt_parameter(self) -> list:
        return [*self.command(), "shfit=5"]


class Make(Project):
    name = "make"
    typo = ("inlcude", "include")

    def write(self) -> None:
        file = self.folder / "shift.txt"
        if not file.exists() or file.read_text() != str(self.settings.shift):
            file.write_text(str(self.settings.shift))
        rules = ["all: s3.h5", f"UNUSED = {self.settings.unused}", "include settings.mk"]
        (self.folder / "settings.mk").write_text(f"SHIFT = {self.settings.shift}\n")
        for step in STEPS:
            needs = self.needs(step) + (["shift.txt"] if step == "s3" else [])
            rules.append(f"{step}.h5: {' '.join(needs)}\n\t{self.stage(step, '$(SHIFT)' if step == 's3' else None)}")
        (self.folder / "Makefile").write_text(self.spell("\n".join(rules) + "\n"))

    def command(self) -> list:
        return ["make"]

    def misspelt_parameter(self) -> list:
        return [*self.command(), "SHFIT=5"]


PROJECTS = [KCPipe, Snakemake, DVC, Redun, Doit, Make]
