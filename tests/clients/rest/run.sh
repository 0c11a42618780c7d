#!/usr/bin/env bash
# Starts a server of its own on loopback, runs the clients' tests against it and stops it. The command has to be built.
set -uo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$here/../../..
cd "$here" || exit 1
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || exit 1
folder=$(mktemp -d)
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
RATCHET__Cluster__SiloPort=0 RATCHET__Cluster__GatewayPort=0 dotnet "$root/artifacts/bin/Ratchet.Cli/release/ratchet.dll" serve --urls "http://127.0.0.1:$port" --data "$folder/data" --tasks "$root/samples/tasks" >"$folder/log" 2>&1 &
server=$!
stop() { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$folder"; }
trap stop EXIT
for _ in $(seq 600); do
  curl -fs "http://127.0.0.1:$port/readyz" >/dev/null && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/log"; exit 1; }
  sleep 0.1
done
RATCHET_URL="http://127.0.0.1:$port" node --test --test-concurrency=1
