#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own that lives exactly as long as the command.
#   scripts/with-postgres.sh CMD…
# The cluster is private: a temporary folder, an unprivileged user, loopback only, a password made
# now. It promises nothing about durability. CMD finds it in ZANJIREH_TEST_POSTGRES, and room for its
# own temporary files beside it in TMPDIR.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/1[5-9]/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || { echo "PostgreSQL 15 or newer is missing: run scripts/install.sh test" >&2; exit 1; }

# In memory where there is room: every test makes a database of a thousand small files and drops it.
place=/tmp
room=$(df --output=avail --block-size=1M /dev/shm 2>/dev/null | tail -1 || true)
[ "${room:-0}" -lt 3000 ] || [ ! -w /dev/shm ] || place=/dev/shm
folder=$(mktemp -d "$place/zanjireh-postgres.XXXXXX")
server=
stop() {
  if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then
    kill -QUIT "$server"        # immediate: nothing in it is worth a checkpoint
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# PostgreSQL refuses to run as root; without root it runs as whoever called.
as_server=(setpriv --pdeathsig QUIT --)
if [ "$(id -u)" = 0 ]; then
  chown nobody:nogroup "$folder"
  as_server=(setpriv --reuid nobody --regid nogroup --clear-groups --pdeathsig QUIT --)
fi
cd "$folder"

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077; printf '%s' "$password" >password)
[ "$(id -u)" != 0 ] || chown nobody:nogroup password
"${as_server[@]}" "$bin/initdb" --pgdata=data --username=zanjireh --pwfile=password \
  --auth-local=reject --auth-host=password --encoding=UTF8 --locale=C --no-sync \
  --no-instructions >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }

start() { # start PORT: true once it answers there
  "${as_server[@]}" "$bin/postgres" -D data -p "$1" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 \
    -c shared_buffers=128MB -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c wal_level=minimal -c max_wal_senders=0 -c jit=off -c logging_collector=off \
    >server.log 2>&1 &
  server=$!
  for _ in $(seq 300); do
    kill -0 "$server" 2>/dev/null || return 1
    # The server writes "ready" itself, so another one's answer on this port cannot mislead us.
    if grep -q '^ready' data/postmaster.pid 2>/dev/null; then return; fi
    sleep 0.1
  done
  return 1
}

# Below the range that the kernel gives to outgoing connections.
for _ in 1 2 3 4 5 6 7 8; do
  port=$((20000 + RANDOM % 12000))
  if start "$port"; then ready=yes; break; fi
done
[ "${ready:-}" = yes ] || { cat server.log >&2; exit 1; }

cd "$OLDPWD"
mkdir "$folder/files"
export TMPDIR=$folder/files
status=0
ZANJIREH_TEST_POSTGRES="postgres://zanjireh:$password@127.0.0.1:$port/postgres" "$@" || status=$?
if [ "$status" != 0 ]; then
  grep -E 'PANIC|FATAL|terminated|out of' "$folder/server.log" | tail -n 5 >&2 || true
fi
exit "$status"
