#!/usr/bin/env bash
# Simulates every queue that has a closed form and writes the comparison to docs/validation.md.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-outputs}

.build/release/kcpipe run experiments/validate-queues.yaml --out "$out"
{
  echo "# Simulated queues against closed forms"
  echo
  echo "Written by \`make validate\` from \`experiments/validate-queues.yaml\`."
  # The text and the table of the stage, without figures, which stand in the report.
  awk '/^## .*validation/ {on = 1; next} /^## / {on = 0} on && !/^!\[/' "$out/validate-queues/report.md"
} | cat -s >docs/validation.md
