import type { InstanceWrite } from "../instance.js";
import { isRecord, keyCount } from "../json.js";
import { EXTERNAL_ID, SPACE, VERSION } from "./common.js";

/** Longest external id of an instance, and most sources of one. */
const MAX_ID = 256;
const MAX_SOURCES = 100;

/**
 * Whether nodes and edges to write are as their schema wants them. It may say no to some that are: this is for the many
 * that are right, of which a schema takes ten times as long to tell; what is wrong with others the schema says best.
 */
export function arePlainWrites(input: unknown, most: number): input is readonly InstanceWrite[] {
  return Array.isArray(input) && input.length <= most && input.every((item) => isRecord(item) && isPlainWrite(item));
}

function isPlainWrite(input: Record<string, unknown>): boolean {
  const checks = input["instanceType"] === "edge" ? EDGE : input["instanceType"] === "node" ? NODE : undefined;
  if (!checks) return false;
  let needed = 0;
  for (const key in input) {
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

const isSpace = matching(SPACE);
const isTypeId = matching(EXTERNAL_ID);
const isVersion = matching(VERSION);

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
  return isRecord(value) && keyCount(value) === 2 && isSpace(value["space"]) && isId(value["externalId"]);
}

function areSources(sources: unknown): boolean {
  if (!Array.isArray(sources) || sources.length === 0 || sources.length > MAX_SOURCES) return false;
  return sources.every(
    (data: unknown) =>
      isRecord(data) && keyCount(data) === 2 && isRecord(data["properties"]) && isSource(data["source"]),
  );
}

function isSource(source: unknown): boolean {
  if (!isRecord(source) || !isSpace(source["space"])) return false;
  const { type, externalId, version } = source;
  if (!isTypeId(externalId)) return false;
  if (type === "container") return keyCount(source) === 3;
  return type === "view" && isVersion(version) && keyCount(source) === 4;
}

/** Tells texts that match; what is written together mostly names the same ones, so that the last one is remembered. */
function matching(pattern: RegExp): (value: unknown) => boolean {
  let last: string | undefined;
  return (value) => {
    if (typeof value !== "string") return false;
    if (value === last) return true;
    if (!pattern.test(value)) return false;
    last = value;
    return true;
  };
}

function isId(value: unknown): boolean {
  return typeof value === "string" && value.length > 0 && value.length <= MAX_ID && !value.includes("\0");
}
