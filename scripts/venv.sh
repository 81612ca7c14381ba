#!/usr/bin/env bash
# Makes the Python environment of the checks, if there is none, and installs what is pinned.
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
