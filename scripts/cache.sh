#!/usr/bin/env bash
# Names, and makes, a folder in the user's cache.  cache.sh NAME
set -euo pipefail
home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
folder=${XDG_CACHE_HOME:-$home/.cache}/zanjireh/${1:?which folder}
mkdir -p "$folder"
echo "$folder"
