"""Compares a run folder with golden results, or renews them."""

import json
import pathlib
import sys

EXACT = {"int64", "int32", "int8", "uint64", "text"}


def summarize(folder: pathlib.Path) -> dict:
    record = json.loads((folder / "run.json").read_text())
    metrics = json.loads((folder / "metrics.json").read_text())["metrics"]
    datasets = {
        f"{artifact['file']}:{dataset['name']}": dataset["values"]
        for step in record["steps"]
        for artifact in step["artifacts"]
        for dataset in artifact["datasets"]
        if dataset["type"] in EXACT
    }
    for name in ["report.md", *(a["file"] for s in record["steps"] for a in s["artifacts"])]:
        if not (folder / name).is_file():
            sys.exit(f"golden: {folder / name} is missing")
    broken = [claim["text"] for claim in record["claims"] if not claim["holds"]]
    if broken or not record["claims"]:
        sys.exit(f"golden: claims that do not hold: {broken or 'there are none at all'}")
    return {"metrics": metrics, "datasets": datasets}


def differences(now: dict, golden: dict) -> list[str]:
    lines = []
    for name in sorted(now["metrics"].keys() | golden["metrics"].keys()):
        a, b = now["metrics"].get(name), golden["metrics"].get(name)
        if a is None or b is None:
            lines.append(f"metric {name}: {'new' if b is None else 'gone'}")
            continue
        tolerance = b["tolerance"]
        # Floating point may differ in the last digits on another processor.
        allowed = max(tolerance["abs"], max(tolerance["rel"], 1e-9) * max(abs(a["value"]), abs(b["value"])))
        if abs(a["value"] - b["value"]) > allowed:
            lines.append(f"metric {name}: {a['value']!r}, golden {b['value']!r}, allowed ±{allowed:.3g}")
    for name in sorted(now["datasets"].keys() | golden["datasets"].keys()):
        a, b = now["datasets"].get(name), golden["datasets"].get(name)
        if a != b:
            lines.append(f"dataset {name}: {a or 'gone'}, golden {b or 'none'}")
    return lines


def main() -> None:
    folder, golden_file, option = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    now = summarize(folder)
    if option == "--renew":
        golden_file.parent.mkdir(parents=True, exist_ok=True)
        golden_file.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n")
        print(f"golden: wrote {golden_file}")
        return
    lines = differences(now, json.loads(golden_file.read_text()))
    if lines:
        sys.exit("golden: results differ\n" + "\n".join(lines))
    print(f"golden: {len(now['metrics'])} metrics and {len(now['datasets'])} exact datasets as expected")


main()
