#!/bin/sh
# The validators and engines that our exports are held against, for tests only: needs npm, mvn and javac.
set -eu
cd "$(dirname "$0")/../tests/engines"

[ -d ../../tools/engines/node_modules/cql-execution ] ||
    (cd ../../tools/engines && npm install --no-audit --no-fund --no-package-lock --silent)

for folder in */; do
    [ -f "$folder/package-lock.json" ] || continue
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && continue
    (cd "$folder" && npm ci --silent --no-audit --no-fund)
done

if [ ! java/target/classpath -nt java/pom.xml ]; then
    mkdir -p java/target
    (cd java && mvn --quiet --batch-mode dependency:build-classpath -Dmdep.outputFile=target/classpath)
fi
