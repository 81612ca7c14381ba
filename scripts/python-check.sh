#!/usr/bin/env bash
# Opens every artifact below the outputs folder with xarray and compares it with `kcpipe show`.
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
.venv/bin/python scripts/python_check.py .build/release/kcpipe "${1:-outputs}"
