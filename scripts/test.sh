#!/usr/bin/env bash
# Runs all tests, optimized; the commands are tested on the release build beside them.
set -euo pipefail
cd "$(dirname "$0")/.."
export KCPIPE_EXECUTABLE="$PWD/.build/release/kcpipe"
swift test -c release -Xswiftc -enable-testing --disable-xctest "$@"
