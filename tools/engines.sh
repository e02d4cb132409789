#!/bin/sh
# Other people's engines and validators, which run and judge what we export: needs npm, and mvn with a JDK.
set -eu
cd "$(dirname "$0")/.."

for folder in tools/engines tests/engines/fhir; do
    cmp -s "$folder/package.json" "$folder/node_modules/.installed" && continue
    (cd "$folder" && npm install --silent --no-audit --no-fund --no-package-lock && cp package.json node_modules/.installed)
done

tools/engines/fetch.sh tools/engines/java
