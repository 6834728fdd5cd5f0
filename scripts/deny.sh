#!/usr/bin/env bash
# cargo-deny, from the path or from our cache.  deny.sh check bans licenses sources
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:$(scripts/cache.sh tools)/bin
exec cargo-deny --workspace --all-features --locked "$@"
