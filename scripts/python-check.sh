#!/usr/bin/env bash
# Runs all experiments, opens every artifact with xarray and compares it with `kcpipe show`.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/venv.sh
.venv/bin/python scripts/python_check.py .build/release/kcpipe "${1:-outputs}"
