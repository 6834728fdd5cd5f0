#!/usr/bin/env bash
# Makes dist/zanjireh-VERSION-SYSTEM.tar.gz: the program, its service unit, an installer, all
# licences and the hash of each file. The same sources give the same archive.
#   scripts/release.sh PROGRAM
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:?which program}
version=$(sed -nE '/^\[workspace\.package\]/,/^\[/s/^version = "(.*)"/\1/p' Cargo.toml)
name=zanjireh-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
when=$(git log -1 --format=%ct)

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/$name/licences/browser" dist
install -m 755 "$program" "$stage/$name/zanjireh"
install -m 755 packaging/install.sh "$stage/$name/"
install -m 644 packaging/zanjireh.service packaging/zanjireh.env LICENSE README.md CHANGELOG.md "$stage/$name/"
install -m 644 assets/licences/* "$stage/$name/licences/browser/"
node scripts/licences.mjs "$stage/$name/licences"
chmod -R u=rwX,go=rX "$stage/$name"

(cd "$stage/$name" && find . -type f ! -name SHA256SUMS -printf '%P\0' | sort -z |
  xargs -0 sha256sum >SHA256SUMS)
tar -C "$stage" --sort=name --mtime="@$when" --owner=0 --group=0 --numeric-owner \
  -cf - "$name" | gzip -n -9 >"dist/$name.tar.gz"
(cd dist && sha256sum "$name.tar.gz" | tee "$name.tar.gz.sha256")
