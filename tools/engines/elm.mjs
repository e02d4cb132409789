// A library and those that it includes, to ELM by the reference translator: node elm.mjs FOLDER NAME
// Reads FOLDER/*.cql, writes FOLDER/*.json; tells every error and warning, and then ends with exit code 1.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
globalThis.require ??= require; // The translator was compiled for a browser, and looks for it there.
const cql = await import("@cqframework/cql/cql-to-elm");
const { SystemModelInfoProvider } = await import("@cqframework/cql/cql");
const units = require("@lhncbc/ucum-lhc").UcumLhcUtils.getInstance();

const [folder, name] = process.argv.slice(2);
const source = (file) => (existsSync(file) ? cql.stringAsSource(readFileSync(file, "utf8")) : null);
const infos = path.join(path.dirname(require.resolve("cql-exec-fhir/package.json")), "lib/modelInfos");
const models = new cql.ModelManager();
models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
models.modelInfoLoader.registerModelInfoProvider(
  cql.createModelInfoProvider((id, system, version) => source(`${infos}/fhir-modelinfo-${version}.xml`)),
);
const fault = (unit) => {
  const found = units.validateUnitString(unit);
  return found.status === "valid" ? null : String(found.msg[0]);
};
const service = cql.createUcumService(null, fault, null, null);
const manager = new cql.LibraryManager(models, cql.CqlCompilerOptions.defaultOptions(), null, service);
manager.librarySourceLoader.registerProvider(
  cql.createLibrarySourceProvider((id) => source(path.join(folder, `${id}.cql`))),
);
const made = cql.CqlTranslator.fromText(readFileSync(path.join(folder, `${name}.cql`), "utf8"), manager);
const faults = [made.errors, made.warnings].flatMap((list) => [...list.asJsReadonlyArrayView()].map((one) => one.message));
writeFileSync(path.join(folder, `${name}.json`), made.toJson());
for (const [id, library] of made.libraries.asJsReadonlyMapView())
  if (id.id !== name) writeFileSync(path.join(folder, `${id.id}.json`), cql.CqlTranslator.convertToJson(library));
for (const one of faults) console.error(one);
process.exit(faults.length ? 1 : 0);
