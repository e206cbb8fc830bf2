import { isRecord } from "../json.js";
import { EXTERNAL_ID, SPACE, VERSION } from "./common.js";

/** Longest external id of an instance, and most sources of one. */
const MAX_ID = 256;
const MAX_SOURCES = 100;

/**
 * Whether a node or an edge to write is as its schema wants it. It may say no to one that is: this is for the many that
 * are right, of which a schema takes ten times as long to tell; what is wrong with the others the schema says best.
 */
export function isPlainWrite(input: Record<string, unknown>): boolean {
  const checks = input["instanceType"] === "edge" ? EDGE : input["instanceType"] === "node" ? NODE : undefined;
  if (!checks) return false;
  let needed = 0;
  for (const key of Object.keys(input)) {
    const check = checks.get(key);
    if (!check?.isRight(input[key])) return false;
    if (check.needed) needed += 1;
  }
  return needed === (checks === EDGE ? 6 : 3);
}

interface Check {
  readonly isRight: (value: unknown) => boolean;
  readonly needed: boolean;
}

const needs = (isRight: Check["isRight"]): Check => ({ isRight, needed: true });
const may = (isRight: Check["isRight"]): Check => ({ isRight, needed: false });

const COMMON: readonly (readonly [string, Check])[] = [
  ["instanceType", needs(() => true)],
  ["space", needs(isSpace)],
  ["externalId", needs(isId)],
  ["existingVersion", may(isVersionNumber)],
  ["sources", may(areSources)],
];
const NODE: ReadonlyMap<string, Check> = new Map([
  ...COMMON,
  ["type", may((value) => value === null || isReference(value))],
]);
const EDGE: ReadonlyMap<string, Check> = new Map([
  ...COMMON,
  ["type", needs(isReference)],
  ["startNode", needs(isReference)],
  ["endNode", needs(isReference)],
]);

function isVersionNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isReference(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 2 && isSpace(value["space"]) && isId(value["externalId"]);
}

function areSources(sources: unknown): boolean {
  if (!Array.isArray(sources) || sources.length === 0 || sources.length > MAX_SOURCES) return false;
  return sources.every(
    (data: unknown) =>
      isRecord(data) && Object.keys(data).length === 2 && isRecord(data["properties"]) && isSource(data["source"]),
  );
}

function isSource(source: unknown): boolean {
  if (!isRecord(source) || !isSpace(source["space"])) return false;
  const { type, externalId, version } = source;
  if (typeof externalId !== "string" || !EXTERNAL_ID.test(externalId)) return false;
  if (type === "container") return Object.keys(source).length === 3;
  return type === "view" && typeof version === "string" && VERSION.test(version) && Object.keys(source).length === 4;
}

function isSpace(value: unknown): boolean {
  return typeof value === "string" && SPACE.test(value);
}

function isId(value: unknown): boolean {
  return typeof value === "string" && value.length > 0 && value.length <= MAX_ID && !value.includes("\0");
}
