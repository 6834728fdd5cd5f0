#!/usr/bin/env bash
# True when a doc comment or a crate's README holds an example that Rust would run.
set -euo pipefail
cd "$(dirname "$0")/.."
find app crates migrations -name '*.rs' -o -name README.md | sort | xargs awk '
  FNR == 1 { fenced = 0 }
  {
    line = $0
    if (FILENAME ~ /\.rs$/ && sub(/^[ \t]*\/\/[\/!] ?/, "", line) == 0) { fenced = 0; next }
    if (line !~ /^[ \t]*```/) next
    if (fenced) { fenced = 0; next }
    fenced = 1
    sub(/^[ \t]*```[ \t]*/, "", line)
    if (line ~ /^((rust|no_run|should_panic|compile_fail)[ ,]*)*$/) { found = 1; exit }
  }
  END { exit !found }'
