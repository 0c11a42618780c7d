#!/usr/bin/env bash
# Clients that others wrote, against one server of this repository's: installs them by npm and runs every *.test.mjs here and in rest/. Arguments name files to run alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ci --no-audit --no-fund --loglevel=error >/dev/null
(cd rest && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
if [ $# -eq 0 ]; then set -- *.test.mjs rest/*.test.mjs; fi
exec node run.mjs "$@"
