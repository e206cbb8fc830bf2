import { isRecord } from "../../models/index.js";

type Json = Readonly<Record<string, unknown>>;

/** What the names of toolkit files say that they hold, as a part of the create form. */
const parts: Readonly<Record<string, string>> = {
  space: "spaces",
  container: "containers",
  view: "views",
  datamodel: "dataModels",
  node: "nodes",
  edge: "edges",
};

/** What a file's name says of its content: `Pump.view.yaml` holds views, `my.space.json` spaces. */
export function partByName(path: string): string | undefined {
  const [, kind = ""] = /\.(\w+)\.(?:ya?ml|json)$/i.exec(path) ?? [];
  const name = kind.toLowerCase();
  return Object.hasOwn(parts, name) ? parts[name] : undefined;
}

/** A schema in GraphQL that a toolkit file names; the text is in a file beside it. */
export function isGraphqlSchemaFile(path: string): boolean {
  return /\.graphqlschema\.ya?ml$/i.test(path);
}

/**
 * Brings the content of a file into a form that a model document is read from; `undefined` where it is nothing of a model.
 *
 * @param among - whether the file is one of many of all kinds: an `externalId` alone then says nothing
 */
export function partsOf(path: string, values: readonly unknown[], among: boolean): unknown {
  const part = partByName(path);
  const [only] = values;
  if (part === undefined) {
    const items = values.length > 1 ? values.flat() : only;
    const value = Array.isArray(items) ? { items } : items;
    return isModelLike(value, among) ? value : undefined;
  }
  // An answer of the service says itself what it holds, whatever the file's name.
  if (values.length === 1 && isRecord(only) && (Array.isArray(only["items"]) || Array.isArray(only[part]))) return only;
  const items = values.flat();
  if (part === "nodes" || part === "edges") return { instances: { [part]: items } };
  return { [part]: part === "dataModels" ? items.map(withViewReferences) : items };
}

const names = ["spaces", "containers", "views", "dataModels", "instances"];

function isModelLike(value: unknown, among: boolean): boolean {
  if (!isRecord(value)) return false;
  if (names.some((name) => Object.hasOwn(value, name))) return true;
  const { items, externalId } = value;
  if (!among) return items !== undefined || externalId !== undefined;
  return Array.isArray(items) && items.length > 0 && items.every((item) => isRecord(item) && isSchemaLike(item));
}

function isSchemaLike({ space, version, properties }: Json): boolean {
  return typeof space === "string" && (version !== undefined || isRecord(properties));
}

/** Toolkit files may leave out that the views of a data model are references. */
function withViewReferences(model: unknown): unknown {
  if (!isRecord(model) || !Array.isArray(model["views"])) return model;
  const isBare = (view: unknown): view is Json =>
    isRecord(view) && Object.keys(view).every((key) => ["space", "externalId", "version"].includes(key));
  return { ...model, views: model["views"].map((view) => (isBare(view) ? { type: "view", ...view } : view)) };
}
