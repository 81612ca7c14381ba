#!/usr/bin/env bash
# Tests the benchmark gate on this machine, under load: how often it sees a difference between a program and
# itself (A/A), and how often it finds a planted slowdown of 10 %.
#
#   scripts/aa.sh [comparisons=200] [samples=20] [busy processes=number of cores]
set -euo pipefail
cd "$(dirname "$0")/.."
comparisons=${1:-200} samples=${2:-20} busy=${3:-$(nproc)}
kcpipe=${KCPIPE:-$PWD/.build/release/kcpipe}
work=$(mktemp -d)
loaders=()
trap 'kill "${loaders[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

# Each loader is busy and idle by turns, up to two seconds each: a machine that is shared.
for i in $(seq "$busy"); do
  (
    RANDOM=$i
    while :; do
      end=$((SECONDS + RANDOM % 3))
      while ((SECONDS < end)); do :; done
      sleep "$((RANDOM % 2)).$((RANDOM % 10))"
    done
  ) &
  loaders+=($!)
done

verdict() { # record's stem, metric
  "$kcpipe" compare "$1.base.json" "$1.json" --metric "$2" --format json --fail-on never \
    | sed -n 's/.*"verdict": "\(.*\)".*/\1/p'
}

measure() { # name, further options
  local name=$1
  shift
  for i in $(seq "$comparisons"); do
    "$kcpipe" bench experiments/benchmarks/gate.yaml --step traffic --against "$kcpipe" \
      --samples "$samples" --precision 0 --order-seed "$i" --outputs "$work/outputs" \
      --fail-on never --out "$work/$name.$i.json" "$@" >/dev/null 2>&1
    for metric in cpu wall; do
      echo "$name $metric $(verdict "$work/$name.$i" "$metric")" >>"$work/verdicts"
    done
  done
}

measure same
measure slower --burden 10%
echo "$comparisons comparisons of $samples samples each, measured in turn, beside $busy busy processes:"
for metric in cpu wall; do
  alarms=$(grep -c "^same $metric \(regression\|improvement\)$" "$work/verdicts" || true)
  found=$(grep -c "^slower $metric regression$" "$work/verdicts" || true)
  echo "  $metric: $alarms false alarms; $found of $comparisons slowdowns of 10 % found"
done
sort "$work/verdicts" | uniq -c
