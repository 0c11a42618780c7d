#!/usr/bin/env bash
# Measures Ratchet and its peers in one run on this machine, and writes a Markdown report to bench/results. bench/run.sh --help lists the options.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

# With no peers, nothing of theirs is needed.
peers=yes
previous=
for argument in "$@"; do
    if [[ "$previous" == --peers && "$argument" == none ]]; then peers=no; fi
    if [[ "$argument" == --help || "$argument" == -h ]]; then exec sed -n '/"""$/,/"""/{/"""/d;s/^        //;p}' bench/Ratchet.Bench/Run/RunOptions.cs; fi
    previous=$argument
done

build() {
    eng/build.sh artifacts/bench-build.log "$1" -p:CompileAhead=true >&2
}

eng/setup.sh
echo "Building ..." >&2
build src/Ratchet.Cli
build bench/Ratchet.Bench
around=(eng/with-postgres.sh)
if [[ $peers == yes ]]; then
    build bench/peers/hangfire
    if [[ ! -e bench/peers/node_modules/.package-lock.json || bench/peers/package-lock.json -nt bench/peers/node_modules/.package-lock.json ]]; then
        # Not 'npm ci': it refuses a lock file without the packages for other platforms, which not every registry has.
        npm install --no-save --prefix bench/peers --loglevel=error >&2
    fi
    around+=(bench/with-redis.sh)
fi

# All that the run writes, databases included, is below one folder, so that it is gone afterwards however the run ends.
folder=$(mktemp -d "${TMPDIR:-/tmp}/ratchet-run.XXXXXX")
chmod 711 "$folder"
child=

clean_up() {
    trap '' INT TERM HUP
    if [[ -n "$child" ]] && kill -TERM "$child" 2>/dev/null; then wait "$child" 2>/dev/null || true; fi
    # Only when the bench itself was killed is a server of Ratchet's left.
    if [[ -s "$folder/server.pid" ]]; then kill -TERM "$(<"$folder/server.pid")" 2>/dev/null || true; fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# FAST would turn PostgreSQL's durability off.
unset FAST RATCHET_TEST_POSTGRES
TMPDIR=$folder "${around[@]}" dotnet artifacts/bin/Ratchet.Bench/release/Ratchet.Bench.dll run "$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
