import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

/** The part of a bill of materials that tests look at. */
export interface Bill {
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly {
    readonly name: string;
    readonly group?: string;
    readonly version: string;
    readonly purl: string;
    readonly licenses?: readonly { readonly license?: { readonly id?: string } }[];
  }[];
}

let validator: ValidateFunction | undefined;

/** What a bill has against the schema of CycloneDX 1.6; nothing where it is right. */
export function faultsOf(bill: unknown): readonly string[] {
  validator ??= compiled();
  validator(bill);
  return (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function compiled(): ValidateFunction {
  const manifest = createRequire(import.meta.url).resolve("@cyclonedx/cyclonedx-library/package.json");
  const schema = (name: string): object =>
    JSON.parse(readFileSync(path.join(path.dirname(manifest), `res/schema/${name}.SNAPSHOT.schema.json`), "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  for (const format of ["iri-reference", "idn-email"]) ajv.addFormat(format, true);
  for (const name of ["spdx", "jsf-0.82"]) {
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schema("bom-1.6"));
}
