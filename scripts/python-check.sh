#!/usr/bin/env bash
# Runs all experiments, opens every artifact with xarray and compares it with `kcpipe show`.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x .venv/bin/python ]; then
  if ! python3 -m venv .venv 2>/dev/null; then
    sudo=(); [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    echo "installing python3-venv"
    "${sudo[@]}" apt-get install -y -qq python3-venv && python3 -m venv .venv
  fi
fi
.venv/bin/pip install -q --disable-pip-version-check -r scripts/requirements.txt
# The stage that is written in Python finds its libraries on the path.
for manifest in experiments/*.yaml; do
  PATH="$PWD/.venv/bin:$PATH" .build/release/kcpipe run "$manifest" --out "${1:-outputs}" --quiet
done
.venv/bin/python scripts/python_check.py .build/release/kcpipe "${1:-outputs}"
