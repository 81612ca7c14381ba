#!/usr/bin/env bash
# Asks the program and its JSON Schema about the same documents; both must say what each one says it is.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/venv.sh
.venv/bin/python scripts/schema_check.py "${1:-.build/release/kcpipe}" .
