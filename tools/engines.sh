#!/bin/sh
# Other people's engines and validators, which run and judge what we export: needs npm, and mvn with a JDK.
set -eu
cd "$(dirname "$0")/.."

for folder in tools/engines tests/engines/fhir; do
    cmp -s "$folder/package.json" "$folder/node_modules/.installed" && continue
    (cd "$folder" && npm install --silent --no-audit --no-fund --no-package-lock && cp package.json node_modules/.installed)
done

cd tools/engines/java
sum() { cat pom.xml Reference.java | cksum; }
[ "$(cat target/.installed 2>/dev/null)" = "$(sum)" ] && exit 0
rm -rf target
mkdir -p target/classes
mvn --quiet --batch-mode dependency:build-classpath -Dmdep.outputFile=target/classpath
javac -cp "$(cat target/classpath)" -d target/classes Reference.java
sum > target/.installed
