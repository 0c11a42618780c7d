#!/usr/bin/env bash
# Clients that others wrote, against one server of this repository's: installs them by npm and runs every *.test.mjs here and in rest/. Arguments name files to run alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ci --no-audit --no-fund --loglevel=error >/dev/null
(cd rest && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
# Without a browser the pages' tests say that they were not run.
if ! command -v chromium >/dev/null && [ -z "${RATCHET_CHROMIUM:-}" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || echo "# Chromium could not be installed." >&2
fi
if [ $# -eq 0 ]; then set -- *.test.mjs rest/*.test.mjs; fi
exec node run.mjs "$@"
