#!/usr/bin/env bash
# A copied coin must not compile: each snippet is refused with the diagnostic in its first line.
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)
modules=$(cd "$folder/../../../.." && pwd)/.build/debug/Modules
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
count=0
for snippet in "$folder"/*.swift.txt; do
  expected=$(head -n 1 "$snippet" | sed 's|^// ||')
  source="$copy/$(basename "$snippet" .txt)"
  cp "$snippet" "$source"
  if output=$(swiftc -swift-version 6 -I "$modules" -emit-sil -o /dev/null "$source" 2>&1); then
    echo "rejected: $(basename "$snippet") compiles, and must not" >&2
    exit 1
  fi
  if ! grep -qF "$expected" <<<"$output"; then
    printf 'rejected: %s is refused for another reason:\n%s\n' "$(basename "$snippet")" "$output" >&2
    exit 1
  fi
  count=$((count + 1))
done
echo "rejected: $count ways to copy a coin do not compile"
