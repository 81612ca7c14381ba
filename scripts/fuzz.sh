#!/usr/bin/env bash
# Fuzzes every reader of files for some seconds each: scripts/fuzz.sh [SECONDS] [TARGET...].
# The corpus is made from the repository's own files; inputs that make a reader fail are kept and named.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:-30}"
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(manifest historic-log csv services market)
build=.build-fuzz
work="$(mktemp -d "${TMPDIR:-/tmp}/kcpipe-fuzz.XXXXXX")"

runtime="$(dirname "$(dirname "$(readlink -f "$(command -v swiftc)")")")"
library="$(find "$runtime"/lib/clang/*/lib -name "libclang_rt.fuzzer_no_main-$(uname -m).a" | head -1)"
[ -n "$library" ] || { echo "fuzz: this Swift has no libFuzzer" >&2; exit 64; }

export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
# Debug, so that internal names can be reached, but optimized; traps stay.
KCPIPE_FUZZ=1 swift build --scratch-path "$build" --product Fuzz --sanitize address \
  -Xswiftc -O -Xswiftc -sanitize-coverage=edge,indirect-calls,trace-cmp,inline-8bit-counters,pc-table \
  -Xlinker "$library" -Xlinker -lstdc++

seeds() { # TARGET FOLDER
  mkdir -p "$2"
  case "$1" in
    manifest)
      find experiments -name '*.yaml' | while read -r file; do cp "$file" "$2/${file//\//-}"; done
      # Each document of the schema check: what stands below `document: |`, without its indentation.
      awk -v folder="$2" '
        /^- title:/ { number++; isText = 0 }
        /^  [a-z]+:/ { isText = /document: \|/; next }
        isText { print substr($0, 5) > (folder "/document-" number ".yaml") }' Tests/Schema/documents.yaml
      ;;
    historic-log) cp experiments/data/requests.queue "$2/"; head -c 512 experiments/data/requests.queue >"$2/two" ;;
    csv) cp experiments/data/payments.csv "$2/" ;;
    market) cp experiments/data/market-2017.json "$2/" ;;
  esac
  [ ! -d "Tests/Fuzz/Seeds/$1" ] || cp -r "Tests/Fuzz/Seeds/$1/." "$2/"
}

failed=0
for target in "${targets[@]}"; do
  corpus="$work/$target/corpus"
  seeds "$target" "$corpus"
  mkdir -p "$work/$target/found"
  before=$(find "$corpus" -type f | wc -l)
  if KCPIPE_FUZZ_TARGET="$target" TMPDIR="$work/" \
    "$build/debug/Fuzz" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=2048 -max_len=8192 \
    -dict="Tests/Fuzz/Words/$target.dict" -artifact_prefix="$work/$target/found/" \
    -print_final_stats=1 "$corpus" >"$work/$target/log.txt" 2>&1; then
    runs=$(awk '/stat::number_of_executed_units/ { print $2 }' "$work/$target/log.txt")
    after=$(find "$corpus" -type f | wc -l)
    echo "fuzz: $target: $runs inputs, $before seeds, $((after - before)) more that reach new code"
  else
    failed=1
    echo "fuzz: $target FAILED, see $work/$target/log.txt; inputs:" >&2
    find "$work/$target/found" -type f >&2
    grep -aE "Fatal error|ERROR|SUMMARY|Precondition" "$work/$target/log.txt" | head -5 >&2 || true
  fi
done
[ "$failed" -eq 1 ] || rm -rf "$work"
exit "$failed"
