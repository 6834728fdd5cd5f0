#!/usr/bin/env bash
# Installs what is missing and nothing else.  install.sh demo|tools|test
#   demo: what building needs.  tools: also cargo-nextest and cargo-deny.  test: also what tests use.
# Touches no system service: PostgreSQL comes as programs only, without a cluster and without a start.
set -euo pipefail
cd "$(dirname "$0")/.."

# Chosen once, so that a check means the same thing everywhere.
nextest_version=0.9.151
deny_version=0.20.2

for command in git make gcc cargo node npm; do
  command -v "$command" >/dev/null || {
    echo "$command is missing: Zanjireh needs git, make, gcc, Rust 1.95 and Node 20" >&2
    exit 1
  }
done

packages=(libc6-dev ca-certificates)
if [ "${1:?demo, tools or test}" = test ]; then
  packages+=(postgresql-15 chromium-headless-shell zbar-tools poppler-utils curl jq)
fi

root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

is_installed() {
  # Any PostgreSQL from 15 on will do, whoever packaged it.
  if [ "$1" = postgresql-15 ] && compgen -G '/usr/lib/postgresql/1[5-9]/bin/initdb' >/dev/null; then return; fi
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "${packages[@]}"; do is_installed "$package" || missing+=("$package"); done

apt_install() {
  root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Use-Pty=0 "$@" >/dev/null
}

# While packages unpack, Debian would start their services and PostgreSQL would make a cluster.
# Both have an official switch; each is put back as it was.
policy=/usr/sbin/policy-rc.d
cluster_settings=/etc/postgresql-common/createcluster.conf
refused_services=no
keep=
put_back() {
  if [ "$refused_services" = yes ]; then root rm -f "$policy"; refused_services=no; fi
  if [ -n "$keep" ]; then root cp -p "$keep" "$cluster_settings"; root rm -f "$keep"; keep=; fi
}

if [ ${#missing[@]} -gt 0 ]; then
  echo "installing from Debian: ${missing[*]}"
  trap put_back EXIT
  if [ ! -e "$policy" ]; then
    refused_services=yes
    printf '#!/bin/sh\nexit 101\n' | root tee "$policy" >/dev/null
    root chmod 755 "$policy"
  fi
  root apt-get update -qq
  if [[ " ${missing[*]} " == *" postgresql-15 "* ]]; then
    apt_install postgresql-common
    keep=$(mktemp)
    root cp -p "$cluster_settings" "$keep"
    root sed -i -E 's/^#? *create_main_cluster *=.*//; $ a create_main_cluster = false' "$cluster_settings"
  fi
  apt_install "${missing[@]}"
  put_back
  trap - EXIT
fi

[ "$1" != demo ] || exit 0

cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
cargo clippy --version >/dev/null 2>&1 || rustup component add clippy

# Tools of our own go to the cache, without a trace in the build directory.
tools=$(scripts/cache.sh tools)
tool() { # tool NAME VERSION: one on the path will do, whatever its version
  if command -v "$1" >/dev/null || [ -x "$tools/bin/$1" ]; then return; fi
  echo "building $1 $2 (once)"
  env -u CARGO_TARGET_DIR cargo install --quiet --locked --root "$tools" "$1@$2"
}
tool cargo-nextest "$nextest_version"
tool cargo-deny "$deny_version"
