#!/usr/bin/env bash
# Runs a command with a private, throw-away PostgreSQL on a free loopback port:
#
#   eng/with-postgres.sh CMD [ARG...]
#
# CMD finds an Npgsql connection string of a superuser in RATCHET_TEST_POSTGRES. The server and its files are gone when CMD ends, also by a signal.
# FAST=1 turns fsync off: right for tests, wrong for measurements. POSTGRES_BIN names the folder of the server's programs when it is not found by itself.
# Works as root (the server then runs as `postgres` or `nobody`, as it refuses root) and as a plain user.
set -euo pipefail

die() { echo "with-postgres: $*" >&2; exit 2; }

[[ $# -gt 0 ]] || die "give a command to run, for example: eng/with-postgres.sh env"

find_binaries() {
    local candidate
    for candidate in "${POSTGRES_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -Vr) \
        "$(dirname "$(readlink -f "$(command -v postgres || echo /)")")"; do
        if [[ -n "$candidate" && -x "$candidate/initdb" && -x "$candidate/postgres" ]]; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

if ! bin=$(find_binaries); then
    [[ $(id -u) -eq 0 && -x /usr/bin/apt-get ]] \
        || die "no PostgreSQL server programs found. Install PostgreSQL 14 or later (apt-get install postgresql), or name their folder in POSTGRES_BIN."
    echo "with-postgres: installing Debian's postgresql" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update >&2
    apt-get -qq install -y --no-install-recommends postgresql >/dev/null
    bin=$(find_binaries) || die "the package postgresql is installed, yet initdb is not in /usr/lib/postgresql/*/bin."
fi

# The server refuses to run as root; the signal on its parent's death ends it even when this script is killed.
as_server=()
owner=$(id -un)
if [[ $(id -u) -eq 0 ]]; then
    owner=nobody
    if id -u postgres >/dev/null 2>&1; then owner=postgres; fi
    if command -v setpriv >/dev/null; then
        as_server=(setpriv "--reuid=$owner" "--regid=$(id -gn "$owner")" --clear-groups)
    else
        as_server=(runuser -u "$owner" --)
    fi
fi
die_with_parent=()
if command -v setpriv >/dev/null && setpriv --pdeathsig INT true 2>/dev/null; then die_with_parent=(setpriv --pdeathsig INT); fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/ratchet-postgres.XXXXXX")
server=
child=

clean_up() {
    trap '' INT TERM HUP
    if [[ -n "$child" ]] && kill -TERM "$child" 2>/dev/null; then wait "$child" 2>/dev/null || true; fi
    # INT asks for a fast shutdown: open connections are cut, data is flushed.
    if [[ -n "$server" ]] && kill -INT "$server" 2>/dev/null; then wait "$server" 2>/dev/null || true; fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077; printf '%s' "$password" >"$folder/password")
if [[ $(id -u) -eq 0 ]]; then chown -R "$owner" "$folder"; fi
cd "$folder"
"${as_server[@]}" "$bin/initdb" -D "$folder/data" -U ratchet --pwfile="$folder/password" --auth=scram-sha-256 \
    --encoding=UTF8 --no-locale --no-sync >"$folder/initdb.log" 2>&1 \
    || { cat "$folder/initdb.log" >&2; die "initdb failed"; }
cd "$OLDPWD"

settings=(-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c logging_collector=off -c max_wal_size=4GB -c shared_buffers=256MB)
if [[ "${FAST:-0}" == 1 ]]; then settings+=(-c fsync=off -c full_page_writes=off); fi

# A port that is free now may be taken a moment later, so a start that fails is tried on another port.
for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    "${as_server[@]}" "${die_with_parent[@]}" "$bin/postgres" -D "$folder/data" -p "$port" "${settings[@]}" >"$folder/server.log" 2>&1 &
    server=$!
    while kill -0 "$server" 2>/dev/null; do
        if "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" -U ratchet; then break 2; fi
        sleep 0.05
    done
    wait "$server" || true
    server=
done
[[ -n "$server" ]] || { cat "$folder/server.log" >&2; die "PostgreSQL did not start"; }

export RATCHET_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=ratchet;Password=$password;Database=postgres"
# In the background, so that a signal to this script is acted on at once and not after CMD; its standard input stays ours.
"$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
