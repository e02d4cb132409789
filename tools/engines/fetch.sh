#!/bin/sh
# A program in Java with the libraries that its pom.xml names, made where it is not yet: tools/engines/fetch.sh FOLDER.
set -eu
cd "$1"
sum() { cat pom.xml ./*.java | cksum; }
[ "$(cat target/.installed 2>/dev/null)" = "$(sum)" ] && exit 0
rm -rf target
mkdir -p target/classes
mvn --quiet --batch-mode dependency:build-classpath -Dmdep.outputFile=target/classpath > target/log 2>&1 ||
    { cat target/log >&2; exit 1; }
javac -cp "$(cat target/classpath)" -d target/classes ./*.java
sum > target/.installed
