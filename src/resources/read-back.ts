import type { HTTPClient, RequestOptions } from "../http/index.js";
import { type Instance, type InstanceWrite, type Source, sameStored, type WrittenInstance } from "../models/index.js";
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
  if (item.type !== undefined && !sameStored(item.type, found.type)) return false;
  if (edge && !(sameStored(item.startNode, found.startNode) && sameStored(item.endNode, found.endNode))) return false;
  return (item.sources ?? []).every(({ source, properties }) => {
    const key = "version" in source ? `${source.externalId}/${source.version}` : source.externalId;
    const values = found.properties?.[source.space]?.[key] ?? {};
    const storedOf = (of: Readonly<Record<string, unknown>>, name: string) =>
      Object.hasOwn(of, name) ? of[name] : null;
    const kept = Object.keys(properties).every(
      (name) => properties[name] === undefined || sameStored(properties[name], storedOf(values, name)),
    );
    return (
      kept &&
      (!replace ||
        Object.keys(values).every((name) => storedOf(values, name) === null || Object.hasOwn(properties, name)))
    );
  });
}
