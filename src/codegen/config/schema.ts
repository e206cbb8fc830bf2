import * as v from "valibot";
import type { JsonValue } from "../../models/index.js";
import type { Target } from "../target.js";
import type { PygenConfig } from "./config.js";

const text = v.string("must be a text");
const texts = v.array(text, "must be a list of texts");
const flag = v.boolean("must be true or false");

const oneOf = <const T extends readonly string[]>(...values: T) =>
  v.picklist(values, `must be one of ${values.join(", ")}`);

/** An object with these members and no others: what is misspelt is told, with what there is. */
function members<const T extends v.ObjectEntries>(entries: T) {
  const names = Object.keys(entries);
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(
      (value) => typeof value === "object" && value !== null && !Array.isArray(value),
      "must be an object",
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      for (const key of Object.keys(dataset.value)) {
        if (Object.hasOwn(entries, key)) continue;
        addIssue({
          message: `is not known; there is ${names.join(", ")}`,
          path: [{ type: "object", origin: "key", input: dataset.value, key, value: dataset.value[key] }],
        });
      }
    }),
    v.object(entries, "must be an object"),
  );
}

const json = v.custom<JsonValue>(() => true);
const named = v.record(text, text, "must be an object of texts");
const nameCase = oneOf("camel", "pascal", "snake");

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
  language: v.exactOptional(oneOf("typescript", "python")),
  target: v.exactOptional(v.custom<Target>(isTarget, "must be a target, such as typescript() gives")),
  strict: v.exactOptional(flag),
  exclude: v.exactOptional(
    members({
      views: v.exactOptional(texts),
      spaces: v.exactOptional(texts),
      properties: v.exactOptional(texts),
    }),
  ),
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
      schemas: v.exactOptional(flag),
      typesOnly: v.exactOptional(flag),
    }),
  ),
});

/** The schema of a configuration. */
export const configSchema: v.GenericSchema<unknown, PygenConfig> = members({
  $schema: v.exactOptional(text),
  sdks: v.pipe(v.array(sdk, "must be a list of SDKs"), v.minLength(1, "must hold an SDK")),
});
