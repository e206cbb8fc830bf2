import * as v from "valibot";
import type { Diagnostic } from "../../errors/index.js";
import { isRecord } from "../../models/index.js";
import { type Parts, parts } from "./schemas.js";

const partNames = ["spaces", "containers", "views", "dataModels", "instances"];

/** Finds out which kind of file this is, checks it, and gives its parts or every problem of it. */
export function readParts(json: unknown): Parts | readonly Diagnostic[] {
  if (!isRecord(json)) return [unusable("", `a model file holds a JSON object, not ${nameOf(json)}`)];
  if (Array.isArray(json["items"])) return check(fromItems(json["items"]));
  if (json["items"] !== undefined) return [unusable("items", "must be a list of data models, views or containers")];
  if (partNames.some((name) => Object.hasOwn(json, name))) return check({ value: json, place: (path) => path });
  if (typeof json["externalId"] === "string")
    return check(fromItems([json]), (path) => path.replace(/^items\[0\]\.?/, ""));
  return [unusable("", `none of ${partNames.join(", ")} or items is in the file`)];
}

interface Sorted {
  readonly value: Record<string, unknown>;
  /** Turns the place within the sorted parts into the place in the file. */
  readonly place: (path: string) => string;
}

/** Items of an answer, told apart by their form. */
function fromItems(items: readonly unknown[]): Sorted {
  const sorted: Record<"containers" | "views" | "dataModels", unknown[]> = {
    containers: [],
    views: [],
    dataModels: [],
  };
  const origin = new Map<string, number>();
  items.forEach((item, index) => {
    const part = partOf(item);
    origin.set(`${part}[${sorted[part].length}]`, index);
    sorted[part].push(item);
  });
  return {
    value: sorted,
    place: (path) =>
      path.replace(/^(containers|views|dataModels)\[\d+\]/, (start) => `items[${origin.get(start) ?? "?"}]`),
  };
}

function partOf(item: unknown): "containers" | "views" | "dataModels" {
  if (!isRecord(item)) return "dataModels";
  if (Array.isArray(item["views"])) return "dataModels";
  if (item["version"] === undefined) return "containers";
  return "properties" in item || "implements" in item || "usedFor" in item ? "views" : "dataModels";
}

function check(
  { value, place }: Sorted,
  more: (path: string) => string = (path) => path,
): Parts | readonly Diagnostic[] {
  const result = v.safeParse(parts, value);
  if (result.success) return result.output;
  return result.issues.map((issue) => unusable(more(place(pathOf(issue.path))), messageOf(issue)));
}

function unusable(place: string, message: string): Diagnostic {
  return {
    code: "MODEL.INVALID",
    severity: "error",
    place,
    message: place === "" ? message : `${place} ${message}`,
    hint: "A model file is in create form ({spaces, containers, views, dataModels}) or an answer of the service ({items}).",
  };
}

/** The library's own messages name its types; ours begin with what must be. */
function messageOf({ message }: v.BaseIssue<unknown>): string {
  if (message.startsWith("Invalid key")) return "is missing";
  if (message.startsWith("Invalid type: Expected Object")) return "must be an object";
  return message.startsWith("must be") ? message : `is not valid: ${message}`;
}

function pathOf(path: readonly { readonly key: unknown }[] = []): string {
  return path
    .map(({ key }) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

function nameOf(json: unknown): string {
  if (json === null) return "null";
  return Array.isArray(json) ? "a list" : `a ${typeof json}`;
}
