#!/usr/bin/env bash
# Follows "How to add a stage" in CONTRIBUTING.md word by word in a copy of the sources, then builds and runs it.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

cp -r "$root"/{Package.swift,Sources,Plugins,Tests,experiments,CONTRIBUTING.md} "$copy"
python3 "$root/Tests/Contributing/follow.py" "$copy"
# The dependencies are taken from the build folder of the checkout; only our own modules are built again.
swift build --package-path "$copy" --scratch-path "$root/.build" --product kcpipe
"$root/.build/debug/kcpipe" show dice
"$root/.build/debug/kcpipe" run "$copy/experiments/dice.yaml" --out "$copy/outputs"
grep -q "6000 dice show" "$copy/outputs/dice/report.md"
echo "contributing: the stage of CONTRIBUTING.md builds, runs and reports"
