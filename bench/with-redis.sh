#!/usr/bin/env bash
# Runs a command with a private, throw-away Redis on a free loopback port:
#
#   bench/with-redis.sh CMD [ARG...]
#
# CMD finds the port in RATCHET_BENCH_REDIS. The server and its files are gone when CMD ends, also by a signal. Which durability is measured, CMD sets
# itself (CONFIG SET appendfsync); snapshots are off, so that no fork falls into a measurement.
set -euo pipefail

die() { echo "with-redis: $*" >&2; exit 2; }

[[ $# -gt 0 ]] || die "give a command to run, for example: bench/with-redis.sh env"

if ! command -v redis-server >/dev/null; then
    [[ $(id -u) -eq 0 && -x /usr/bin/apt-get ]] \
        || die "redis-server is missing. Install it (apt-get install redis-server), or leave the peers out with --peers none."
    echo "with-redis: installing Debian's redis-server" >&2
    export DEBIAN_FRONTEND=noninteractive
    # A run level in which the package does not start a server of its own: it would share the machine with the measurement.
    { apt-get -qq update && RUNLEVEL=1 apt-get -qq install -y --no-install-recommends redis-server; } >/dev/null 2>&1 || die "apt-get could not install redis-server."
fi

die_with_parent=()
if command -v setpriv >/dev/null && setpriv --pdeathsig INT true 2>/dev/null; then die_with_parent=(setpriv --pdeathsig TERM); fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/ratchet-redis.XXXXXX")
server=
child=

clean_up() {
    trap '' INT TERM HUP
    if [[ -n "$child" ]] && kill -TERM "$child" 2>/dev/null; then wait "$child" 2>/dev/null || true; fi
    if [[ -n "$server" ]] && kill -TERM "$server" 2>/dev/null; then wait "$server" 2>/dev/null || true; fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# A port that is free now may be taken a moment later, so a start that fails is tried on another port.
for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    "${die_with_parent[@]}" redis-server --bind 127.0.0.1 --port "$port" --dir "$folder" --save '' --appendonly yes --appendfsync everysec \
        >"$folder/server.log" 2>&1 &
    server=$!
    while kill -0 "$server" 2>/dev/null; do
        if [[ $(redis-cli -h 127.0.0.1 -p "$port" ping 2>/dev/null) == PONG ]]; then break 2; fi
        sleep 0.05
    done
    wait "$server" || true
    server=
done
[[ -n "$server" ]] || { cat "$folder/server.log" >&2; die "Redis did not start"; }

export RATCHET_BENCH_REDIS=$port
# In the background, so that a signal to this script is acted on at once and not after CMD; its standard input stays ours.
"$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
