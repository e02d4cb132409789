#!/bin/sh
# Make .venv hold what requirements/ pins, and Gradeline itself: `setup.sh core`, `demo`, `dev` or `spark`.
# What is already so is left alone: a stamp holds the sum of everything that decides it.
set -eu
cd "$(dirname "$0")/.."

fail() { echo "make: $1" >&2; exit 1; }

find_python() {
    without_venv=
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        if "$name" -c 'import venv, ensurepip' 2>/dev/null; then echo "$name"; return; fi
        without_venv=${without_venv:-$name}
    done
    [ -z "$without_venv" ] ||
        fail "$without_venv has no venv module. Install it (Debian, Ubuntu: apt install python3-venv), then run make again."
    fail "no Python 3.11 or newer was found. Install one, or name it: make PYTHON=/path/to/python3.12 ..."
}

sum() { { pwd; cat pyproject.toml requirements/core.txt requirements/build.txt "requirements/$1.txt"; } | cksum; }

is_done() { [ "$(cat ".venv/.$1" 2>/dev/null)" = "$(sum "$1")" ] && .venv/bin/python -c '' 2>/dev/null; }

pip() { .venv/bin/python -m pip --quiet --disable-pip-version-check "$@" || fail "pip failed: its reason is above."; }

pinned() { echo "--require-hashes --no-deps --requirement requirements/$1.txt"; }

install_core() {
    python=$(find_python)
    echo "Setting up .venv, once ..."
    .venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear .venv || fail "$python could not make .venv."
    # Kept for the test that installs the built wheel elsewhere: it needs no network then.
    # shellcheck disable=SC2046
    pip download $(pinned core) --dest .venv/wheels
    # shellcheck disable=SC2046
    pip install $(pinned core) --no-index --find-links .venv/wheels
    # shellcheck disable=SC2046
    pip install $(pinned build)
    pip install --no-deps --no-index --no-build-isolation --editable .
    sum core > .venv/.core
}

case $1 in core | demo) is_done dev && exit 0 ;; esac
if is_done "$1"; then exit 0; fi
is_done core || install_core
# shellcheck disable=SC2046
[ "$1" = core ] || { echo "Installing what \`$1\` needs, once ..." && pip install $(pinned "$1") && sum "$1" > ".venv/.$1"; }
