#!/usr/bin/env bash
# Installs the system libraries that kcpipe needs and that are missing; says what it installs.
set -euo pipefail

if [ "$(uname)" = Darwin ]; then
  for formula in hdf5 gsl nettle gnuplot pkg-config; do
    brew list "$formula" >/dev/null 2>&1 || { echo "installing $formula"; brew install "$formula"; }
  done
  exit 0
fi

if ! command -v dpkg-query >/dev/null; then
  echo "setup: this is neither Debian nor macOS; install HDF5, GSL, SQLite, Nettle (with headers), gnuplot and pkg-config by hand" >&2
  exit 0
fi

missing=()
for package in libhdf5-dev libgsl-dev libsqlite3-dev nettle-dev gnuplot-nox pkg-config; do
  state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$state" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
echo "installing ${missing[*]}"
"${sudo[@]}" apt-get update -qq
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
