// Answers by cql-execution: node run.mjs LIBRARY.json VALUESETS.json < patients.ndjson > answers.ndjson
// A line in: {"id": …, "days": ["2026-11-23"], "bundle": …}; a line out: {"id": …, "answers": […],
// "until": seconds since the first patient was done}, in the same order.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const cql = require("cql-execution");
const fhir = require("cql-exec-fhir");

const [elm, sets] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const coded = {};
for (const { resource } of sets.entry)
  coded[resource.url] = { [resource.version ?? ""]: resource.expansion.contains.map(({ system, code }) => ({ system, code })) };
const library = new cql.Library(elm, new cql.Repository({}));
const service = new cql.CodeService(coded);
const source = fhir.PatientSource.FHIRv401(); // One for all patients: making one costs more than asking.
const now = cql.DateTime.parse("2026-01-01T00:00:00.000+00:00");

const answers = async (bundle, days) => {
  source.loadBundles([bundle]);
  const executor = new cql.Executor(library, service, { Days: days.map((day) => cql.Date.parse(day)) });
  const found = await executor.exec_expression("Answers on each day", source, now);
  source.reset();
  return Object.values(found.patientResults)[0]["Answers on each day"];
};

let started; // After the first patient: what is counted is the engine, warm.
for await (const line of createInterface({ input: process.stdin })) {
  if (!line) continue;
  const { id, days, bundle } = JSON.parse(line);
  let said;
  try {
    said = { id, answers: await answers(bundle, days) };
  } catch (fault) {
    said = { id, fault: String(fault.message ?? fault) };
  }
  said.until = started ? (performance.now() - started) / 1000 : 0;
  started ??= performance.now();
  process.stdout.write(JSON.stringify(said) + "\n");
}
