#!/usr/bin/env bash
# Jobs a second for submit -> V8 in a sandbox process -> durable result, on both databases, durability on. Arguments go to the bench: --jobs N --batch N --rounds N
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"
if [ -z "${RATCHET_TEST_POSTGRES:-}" ]; then exec eng/with-postgres.sh "$0" "$@"; fi
echo "Building ..." >&2
eng/build.sh artifacts/bench-build.log bench/Ratchet.Bench -p:CompileAhead=true >&2
echo "| database | round | jobs | jobs/s | submit s | total s | own CPU us/job | machine CPU us/job |"
echo "|---|---|---|---|---|---|---|---|"
for provider in postgresql sqlite; do dotnet artifacts/bin/Ratchet.Bench/release/Ratchet.Bench.dll --provider "$provider" "$@"; done
echo
echo "Machine: $(nproc) cores, $(awk -F: '/model name/ {print $2; exit}' /proc/cpuinfo | xargs); load generator, silo, sandboxes and database share it."
