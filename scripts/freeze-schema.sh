#!/usr/bin/env bash
# Prints the steps of the schema as a release's entry for migrations/released.toml. Run it when a
# version is released, once:
#   scripts/freeze-schema.sh 0.2.0 >>migrations/released.toml
# and keep beside it what the upgrade test restores with every later program, made by that release:
#   zanjireh backup app/tests/releases/0.2.0.backup
set -euo pipefail
cd "$(dirname "$0")/../migrations"
version=${1:?usage: scripts/freeze-schema.sh VERSION}

printf '\n["%s"]\n' "$version"
for file in [0-9]*.sql; do
  printf '%s = "%s"\n' "${file%.sql}" "$(sha256sum "$file" | cut -d ' ' -f 1)"
done
