"""Does what CONTRIBUTING.md says: writes its files, and adds its line to the catalog."""

import pathlib
import re
import sys

copy = pathlib.Path(sys.argv[1])
text = (copy / "CONTRIBUTING.md").read_text()
steps = re.findall(r"<!-- (file|line): (\S+) -->\n```\w+\n(.*?)```", text, re.DOTALL)
if not steps:
    sys.exit("CONTRIBUTING.md has no steps to follow")
for kind, name, body in steps:
    path = copy / name
    if kind == "file":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body)
    else:
        source = path.read_text()
        start = source.index("StageCatalog([\n") + len("StageCatalog([\n")
        path.write_text(source[:start] + body + source[start:])
    print(f"{kind}: {name}")
