#!/usr/bin/env bash
# Fills assets/ with the files from npm that the program embeds: fonts, script, their licences, and
# a manifest with the hash of each. Does nothing when all of it is there and unchanged.
set -euo pipefail
cd "$(dirname "$0")/.."

# Packages first: the browser tests need them too.
lock=$(sha256sum <package-lock.json | cut -d' ' -f1)
if [ "$(cat node_modules/.installed 2>/dev/null)" != "$lock" ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  echo "$lock" >node_modules/.installed
fi

made_from=$(cat package-lock.json scripts/assets.sh scripts/subset-font.mjs | sha256sum | cut -d' ' -f1)
if [ -f assets/manifest.json ] && grep -q "\"made_from\": \"$made_from\"" assets/manifest.json &&
  sed -nE 's/^    "(.+)": "([0-9a-f]{64})",?$/\2  \1/p' assets/manifest.json |
    (cd assets && sha256sum --check --status --strict); then
  exit 0
fi

# Beside the real folder and swapped at the end: whoever builds meanwhile sees all or nothing.
fresh=$(mktemp -d node_modules/.assets.XXXXXX)
trap 'rm -rf "$fresh"' EXIT
chmod 755 "$fresh"
mkdir "$fresh/fonts" "$fresh/js" "$fresh/licences"

vazirmatn=node_modules/vazirmatn
cp "$vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf" "$vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf" "$fresh/fonts/"
unicode_range=$(node scripts/subset-font.mjs \
  "$vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2" "$fresh/fonts/vazirmatn.woff2")
cp "$vazirmatn/OFL.txt" "$fresh/licences/vazirmatn.txt"
cp node_modules/htmx.org/dist/htmx.min.js "$fresh/js/"
cp node_modules/htmx.org/LICENSE "$fresh/licences/htmx.txt"
chmod 644 "$fresh"/*/*

files=$(cd "$fresh" && sha256sum fonts/* js/* licences/* | sed -E 's/^([0-9a-f]{64})  (.*)$/    "\2": "\1",/')
cat >"$fresh/manifest.json" <<JSON
{
  "made_from": "$made_from",
  "unicode_range": "$unicode_range",
  "files": {
${files%,}
  }
}
JSON

rm -rf assets
mv "$fresh" assets
trap - EXIT
echo "assets/ is ready: $(du -sb assets | cut -f1) bytes"
