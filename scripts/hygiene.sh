#!/usr/bin/env bash
# What no file of the project may hold. Reads what git tracks or would track.
# The patterns are written so that they do not match themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

faults=0
fault() { # fault SENTENCE FINDINGS
  [ -n "$2" ] || return 0
  printf '%s\n%s\n\n' "$1" "$(head -n 20 <<<"$2")" >&2
  faults=$((faults + 1))
}
# search PATTERN PATHSPEC…: where it stands, in files known and new, binary files left out
search() { git grep --untracked -nIE -e "$1" -- "${@:2}" | cut -c1-160 || true; }
all=(. ':!Cargo.lock' ':!package-lock.json')

fault 'Physical directions in a style sheet; the logical ones mirror by themselves:' "$(
  search '(margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)|(^|[^-a-z])(left|right)[[:space:]]*:|(text-align|float|clear):[[:space:]]*(left|right)|border-(top|bottom)-(left|right)' '*.css')"

fault 'Addresses of package registries; they differ from machine to machine:' "$(
  search 'crates[.]i[o]|registry[.]n[p]mjs|pypi[.]o[r]g|deb[.]d[e]bian|static[.]r[u]st-lang' "${all[@]}")"

fault 'Paths of one machine:' "$(
  search '(^|[^A-Za-z0-9_.-])/(w[o]rk|r[o]ot|h[o]me)/[A-Za-z0-9_.]' "${all[@]}")"

fault 'A lock file that records where packages were fetched (see .npmrc):' "$(
  search '"resolved": *"http' '*package-lock.json')"

fault 'Words about how the text came about; a reader cares for what it is:' "$(
  search '[.][.]/sh[a]red|DESIGN[.]m[d]|STYLE[.]m[d]|hand[b]ook [0-9]|[iI]ssue [#]?[0-9]|C[l]aude|Chat[G]PT|language m[o]del|AI-gen[e]rated|as an [A]I' "${all[@]}")"

fault 'Unfinished places and tests that are switched off:' "$(
  search '#\[ignor[e]|tod[o]!\(|unimplemente[d]!\(|assert!\(tru[e]\)|\bFIXM[E]\b|\bXX[X]\b|\bTOD[O]\b' "${all[@]}" ':!LICENSE')"

# By their bytes, so that it holds in any locale.
fault 'Arabic letter forms or tatweel in Persian messages (write ی and ک):' "$(
  search $'\xd9\x8a|\xd9\x83|\xd9\x80' '*.ftl')"

fault 'Private keys or tokens:' "$(
  search 'BEGIN ([A-Z]+ )?PRIV[A]TE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}' "${all[@]}")"

fault 'Files over 512 kB; large data is made, not kept:' "$(
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -f "$file" ] || [ "$(stat -c %s "$file")" -le 524288 ] || stat -c '%s %n' "$file"
  done)"

fault 'Generated folders that are tracked:' "$(
  git ls-files -- target node_modules assets dist pictures | head)"

fault 'A dependency that README.md gives no reason for:' "$(
  sed -nE '/^\[workspace\.dependencies\]/,/^\[workspace\.lints/{/path =/d; s/^([a-z0-9_-]+) = .*/\1/p}' Cargo.toml |
    while read -r name; do grep -qF "| \`$name\` |" README.md || echo "$name"; done)"

if [ "$faults" -gt 0 ]; then echo "hygiene: $faults kinds of fault" >&2; exit 1; fi
echo "hygiene: $(git ls-files --cached --others --exclude-standard | wc -l) files, no fault"
