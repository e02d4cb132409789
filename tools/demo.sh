#!/bin/sh
# The main job, on two sample patients and on a simulated population; then what to try next.
set -eu
cd "$(dirname "$0")/.."
samples=gradeline/guidelines/lumbar-nerve-root/samples

run() {
    printf '\n$ gradeline %s\n\n' "$*"
    "${GRADELINE:-.venv/bin/gradeline}" "$@"
}

run show lumbar-nerve-root
run advise $samples/mri-no-reason.json --explain
run advise $samples/week-nine.json --explain

# A population: simulated, then audited under the source.yaml that is true of it.
out=${DEMO:-demo}
mkdir -p "$out"
run simulate "${PATIENTS:-20000}" --out "$out/cohort"
run audit "$out/cohort" --period 2024-10..2025-09 --brief --out "$out/report"

cat <<END

The report of the audit: $out/report/report.html

Try next, with .venv/bin/gradeline in place of gradeline:

  gradeline ask lumbar-nerve-root                 a few questions, no record needed
  gradeline advise $samples/*.json
  gradeline show lumbar-nerve-root --lang da      the same in Danish
  gradeline check lumbar-nerve-root               the guideline file, its cases, what they reach
  gradeline audit $out/cohort --period 2024 --by region,month
  gradeline advise RECORD.json --on 2026-11-23    a FHIR R4 record of yours; nothing leaves this machine
END
