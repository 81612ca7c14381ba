"""Holds the decoder and the JSON Schema of manifests against each other, document by document."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

USAGE = 64

INTEGER = re.compile(r"[-+]?[0-9]+$")
BASED = re.compile(r"0o[0-7]+$|0x[0-9a-fA-F]+$")
REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)$")
WORDS = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], float("nan")),
}


def scalar(text: str):
    """A plain scalar by the core schema of YAML 1.2; PyYAML's own resolver follows YAML 1.1."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.match(text):
        return int(text)
    if BASED.match(text):
        return int(text, 0)
    if INFINITE.match(text):
        return float(text.replace(".", "", 1))
    return float(text) if REAL.match(text) else text


def value(node):
    """What an editor makes of a node before it holds it against the schema."""
    if node is None:
        return None
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else scalar(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [value(item) for item in node.value]
    return {key.value: value(item) for key, item in node.value}


def parse(text: str):
    return value(yaml.compose(text, Loader=yaml.BaseLoader))


def is_accepted(program: str, manifest: pathlib.Path, out: str) -> tuple[bool, str]:
    plan = subprocess.run(
        [program, "plan", str(manifest), "--out", out], capture_output=True, text=True, check=False
    )
    assert plan.returncode in (0, USAGE), f"{manifest}: exit {plan.returncode}: {plan.stderr}"
    return plan.returncode == 0, plan.stderr.strip()


def complaint(validator, document) -> str:
    error = jsonschema.exceptions.best_match(validator.iter_errors(document))
    return "" if error is None else f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"


def check(program: str, validator, entry: dict, folder: pathlib.Path) -> list[str]:
    folder.mkdir()
    for name, text in (entry.get("files") or {}).items():
        (folder / name).write_text(text)
    manifest = folder / "manifest.yaml"
    manifest.write_text(entry["document"])
    accepted, said = is_accepted(program, manifest, str(folder / "outputs"))
    schema_says = complaint(validator, parse(entry["document"]))
    wanted = entry["valid"] is True
    verdict = "valid" if wanted else "invalid"
    faults = []
    if accepted != wanted:
        faults.append(f"{verdict}, but the decoder {'accepts it' if accepted else 'says: ' + said}")
    if (not schema_says) != wanted:
        faults.append(f"{verdict}, but the schema {'says: ' + schema_says if schema_says else 'accepts it'}")
    return [f"{entry['title']}: {fault}" for fault in faults]


def main() -> None:
    program, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    text = subprocess.check_output([program, "schema"], text=True)
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    faults = []
    if (root / "schemas/kcpipe-experiment-1.json").read_text() != text:
        faults.append("schemas/kcpipe-experiment-1.json is not what `kcpipe schema` prints")
    entries = parse((root / "Tests/Schema/documents.yaml").read_text())
    manifests = sorted(root.glob("experiments/**/*.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        for number, entry in enumerate(entries):
            faults += check(program, validator, entry, pathlib.Path(folder) / str(number))
        for manifest in manifests:
            accepted, said = is_accepted(program, manifest, folder + "/outputs")
            schema_says = complaint(validator, parse(manifest.read_text()))
            faults += [f"{manifest}: {fault}" for fault in (said if not accepted else "", schema_says) if fault]
    for fault in faults:
        print(fault, file=sys.stderr)
    valid = sum(entry["valid"] is True for entry in entries)
    print(
        f"schema-check: {len(entries)} documents ({valid} valid), {len(manifests)} experiments, "
        f"{len(faults)} disagreements"
    )
    sys.exit(1 if faults else 0)


main()
