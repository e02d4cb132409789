#!/bin/sh
# Renew the pinned and hashed requirements: newest versions that pyproject.toml allows, for every platform, no address.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "make lock: uv is needed (python3 -m pip install uv)" >&2; exit 1; }

lock() {
    out=requirements/$1.txt
    shift
    uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate "$@" --output-file "$out"
    { echo "# Pinned and hashed by make lock, from pyproject.toml; not edited by hand."; cat "$out"; } > "$out.new"
    mv "$out.new" "$out"
}

lock dev pyproject.toml --extra all --group dev
lock core pyproject.toml --constraints requirements/dev.txt
lock demo pyproject.toml --extra population --extra web --constraints requirements/dev.txt
lock spark pyproject.toml --extra spark --constraints requirements/dev.txt
lock build --group build --constraints requirements/dev.txt
