// CQL to ELM with the reference translator: node translate.mjs LIBRARY.cql LIBRARY.json
// Any error or warning is told with its line, and ends it with exit code 1; the ELM is written all the same.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
globalThis.require ??= require; // The translator was compiled for a browser, and looks for it there.
const cql = await import("@cqframework/cql/cql-to-elm");
const { SystemModelInfoProvider } = await import("@cqframework/cql/cql");
const units = require("@lhncbc/ucum-lhc").UcumLhcUtils.getInstance();

const [source, target] = process.argv.slice(2);
const models = new cql.ModelManager();
const folder = path.join(path.dirname(require.resolve("cql-exec-fhir/package.json")), "lib/modelInfos");
const fhir = (version) => cql.stringAsSource(readFileSync(`${folder}/fhir-modelinfo-${version}.xml`, "utf8"));
models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
models.modelInfoLoader.registerModelInfoProvider(
  cql.createModelInfoProvider((id, system, version) => (id === "FHIR" ? fhir(version) : null)),
);

const unasked = () => {
  throw new Error("units are only checked here");
};
const fault = (unit) => {
  const found = units.validateUnitString(unit);
  return found.status === "valid" ? null : String(found.msg[0]);
};
const service = cql.createUcumService(unasked, fault, unasked, unasked);
const manager = new cql.LibraryManager(models, cql.CqlCompilerOptions.defaultOptions(), null, service);
const made = cql.CqlTranslator.fromText(readFileSync(source, "utf8"), manager);

const place = (locator) => (locator ? Object.values(locator).filter((one) => typeof one === "number").slice(0, 2).join(":") : "");
const faults = [];
for (const [kind, list] of [["error", made.errors], ["warning", made.warnings]])
  for (const one of list.asJsReadonlyArrayView()) faults.push(`${path.basename(source)}:${place(one.locator)} ${kind}: ${one.message}`);
writeFileSync(target, made.toJson());
for (const one of faults) console.error(one);
process.exit(faults.length ? 1 : 0);
