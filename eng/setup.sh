#!/usr/bin/env bash
# Sees to it that the machine has what the build needs: the .NET SDK, npm, which fetches the JavaScript libraries of the sandbox and of the gateway's pages at build. (eng/with-postgres.sh sees to PostgreSQL.)
# bubblewrap, which walls sandboxes in, is installed as well where that is possible, so that its level is tested; Ratchet works without.
set -euo pipefail
missing=()
command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing; install it and put 'dotnet' on the PATH." >&2; exit 1; }
command -v npm >/dev/null || missing+=(nodejs npm)
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null && ! command -v bwrap >/dev/null; then missing+=(bubblewrap); fi
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Missing: ${missing[*]}. Install them (Debian: apt-get install ${missing[*]}), then run this again." >&2
  exit 1
fi
echo "Installing ${missing[*]} ..." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
