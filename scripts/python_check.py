"""Opens every artifact with xarray and asserts what `kcpipe show` documents of it."""

import json
import pathlib
import subprocess
import sys

import xarray

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


def main() -> None:
    program, outputs = sys.argv[1], pathlib.Path(sys.argv[2])
    stages: dict[str, dict] = {}
    files = variables = 0
    for record_file in sorted(outputs.glob("*/run.json")):
        for step in json.loads(record_file.read_text())["steps"]:
            name = step["stage"]
            if name not in stages:
                stages[name] = json.loads(subprocess.check_output([program, "show", name, "--json"]))
            ports = {port["name"]: port for port in stages[name]["outputs"]}
            for artifact in step["artifacts"]:
                variables += check(record_file.parent / artifact["file"], ports[artifact["output"]])
                files += 1
    assert files, f"no artifact below {outputs}"
    print(f"python-check: {files} artifacts, {variables} variables as documented")


main()
