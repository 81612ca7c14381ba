#!/usr/bin/env bash
# Offers HDF5, GSL, SQLite and Nettle as archives to the build, through pkg-config files of our own.
#
# Debian's shared HDF5 brings forty other libraries (curl, Kerberos, LDAP...), which cost every process 6 ms and
# 6 MB at its start; its archive brings none of them. Where an archive is missing or does not link by itself
# nothing is written, and the shared libraries are used.
set -euo pipefail
cd "$(dirname "$0")/.."
target="$PWD/.build/static"
[ "$(uname)" = Linux ] || exit 0
[ -f "$target/pkgconfig/nettle.pc" ] && exit 0
compiler=$(command -v clang || command -v cc) || exit 0
command -v pkg-config >/dev/null || exit 0

rm -rf "$target" "$target.new"
mkdir -p "$target.new/pkgconfig"
search=$(pkg-config --libs-only-L hdf5 gsl sqlite3 nettle)
for name in hdf5_hl hdf5 sz aec z gsl gslcblas sqlite3 nettle; do
  # shellcheck disable=SC2086
  archive=$("$compiler" $search -print-file-name="lib$name.a")
  for folder in $search; do
    [ -f "${folder#-L}/lib$name.a" ] && archive="${folder#-L}/lib$name.a"
  done
  [ -f "$archive" ] || { rm -rf "$target.new"; exit 0; }
  ln -s "$archive" "$target.new/"
done

describe() { # PACKAGE LIBRARIES...
  local package=$1
  shift
  cat > "$target.new/pkgconfig/$package.pc" <<END
Name: $package
Description: $package as an archive
Version: $(pkg-config --modversion "$package")
Cflags: $(pkg-config --cflags "$package")
Libs: -L$target $*
END
}
describe hdf5 -lhdf5_hl -lhdf5 -lsz -laec -lz -lm
describe gsl -lgsl -lgslcblas -lm
describe sqlite3 -lsqlite3 -lz -lm
describe nettle -lnettle

program='#include <hdf5.h>
#include <hdf5_hl.h>
int main(void) { return H5open() + (int)H5DSget_num_scales(0, 0); }'
# shellcheck disable=SC2046
if ! echo "$program" | "$compiler" -x c - $(pkg-config --cflags hdf5) -o "$target.new/probe" \
  -x none -L"$target.new" -lhdf5_hl -lhdf5 -lsz -laec -lz -lm 2>/dev/null; then
  rm -rf "$target.new"
  exit 0
fi
rm "$target.new/probe"
mv "$target.new" "$target"
echo "HDF5, GSL, SQLite and Nettle are linked as archives"
