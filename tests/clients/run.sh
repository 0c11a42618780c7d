#!/usr/bin/env bash
# Clients that others wrote, against a server of this repository's: installs them by npm and runs every *.test.mjs here. Arguments name files to run alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ci --no-audit --no-fund --loglevel=error >/dev/null
if [ $# -eq 0 ]; then set -- *.test.mjs; fi
exec node --test --test-reporter=tap --test-concurrency=1 --test-timeout=120000 "$@"
