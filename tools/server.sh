#!/bin/sh
# A whole FHIR server to try a package on, on this machine only: tools/server.sh [PORT]. Needs mvn and a JDK 17; the
# first time it fetches 300 MB. Everything is in memory: Ctrl-C ends it, and what was loaded is gone.
set -eu
here="$(cd "$(dirname "$0")" && pwd)/engines"

"$here/fetch.sh" "$here/server"
exec java -XX:+UseSerialGC -Xmx2g -cp "$here/server/target/classes:$(cat "$here/server/target/classpath")" FhirServer "${1:-8080}"
