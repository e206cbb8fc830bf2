import type { HTTPClient, RequestOptions } from "../http/index.js";
import { type Instance, type InstanceWrite, isRecord, type Source, type WrittenInstance } from "../models/index.js";
import { instancesPage } from "../models/responses/index.js";
import { instanceKey } from "./instance-key.js";

/**
 * What an upsert whose answer was lost would have answered, read from what is stored; `undefined` for those that are not
 * stored as they were to be written, or cannot be read: values written through containers.
 */
export async function readBack(
  http: HTTPClient,
  items: readonly InstanceWrite[],
  replace: boolean | undefined,
  { signal, timeout, parse }: RequestOptions,
): Promise<(WrittenInstance | undefined)[]> {
  const groups = new Map<string, InstanceWrite[]>();
  for (const item of items) {
    const key = JSON.stringify((item.sources ?? []).map(({ source }) => source));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  const stored = new Map<string, Instance>();
  for (const group of groups.values()) {
    const sources = sourcesOf(group[0]);
    if (sources === undefined) continue;
    const ids = group.map(({ instanceType, space, externalId }) => ({ instanceType, space, externalId }));
    const page = await http.request({
      signal,
      timeout,
      parse,
      method: "POST",
      path: "/models/instances/byids",
      body: { items: ids, ...(sources.length > 0 && { sources }) },
      schema: instancesPage,
    });
    for (const instance of page.items) stored.set(instanceKey(instance), instance);
  }
  return items.map((item) => {
    const found = stored.get(instanceKey(item));
    return found && isStored(item, found, replace === true) ? written(item, found) : undefined;
  });
}

/** What to read values with; `undefined` when a container, which cannot be read, or more than a request takes. */
function sourcesOf(item: InstanceWrite | undefined): Source[] | undefined {
  const sources = (item?.sources ?? []).flatMap(({ source }) => (source.type === "view" ? { source } : []));
  return sources.length === (item?.sources ?? []).length && sources.length <= 10 ? sources : undefined;
}

function written({ existingVersion = 0 }: InstanceWrite, found: Instance): WrittenInstance {
  const { instanceType, space, externalId, version, createdTime, lastUpdatedTime } = found;
  return {
    instanceType,
    space,
    externalId,
    version,
    wasModified: version > existingVersion,
    createdTime,
    lastUpdatedTime,
  };
}

/** Whether an instance is as a write was to leave it. */
function isStored(item: InstanceWrite, found: Instance, replace: boolean): boolean {
  const edge = item.instanceType === "edge" && found.instanceType === "edge";
  if (item.type !== undefined && !sameValue(item.type, found.type)) return false;
  if (edge && !(sameValue(item.startNode, found.startNode) && sameValue(item.endNode, found.endNode))) return false;
  return (item.sources ?? []).every(({ source, properties }) => {
    const key = "version" in source ? `${source.externalId}/${source.version}` : source.externalId;
    const values = found.properties?.[source.space]?.[key] ?? {};
    const storedOf = (of: Readonly<Record<string, unknown>>, name: string) =>
      Object.hasOwn(of, name) ? of[name] : null;
    const kept = Object.keys(properties).every(
      (name) => properties[name] === undefined || sameValue(properties[name], storedOf(values, name)),
    );
    return (
      kept &&
      (!replace ||
        Object.keys(values).every((name) => storedOf(values, name) === null || Object.hasOwn(properties, name)))
    );
  });
}

/**
 * Whether a value was stored as it was written: times by instant, numbers as 32 bits may hold them, absent for null,
 * objects whatever the order of their keys.
 */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? b ?? null) === null) return true;
  if (typeof a === "bigint" || typeof b === "bigint") return String(a) === String(b);
  if (typeof a === "number" && typeof b === "number") return !Number.isInteger(a) && Math.fround(a) === Math.fround(b);
  if (typeof a === "string" && typeof b === "string") return instantOf(a) === instantOf(b);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => sameValue(one, b[at]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
  );
}

/** Milliseconds of a timestamp; NaN, which equals nothing, for other texts. */
function instantOf(text: string): number {
  return /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
}
