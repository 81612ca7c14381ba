"""Compares `kcpipe compare` with benchstat and with Google benchmark's compare.py, to the digits that these print.

    scripts/bench_oracles.py BASE.json NEW.json

benchstat is taken from the path (or $BENCHSTAT), compare.py from $COMPARE_PY; scipy must be importable by this Python. What
is not there is named, and nothing is compared with it.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile

KCPIPE = os.environ.get("KCPIPE", ".build/release/kcpipe")
UNITS = {"cpu": "cpu-sec/op", "wall": "sec/op"}


def kcpipe(*arguments):
    return subprocess.run([KCPIPE, *arguments], capture_output=True, text=True).stdout


class Agreement:
    def __init__(self):
        self.failures = 0
        self.count = 0

    def check(self, what, ours, theirs, digits=None):
        """`digits`: how many the other tool prints after the point; all of them without it."""
        self.count += 1
        equal = abs(ours - theirs) <= (0.5000001 * 10**-digits if digits is not None else 1e-12 * abs(theirs))
        if not equal:
            self.failures += 1
            print(f"differs: {what}: {ours} here, {theirs} there")


def check_benchstat(base, new, agreement):
    program = os.environ.get("BENCHSTAT") or shutil.which("benchstat")
    if not program:
        return print("benchstat is not here: nothing was compared with it")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(kcpipe("compare", base, new, "--format", "benchfmt", "--fail-on", "never"))
        file.flush()
        text = subprocess.run(
            [program, "-col", "arm", "-format", "csv", file.name], capture_output=True, text=True, check=True
        ).stdout
    for metric, unit in UNITS.items():
        ours = json.loads(kcpipe("compare", base, new, "--metric", metric, "--format", "json", "--fail-on", "never"))
        theirs = next(part for part in text.split("\n\n") if f"\n,{unit},CI,{unit}," in "\n" + part)
        table = {row[0].lower(): row for row in csv.reader(io.StringIO(theirs)) if len(row) > 5}
        for row in ours["rows"]:
            other = table[row["case"].lower()]
            agreement.check(f"{row['case']} {metric} base", row["base"]["median"], float(other[1]))
            agreement.check(f"{row['case']} {metric} new", row["new"]["median"], float(other[3]))
            p = float(other[6].split()[0].removeprefix("p="))
            agreement.check(f"{row['case']} {metric} p", row["p"], p, digits=3)
        if metric in ours["geometric_means"]:
            mean = table["geomean"]
            ratio = float(mean[3]) / float(mean[1])
            agreement.check(f"geometric mean {metric}", ours["geometric_means"][metric]["ratio"], ratio)


def medians_only(path, file):
    """Medians as if they were samples: compare.py's geometric mean is one of samples, never of medians."""
    document = json.loads(kcpipe("baseline", "show", path, "--format", "gbench"))
    document["benchmarks"] = [
        dict(one, run_type="iteration") for one in document["benchmarks"] if one["run_type"] == "aggregate"
    ]
    with open(file, "w") as output:
        json.dump(document, output)


def compare_py(script, *arguments):
    with tempfile.NamedTemporaryFile(suffix=".json") as dump:
        command = [sys.executable, script, "--no-color", f"--dump_to_json={dump.name}", "benchmarks", *arguments]
        subprocess.run(command, capture_output=True, text=True, check=True)
        with open(dump.name) as file:
            return json.load(file)


def check_compare_py(base, new, agreement):
    script = os.environ.get("COMPARE_PY")
    if not script:
        return print("$COMPARE_PY is not set: nothing was compared with Google's compare.py")
    with tempfile.TemporaryDirectory() as folder:
        files = [f"{folder}/base.json", f"{folder}/new.json"]
        for path, file in zip((base, new), files):
            with open(file, "w") as output:
                output.write(kcpipe("baseline", "show", path, "--format", "gbench"))
        report = {one["name"]: one for one in compare_py(script, *files)}
        for path, file in zip((base, new), files):
            medians_only(path, file)
        medians = {one["name"]: one for one in compare_py(script, *files)}
    for metric, field in {"cpu": "cpu", "wall": "real"}.items():
        ours = json.loads(kcpipe("compare", base, new, "--metric", metric, "--format", "json", "--fail-on", "never"))
        for row in ours["rows"]:
            p = report[row["case"]]["utest"][{"cpu": "cpu_pvalue", "wall": "time_pvalue"}[metric]]
            agreement.check(f"{row['case']} {metric} p", row["p_scipy"], p)
            times = medians[row["case"] + "_median"]["measurements"][0]
            for arm, suffix in {"base": "", "new": "_other"}.items():
                theirs = times[f"{field}_time{suffix}"] / 1e3
                agreement.check(f"{row['case']} {metric} {arm}", row[arm]["median"], theirs)
        if metric in ours["geometric_means"]:
            times = medians["OVERALL_GEOMEAN"]["measurements"][0]
            ratio = times[f"{field}_time_other"] / times[f"{field}_time"]
            agreement.check(f"geometric mean {metric}", ours["geometric_means"][metric]["ratio"], ratio)


def main():
    base, new = sys.argv[1:]
    agreement = Agreement()
    check_benchstat(base, new, agreement)
    check_compare_py(base, new, agreement)
    print(f"{agreement.count} numbers compared, {agreement.failures} differ")
    sys.exit(agreement.failures > 0)


main()
