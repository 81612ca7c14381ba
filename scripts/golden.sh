#!/usr/bin/env bash
# Compares the quickstart's results with the golden ones: metrics within their tolerances, integer
# datasets and texts by digest. `scripts/golden.sh outputs --renew` writes new golden files.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 scripts/golden.py "${1:-outputs}/quickstart" Tests/Golden/quickstart.json "${2:-}"
