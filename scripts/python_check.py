"""Opens every artifact with xarray and asserts what `kcpipe show` documents of it; checks the JSON
documents of each run against their published schemas."""

import json
import pathlib
import subprocess
import sys

import jsonschema
import xarray

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent / "schemas"
DTYPES = {"float64": "f8", "int64": "i8", "int32": "i4", "int8": "i1", "uint64": "u8"}


def check(path: pathlib.Path, port: dict) -> int:
    with xarray.open_dataset(path, engine="h5netcdf", mask_and_scale=False, decode_times=False) as data:
        found = {str(name) for name in data.variables}
        documented = {variable["name"] for variable in port["variables"]}
        assert found <= documented, f"{path}: not documented: {sorted(found - documented)}"
        for variable in port["variables"]:
            name = variable["name"]
            if variable["optional"] and name not in found:
                continue
            array = data[name]
            assert list(array.dims) == variable["dimensions"], f"{path}:{name}: dimensions {array.dims}"
            assert array.attrs["long_name"] == variable["long_name"], f"{path}:{name}: long_name"
            if variable["flags"]:
                assert array.attrs["flag_meanings"].split() == variable["flags"], f"{path}:{name}: flags"
                assert list(array.attrs["flag_values"]) == list(range(len(variable["flags"])))
            elif variable["type"] != "text":
                assert array.attrs["units"] == variable["unit"], f"{path}:{name}: units {array.attrs}"
            if variable["type"] in DTYPES:
                assert array.dtype.str[1:] == DTYPES[variable["type"]], f"{path}:{name}: {array.dtype}"
            array.load()
        assert data.attrs["Conventions"] == "CF-1.11"
    return len(port["variables"])


def check_foreign(path: pathlib.Path) -> int:
    """What a program of the user's wrote has no documented schema; it must open with all its values."""
    with xarray.open_dataset(path, engine="h5netcdf", decode_times=False, phony_dims="sort") as data:
        data.load()
        return len(data.variables)


def check_summary(path: pathlib.Path, record: dict) -> int:
    """The dimensions of a sweep's summary are its axes, and it holds every metric."""
    with xarray.open_dataset(path, engine="h5netcdf") as data:
        axes = set(record["cases"][0]["coordinates"])
        assert axes <= {str(name) for name in data.variables}, f"{path}: axes {sorted(axes)}"
        metrics = json.loads((path.parent / "metrics.json").read_text())["metrics"]
        for name in metrics:
            assert set(data[name].dims) <= axes | {"replicate", "case"}, f"{path}:{name}: {data[name].dims}"
        return len(data.variables)


def check_document(path: pathlib.Path, schema: str) -> None:
    document = json.loads(path.read_text())
    jsonschema.validate(document, json.loads((SCHEMAS / schema).read_text()))


def folders(record: dict, index: int) -> list[str]:
    """Where a step's artifacts lie: in the folder of each case that it is part of."""
    step = record["steps"][index]
    names = [case["name"] for case in record["cases"] if index in case["steps"]]
    return [""] if step["case"] == "*" else [f"cases/{name}/" if name else "" for name in names]


def main() -> None:
    program, outputs = sys.argv[1], pathlib.Path(sys.argv[2])
    stages: dict[str, dict] = {}
    files = variables = 0
    for record_file in sorted(outputs.glob("*/run.json")):
        check_document(record_file, "kcpipe-run-1.json")
        for metrics_file in record_file.parent.glob("**/metrics.json"):
            check_document(metrics_file, "kcpipe-metrics-1.json")
        record = json.loads(record_file.read_text())
        if (record_file.parent / "summary.h5").exists():
            variables += check_summary(record_file.parent / "summary.h5", record)
        for index, step in enumerate(record["steps"]):
            name = step["stage"]
            if name not in stages:
                stages[name] = json.loads(subprocess.check_output([program, "show", name, "--json"]))
            ports = {port["name"]: port for port in stages[name]["outputs"]}
            for artifact in step["artifacts"]:
                for folder in folders(record, index):
                    path = record_file.parent / (folder + artifact["file"])
                    port = ports[artifact["output"]]
                    variables += check(path, port) if port["variables"] else check_foreign(path)
                    files += 1
    assert files, f"no artifact below {outputs}"
    print(f"python-check: {files} artifacts, {variables} variables as documented, {len(stages)} stages")


main()
