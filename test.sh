#!/usr/bin/env bash
# Sets up what the tests need, builds, runs every test but the slow ones and ends with "N passed, N failed". Arguments name test projects to run alone: ./test.sh Storage Grains
# ./test.sh --hostile [CATEGORY[/SCRIPT]] runs the hostile suite alone, its slow scripts too, and prints its table.
# ./test.sh --soak [ROUNDS] kills and stops servers under load (10 rounds on each database); RATCHET_SOAK_SEED repeats a run's choices.
# ./test.sh --fuzz [N] sends N malformed requests (10,000) to a real server; RATCHET_FUZZ_SEED repeats those of an earlier run.
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
cd "$root" || exit 1
if [ "${1:-}" = --hostile ]; then
  eng/setup.sh || exit 1
  program=$root/artifacts/bin/Ratchet.Hostile.Tests/release/Ratchet.Hostile.Tests
  table=$root/artifacts/tests/hostile.txt
  log=artifacts/tests/Ratchet.Hostile.Tests.log
  mkdir -p artifacts/tests
  rm -f "$table"
  echo "Building ..." >&2
  eng/build.sh artifacts/test-build.log tests/Ratchet.Hostile.Tests || exit 1
  RATCHET_HOSTILE_TABLE=$table RATCHET_HOSTILE_ONLY=${2:-} timeout 480 "$program" -noLogo -noColor >"$log" 2>&1
  status=$?
  # Without a table the suite itself did not get to its end.
  cat "$table" 2>/dev/null || tail -40 "$log"
  exit "$status"
fi
if [ "${1:-}" = --soak ]; then
  eng/setup.sh || exit 1
  mkdir -p artifacts/tests
  echo "Building ..." >&2
  eng/build.sh artifacts/test-build.log tests/Ratchet.Cluster.Tests || exit 1
  RATCHET_SOAK_ROUNDS=${2:-10} FAST=1 exec eng/with-postgres.sh artifacts/bin/Ratchet.Cluster.Tests/release/Ratchet.Cluster.Tests -noLogo -noColor -showLiveOutput -explicit only -class Ratchet.Cluster.Tests.SoakTests
fi
if [ "${1:-}" = --fuzz ]; then
  eng/setup.sh || exit 1
  mkdir -p artifacts/tests
  echo "Building ..." >&2
  eng/build.sh artifacts/test-build.log tests/Ratchet.Cluster.Tests || exit 1
  RATCHET_FUZZ_REQUESTS=${2:-10000} exec timeout 900 artifacts/bin/Ratchet.Cluster.Tests/release/Ratchet.Cluster.Tests -noLogo -noColor -showLiveOutput -class Ratchet.Cluster.Tests.Fuzz.FuzzTests
fi
# Under the private PostgreSQL that the rest of this script starts.
if [ -z "${RATCHET_TEST_POSTGRES:-}" ]; then
  eng/setup.sh || exit 1
  FAST=1 exec eng/with-postgres.sh "$0" "$@"
fi

echo "Building ..." >&2
mkdir -p artifacts/tests
eng/build.sh artifacts/test-build.log Ratchet.sln || { echo "0 passed, 1 failed"; exit 1; }

# What a run needs most of is starts of servers and sandboxes, which live for seconds: to compile their code a second time, faster, would cost more than it brings.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCountingDelayMs=64

wanted() { [ ${#only[@]} -eq 0 ] || printf '%s\n' "${only[@]}" | grep -qxF "$1"; }
only=("$@")

# Runs one test project, and leaves its counts in artifacts/tests.
project() {
  local name=Ratchet.$1.Tests result status p f
  wanted "$1" || return 0
  echo "== $name" >&2
  result=artifacts/tests/$name.xml
  rm -f "$result"
  # A test that hangs is named in the log.
  timeout 600 "artifacts/bin/$name/release/$name" -noLogo -noColor -diagnostics -longRunning 60 -xml "$result" >"artifacts/tests/$name.log" 2>&1
  status=$?
  if [ -f "$result" ]; then
    p=$(grep -o ' passed="[0-9]*"' "$result" | head -1 | tr -dc 0-9)
    f=$(grep -oE '<assembly [^>]*' "$result" | grep -oE ' (failed|errors)="[0-9]*"' | tr -dc '0-9\n' | awk '{s+=$1} END {print s+0}')
  fi
  # A runner that died itself, or failed without a test that did: its output is all there is to see.
  if [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; then f=1; fi
  [ "${f:-0}" -eq 0 ] || echo "$(grep -vE '^\s*(Starting|Discover|Discovered|Finished):' "artifacts/tests/$name.log" | tail -150)"
  # Tests that read public data which a clone on its own does not have say so, and fail nothing.
  echo "   ${p:-0} passed, ${f:-0} failed ($name)$(grep -oE '<test [^>]*result="Skip"' "$result" 2>/dev/null | grep -oE 'name="[^"]*"' | sed 's/^name=/\n      not run: /')" >&2
  echo "${p:-0} ${f:-0}" >"artifacts/tests/$name.counts"
}

# Clients that others wrote, when their language is there.
clients() {
  local status p f
  wanted Clients && command -v npm >/dev/null || return 0
  echo "== tests/clients" >&2
  RATCHET_PROGRAM=$root/artifacts/bin/Ratchet.Cli/release/ratchet timeout 480 tests/clients/run.sh >artifacts/tests/clients.log 2>&1
  status=$?
  p=$(grep -oE '^# pass [0-9]+' artifacts/tests/clients.log | tr -dc 0-9)
  f=$(grep -oE '^# fail [0-9]+' artifacts/tests/clients.log | tr -dc 0-9)
  if [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; then f=1; fi
  [ "${f:-0}" -eq 0 ] || echo "$(tail -150 artifacts/tests/clients.log)"
  echo "   ${p:-0} passed, ${f:-0} failed (tests/clients)$(sed -n 's/^ok [0-9]* - \(.*\) # SKIP.*/\n      not run: "\1"/p' artifacts/tests/clients.log)" >&2
  # What an audit by others said of the GraphQL endpoint.
  sed -nE 's/^# (\|.*)$/   \1/p' artifacts/tests/clients.log >&2
  echo "${p:-0} ${f:-0}" >artifacts/tests/clients.counts
}

rm -f artifacts/tests/*.counts
# Those that wait for a part of their time, two at once; the others keep two cores busy by themselves.
{ project Cluster; project Storage; } &
{ project Gateway; clients; } &
wait
for path in tests/Ratchet.*.Tests; do
  name=$(basename "$path" | cut -d. -f2)
  case $name in Cluster | Gateway | Storage) ;; *) project "$name" ;; esac
done
read -r passed failed < <(cat artifacts/tests/*.counts 2>/dev/null | awk '{p+=$1; f+=$2} END {print p+0, f+0}')
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
