// The guideline's PlanDefinition applied by encender: node apply.mjs TRANSACTION.json < patients.ndjson > fired.ndjson
// A line in: {"id": …, "on": "2026-11-23", "bundle": …}; out: {"id": …, "fired": [titles of plans whose action fired]}.
// The conditions are evaluated by cql-execution, one process for all patients; what fires is encender's own doing.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { applyPlan } from "encender";

const require = createRequire(import.meta.url);
const cql = require("cql-execution");
const fhir = require("cql-exec-fhir");

const artifacts = JSON.parse(readFileSync(process.argv[2], "utf8")).entry.map((entry) => entry.resource);
const bare = (canonical) => canonical.split("|")[0];
const byUrl = new Map(artifacts.map((each) => [each.url, each]));
const plan = artifacts.find((each) => each.resourceType === "PlanDefinition" && !each.type.coding.some((one) => one.code === "eca-rule"));

const elm = (library) => {
  const found = library.content.find((each) => each.contentType === "application/elm+json");
  return JSON.parse(Buffer.from(found.data, "base64").toString("utf8"));
};
const libraries = Object.fromEntries(
  artifacts.filter((each) => each.resourceType === "Library").map((each) => [each.name, elm(each)]),
);
const asked = byUrl.get(bare(plan.library[0])).name;
const library = new cql.Library(libraries[asked], new cql.Repository(libraries));
const sets = {};
for (const each of artifacts.filter((one) => one.resourceType === "ValueSet" && one.expansion))
  sets[each.url] = { [each.version]: each.expansion.contains.map(({ system, code }) => ({ system, code })) };
const service = new cql.CodeService(sets);
const source = fhir.PatientSource.FHIRv401();
const now = cql.DateTime.parse("2026-01-01T00:00:00.000+00:00");

// Every condition of every plan is worked out at once: asked one by one, the record would be read for each anew.
const conditions = (actions) => (actions ?? []).flatMap((each) => [
  ...(each.condition ?? []).map((one) => one.expression.expression),
  ...conditions(each.action),
]);
const named = new Set(artifacts.filter((each) => each.resourceType === "PlanDefinition").flatMap((each) => conditions(each.action)));
for (const name of named) if (!(name in library.expressions)) throw new Error(`no definition ${name}`);
for (const [name, each] of Object.entries(library.expressions)) if (!named.has(name)) each.context = "where it is referred to";
const values = async (bundle, on) => {
  source.loadBundles([bundle]);
  const executor = new cql.Executor(library, service, { On: cql.Date.parse(on) });
  const results = await executor.exec(source, now);
  source.reset();
  return Object.values(results.patientResults)[0];
};

// What encender takes for its worker: it asks for a definition by name and is told its value.
const worker = (answers) => {
  const made = new EventEmitter();
  made.postMessage = ({ expression }) => {
    if (expression !== undefined) setImmediate(() => made.emit("message", { expression, result: answers[expression] }));
  };
  made.terminate = () => {};
  return made;
};

const titles = (actions) => (actions ?? []).flatMap((each) => [each.title, ...titles(each.action)]);

const fired = async ({ bundle, on }) => {
  const patient = bundle.entry.map((entry) => entry.resource).find((each) => each.resourceType === "Patient");
  const resolver = (reference) =>
    !reference ? bundle.entry.map((entry) => entry.resource)
    : reference.startsWith("Patient/") ? [patient]
    : [byUrl.get(bare(reference))].filter(Boolean);
  const answers = await values(bundle, on);
  const aux = { isNodeJs: true, WorkerFactory: () => worker(answers), elmJsonDependencies: libraries };
  const made = await applyPlan(plan, `Patient/${patient.id}`, resolver, aux);
  const groups = made.filter((each) => each.resourceType === "RequestGroup");
  const requests = made.filter((each) => each.resourceType === "ServiceRequest");
  return {
    gate: titles(groups[0].action),
    fired: groups.slice(1).filter((each) => (each.action ?? []).length).map((each) => bare(each.instantiatesCanonical)),
    requests: requests.map((each) => ({ code: each.code.text, doNotPerform: each.doNotPerform ?? null, intent: each.intent, status: each.status })),
  };
};

for await (const line of createInterface({ input: process.stdin })) {
  const given = JSON.parse(line);
  const said = await fired(given).catch((fault) => ({ fault: String(fault.stack ?? fault) }));
  process.stdout.write(JSON.stringify({ id: given.id, ...said }) + "\n");
}
