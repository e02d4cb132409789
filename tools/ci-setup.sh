#!/bin/sh
# Only where CI=true: install what the tests need beside Python packages. One line a need: how to see it, its package.
set -eu

need() {
    sh -c "$1" >/dev/null 2>&1 && return
    [ -n "${fresh:-}" ] || { apt-get update --quiet=2 && fresh=yes; }
    DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "$2" >/dev/null
}

need "python3 -c 'import venv, ensurepip'" python3-venv
need "command -v chromium" chromium
need "command -v javac" openjdk-17-jdk-headless
need "command -v mvn" maven
need "command -v node && command -v npm" npm
need "ls /usr/lib/postgresql/*/bin/initdb" postgresql

need "command -v curl" curl

tools="$(dirname "$0")"
"$tools/engines.sh"
"$tools/engines/fetch.sh" "$tools/engines/server"
