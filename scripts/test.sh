#!/usr/bin/env bash
# Every check and test, from the quickest to the slowest. Expects scripts/install.sh test and
# scripts/assets.sh to have run; `make test` runs all three.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:$(scripts/cache.sh tools)/bin

step() { printf '\n== %s (%d s so far)\n' "$1" "$SECONDS"; }

step 'hygiene'
scripts/hygiene.sh

step 'format'
cargo fmt --all --check

step 'bans, licences and sources'
scripts/deny.sh check bans licenses sources

step 'lints'
cargo clippy --workspace --all-targets --locked -- -D warnings

# One build for all that follows: programs and tests together get the same features.
step 'build'
began=$SECONDS
cargo build --workspace --bins --tests --locked
program=${CARGO_TARGET_DIR:-target}/debug/zanjireh
printf 'build seconds: %d\nbinary size: %d bytes (%s)\npackages: %d\n' \
  "$((SECONDS - began))" "$(stat -c %s "$program")" "$program" "$(grep -c '^name = ' Cargo.lock)"

if scripts/has-doctests.sh; then
  step 'examples in the documentation'
  cargo test --workspace --doc --locked
fi

step 'tests, on SQLite and PostgreSQL'
# One more than there are cores: a test that waits for its server leaves one idle.
scripts/with-postgres.sh cargo nextest run --workspace --locked --test-threads "$(($(nproc) + 1))"

step 'pages in a browser'
ZANJIREH_BIN=$program scripts/with-postgres.sh scripts/e2e.sh
