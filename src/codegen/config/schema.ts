import * as v from "valibot";
import type { JsonValue } from "../../models/index.js";
import { typeName } from "../select/index.js";
import type { Target } from "../target.js";
import type { PygenConfig } from "./config.js";
import type { GenerationConfig } from "./generation.js";

const text = v.string("must be a text");
const texts = v.array(text, "must be a list of texts");
const flag = v.boolean("must be true or false");

const oneOf = <const T extends readonly string[]>(...values: T) =>
  v.picklist(values, `must be one of ${values.join(", ")}`);

/** An object with these members and no others: what is misspelt is told, with what there is. */
function members<const T extends v.ObjectEntries>(entries: T) {
  const names = Object.keys(entries).join(", ");
  return v.strictObject(entries, ({ expected }) => {
    if (expected === "never") return `is not known; there is ${names}`;
    return expected === "Object" ? "must be an object" : "is missing";
  });
}

const json = v.custom<JsonValue>(() => true);
const named = v.record(text, text, "must be an object of texts");
const nameCase = oneOf("camel", "pascal", "snake");

const jsonType = members({ name: v.pipe(text, v.regex(typeName, "must be the name of a type")), from: text });

/** What says how code is made, and can be written as JSON. */
const generationEntries = {
  language: v.exactOptional(oneOf("typescript", "python")),
  strict: v.exactOptional(flag),
  exclude: v.exactOptional(
    members({
      views: v.exactOptional(texts),
      spaces: v.exactOptional(texts),
      properties: v.exactOptional(texts),
    }),
  ),
  jsonTypes: v.exactOptional(v.record(text, jsonType, "must be an object of types")),
  rename: v.exactOptional(
    members({
      views: v.exactOptional(named),
      properties: v.exactOptional(named),
      model: v.exactOptional(text),
    }),
  ),
  naming: v.exactOptional(
    members({
      properties: v.exactOptional(nameCase),
      handles: v.exactOptional(nameCase),
      files: v.exactOptional(oneOf("camel", "pascal", "snake", "kebab")),
      reserved: v.exactOptional(texts),
    }),
  ),
  typescript: v.exactOptional(
    members({
      importExtension: v.exactOptional(oneOf(".js", ".ts", "")),
      runtimeImport: v.exactOptional(text),
      int64: v.exactOptional(oneOf("number", "bigint")),
      timestamps: v.exactOptional(oneOf("date", "string")),
      schemas: v.exactOptional(flag),
      typesOnly: v.exactOptional(flag),
    }),
  ),
};

const isTarget = (value: unknown): boolean => typeof value === "object" && value !== null && "render" in value;

const sdk = members({
  name: v.exactOptional(text),
  models: v.exactOptional(texts),
  dataModels: v.exactOptional(texts),
  snapshot: v.exactOptional(text),
  service: v.exactOptional(
    members({ url: v.exactOptional(text), cluster: v.exactOptional(text), project: v.exactOptional(text) }),
  ),
  dependsOn: v.exactOptional(texts),
  dataModel: v.exactOptional(text),
  variables: v.exactOptional(v.record(text, json, "must be an object")),
  variableFiles: v.exactOptional(texts),
  out: text,
  target: v.exactOptional(v.custom<Target>(isTarget, "must be a target, such as typescript() gives")),
  ...generationEntries,
});

/** The schema of what says how code is made, by itself. */
export const generationSchema: v.GenericSchema<unknown, Omit<GenerationConfig, "target">> = members(generationEntries);

/** The schema of a configuration. */
export const configSchema: v.GenericSchema<unknown, PygenConfig> = members({
  $schema: v.exactOptional(text),
  sdks: v.pipe(v.array(sdk, "must be a list of SDKs"), v.minLength(1, "must hold an SDK")),
});
