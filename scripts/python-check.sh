#!/usr/bin/env bash
# Runs all experiments, opens every artifact with xarray and compares it with `kcpipe show`.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/venv.sh
# The stage that is written in Python finds its libraries on the path.
for manifest in experiments/*.yaml; do
  PATH="$PWD/.venv/bin:$PATH" .build/release/kcpipe run "$manifest" --out "${1:-outputs}" --quiet
done
.venv/bin/python scripts/python_check.py .build/release/kcpipe "${1:-outputs}"
