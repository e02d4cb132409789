// Measures counted by fqm-execution: node measure.mjs TRANSACTION.json FIRST LAST ID... < patients.ndjson
// A line in: {"id": …, "bundle": …}; a line out for each measure: {"measure": id, "group": {population: count}}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
Uint8Array.fromBase64 ??= (text) => new Uint8Array(Buffer.from(text, "base64")); // It counts on a newer Node.
const { Calculator } = require("fqm-execution");

const [file, first, last, ...ids] = process.argv.slice(2);
const artifacts = JSON.parse(readFileSync(file, "utf8")).entry.map((entry) => entry.resource);
const common = artifacts.filter((each) => ["Library", "ValueSet", "CodeSystem"].includes(each.resourceType));
const patients = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line).bundle);
const options = {
  measurementPeriodStart: first,
  measurementPeriodEnd: last,
  trustMetaProfile: false,
  reportType: "summary",
  useElmJsonsCaching: true,
  calculateHTML: false,
  calculateSDEs: false,
};

for (const id of ids) {
  const found = artifacts.find((each) => each.resourceType === "Measure" && each.id === id);
  const measure = { ...found, library: found.library.map((each) => each.split("|")[0]) }; // It finds none by a version.
  const bundle = { resourceType: "Bundle", type: "collection", entry: [measure, ...common].map((resource) => ({ resource })) };
  const { results } = await Calculator.calculateMeasureReports(bundle, patients, options);
  const report = [results].flat()[0];
  const counts = Object.fromEntries(
    (report.group ?? []).map((group, number) => [
      measure.group[number].id,
      Object.fromEntries(group.population.map((each) => [each.code.coding[0].code, each.count])),
    ]),
  );
  process.stdout.write(JSON.stringify({ measure: id, counts, score: report.group?.[0]?.measureScore?.value ?? null }) + "\n");
}
