#!/usr/bin/env bash
# Sets up what the tests need, builds, runs every test and ends with "N passed, N failed". Arguments name test projects to run alone: ./test.sh Storage Grains
# ./test.sh --hostile [CATEGORY[/SCRIPT]] runs the hostile suite alone and prints its table.
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
  if ! dotnet build tests/Ratchet.Hostile.Tests -c Release --nologo -v quiet -p:UseSharedCompilation=true >artifacts/test-build.log 2>&1; then
    grep -E "error|warn" artifacts/test-build.log | sort -u | head -40
    exit 1
  fi
  RATCHET_HOSTILE_TABLE=$table RATCHET_HOSTILE_ONLY=${2:-} timeout 480 "$program" -noLogo -noColor >"$log" 2>&1
  status=$?
  # Without a table the suite itself did not get to its end.
  cat "$table" 2>/dev/null || tail -40 "$log"
  exit "$status"
fi
if [ "${1:-}" = --fuzz ]; then
  eng/setup.sh || exit 1
  mkdir -p artifacts/tests
  echo "Building ..." >&2
  if ! dotnet build tests/Ratchet.Cluster.Tests -c Release --nologo -v quiet >artifacts/test-build.log 2>&1; then
    grep -E "error|warn" artifacts/test-build.log | sort -u | head -40
    exit 1
  fi
  RATCHET_FUZZ_REQUESTS=${2:-10000} exec timeout 900 artifacts/bin/Ratchet.Cluster.Tests/release/Ratchet.Cluster.Tests -noLogo -noColor -showLiveOutput -class Ratchet.Cluster.Tests.Fuzz.FuzzTests
fi
# Under the private PostgreSQL that the rest of this script starts.
if [ -z "${RATCHET_TEST_POSTGRES:-}" ]; then
  eng/setup.sh || exit 1
  FAST=1 exec eng/with-postgres.sh "$0" "$@"
fi

echo "Building ..." >&2
log=artifacts/test-build.log
mkdir -p artifacts/tests
if ! dotnet build Ratchet.sln -c Release --nologo -v quiet -p:UseSharedCompilation=true >"$log" 2>&1; then
  grep -E "error|warn" "$log" | sort -u | head -40
  echo "0 passed, 1 failed"
  exit 1
fi

passed=0
failed=0
for project in tests/Ratchet.*.Tests; do
  name=$(basename "$project")
  if [ $# -gt 0 ] && ! printf '%s\n' "$@" | grep -qxF "$(echo "$name" | cut -d. -f2)"; then continue; fi
  echo "== $name" >&2
  result=artifacts/tests/$name.xml
  rm -f "$result"
  # A test that hangs is named in the log.
  timeout 600 "artifacts/bin/$name/release/$name" -noLogo -noColor -diagnostics -longRunning 60 -xml "$result" >"artifacts/tests/$name.log" 2>&1
  status=$?
  if [ ! -f "$result" ]; then
    # The runner itself died: its output is all there is to see.
    tail -40 "artifacts/tests/$name.log"
    failed=$((failed + 1))
    continue
  fi
  p=$(grep -o ' passed="[0-9]*"' "$result" | head -1 | tr -dc 0-9)
  f=$(grep -oE '<assembly [^>]*' "$result" | grep -oE ' (failed|errors)="[0-9]*"' | tr -dc '0-9\n' | awk '{s+=$1} END {print s+0}')
  if [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; then f=1; fi
  [ "${f:-0}" -eq 0 ] || grep -vE '^\s*(Starting|Discover|Discovered|Finished):' "artifacts/tests/$name.log" | tail -150
  echo "   ${p:-0} passed, ${f:-0} failed ($name)" >&2
  # Tests that read public data which a clone on its own does not have say so, and fail nothing.
  grep -oE '<test [^>]*result="Skip"' "$result" | grep -oE 'name="[^"]*"' | sed 's/^name=/   not run: /' >&2
  passed=$((passed + ${p:-0}))
  failed=$((failed + ${f:-0}))
done

# Clients that others wrote, when their language is there.
if { [ $# -eq 0 ] || printf '%s\n' "$@" | grep -qxF Clients; } && command -v npm >/dev/null; then
  echo "== tests/clients" >&2
  RATCHET_PROGRAM=$root/artifacts/bin/Ratchet.Cli/release/ratchet timeout 480 tests/clients/run.sh >artifacts/tests/clients.log 2>&1
  status=$?
  p=$(grep -oE '^# pass [0-9]+' artifacts/tests/clients.log | tr -dc 0-9)
  f=$(grep -oE '^# fail [0-9]+' artifacts/tests/clients.log | tr -dc 0-9)
  if [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; then f=1; fi
  grep -E '^(# )?\| ' artifacts/tests/clients.log >&2 || true
  [ "${f:-0}" -eq 0 ] || tail -150 artifacts/tests/clients.log
  echo "   ${p:-0} passed, ${f:-0} failed (tests/clients)" >&2
  passed=$((passed + ${p:-0}))
  failed=$((failed + ${f:-0}))
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
