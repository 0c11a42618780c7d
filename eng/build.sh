#!/usr/bin/env bash
# Builds Release: eng/build.sh LOG PROJECT [MSBUILD OPTIONS]. All that the build says goes to LOG; what went wrong, to stdout.
set -uo pipefail
log=$1
shift
mkdir -p "$(dirname "$log")"
# Twice as many projects at once as cores: some wait for npm. One compiler for all of them, however this machine is set up; and no profiles taken of a compiler that lives for a minute.
DOTNET_TieredPGO=0 dotnet build "$@" -c Release --nologo -v quiet "-m:$(($(nproc) * 2))" -p:UseSharedCompilation=true >"$log" 2>&1 && exit
grep -E "(error|warn)" "$log" | sort -u | head -40 | grep . || tail -20 "$log"
exit 1
