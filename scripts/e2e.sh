#!/usr/bin/env bash
# Opens a small demo city in a real browser and runs the walks and page checks of e2e/.
#   ZANJIREH_BIN=target/debug/zanjireh scripts/e2e.sh [e2e/FILE.test.mjs…]
set -euo pipefail
cd "$(dirname "$0")/.."
export ZANJIREH_BIN=${ZANJIREH_BIN:-${CARGO_TARGET_DIR:-target}/debug/zanjireh}
[ -x "$ZANJIREH_BIN" ] || { echo "no program at $ZANJIREH_BIN: cargo build --workspace first" >&2; exit 1; }
if [ $# = 0 ]; then set -- e2e/*.test.mjs; fi
rm -rf pictures
# Three files at once: each opens a city and a browser of its own, and waits now and then for either.
exec node --test --test-concurrency=3 --test-reporter=spec "$@"
