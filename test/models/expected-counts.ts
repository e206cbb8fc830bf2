import type { Json, ModelFile } from "./shared-models.js";

/**
 * How many instances each view stands for, worked out the plain way from the files alone: no index, no store,
 * nothing of the emulator (contract 6.5: explicit filter, else hasData over all mapped containers;
 * contract 7.2.6: a write through a view makes rows in every container that the view maps).
 */
export function expectedCounts(
  files: readonly ModelFile[],
  model: ModelFile,
): ReadonlyMap<string, { node: number; edge: number }> {
  const views = new Map<string, Json>();
  for (const file of files) for (const view of file.views) views.set(viewKey(view), view);
  const containers = new Map<string, Json>();
  for (const file of files)
    for (const item of file.containers) containers.set(`${item.space}/${item.externalId}`, item);
  const schema: Schema = { views, containers };

  const stored = storedInstances(model, schema);
  const counts = new Map<string, { node: number; edge: number }>();
  for (const [key, view] of views) {
    const matches = [...stored.values()].filter((instance) =>
      view.filter
        ? holds(view.filter, instance, schema)
        : mappedContainers(view, schema).every((container) => instance.rows.has(container)),
    );
    counts.set(key, {
      node: matches.filter((instance) => instance.item.instanceType === "node").length,
      edge: matches.filter((instance) => instance.item.instanceType === "edge").length,
    });
  }
  return counts;
}

interface Schema {
  readonly views: ReadonlyMap<string, Json>;
  readonly containers: ReadonlyMap<string, Json>;
}

interface Stored {
  readonly item: Json;
  readonly rows: Map<string, Map<string, unknown>>;
}

const viewKey = (view: Json): string => `${view.space}/${view.externalId}@${view.version}`;
const nodeKey = (node: Json): string => `${node.space}/${node.externalId}`;

function propertiesOf(view: Json, schema: Schema): Map<string, Json> {
  const properties = new Map<string, Json>();
  for (const parent of view.implements ?? []) {
    const known = schema.views.get(viewKey(parent));
    if (known) for (const [id, property] of propertiesOf(known, schema)) properties.set(id, property);
  }
  for (const [id, property] of Object.entries<Json>(view.properties ?? {})) properties.set(id, property);
  return properties;
}

function mappedContainers(view: Json, schema: Schema): string[] {
  const keys = [...propertiesOf(view, schema).values()]
    .filter((property) => property.container)
    .map((property) => nodeKey(property.container));
  return [...new Set(keys)];
}

/** Contract 7.2.2: a row that lacks a required value cannot be, so a source without any value makes none there. */
function requiresValue(container: string, schema: Schema): boolean {
  const properties = Object.values<Json>(schema.containers.get(container)?.properties ?? {});
  return properties.some(
    (property) => property.nullable === false && property.defaultValue === undefined && !property.autoIncrement,
  );
}

function storedInstances(model: ModelFile, schema: Schema): Map<string, Stored> {
  const stored = new Map<string, Stored>();
  const bare = (reference: Json): void => {
    const key = nodeKey(reference);
    if (!stored.has(key)) stored.set(key, { item: { ...reference, instanceType: "node" }, rows: new Map() });
  };
  for (const item of [...(model.instances?.nodes ?? []), ...(model.instances?.edges ?? [])]) {
    const rows = stored.get(nodeKey(item))?.rows ?? new Map<string, Map<string, unknown>>();
    stored.set(nodeKey(item), { item, rows });
    for (const { source, properties } of item.sources ?? []) {
      const view = schema.views.get(viewKey(source));
      if (!view) throw new Error(`No view ${viewKey(source)}`);
      const bare = Object.keys(properties).length === 0;
      for (const container of mappedContainers(view, schema)) {
        if (bare && requiresValue(container, schema)) continue;
        if (!rows.has(container)) rows.set(container, new Map());
      }
      const mapped = propertiesOf(view, schema);
      for (const [id, value] of Object.entries(properties)) {
        const property = mapped.get(id);
        if (!property) throw new Error(`No property ${id} in ${viewKey(source)}`);
        rows.get(nodeKey(property.container))?.set(property.containerPropertyIdentifier, value);
      }
    }
  }
  for (const { item } of [...stored.values()]) {
    if (item.instanceType === "edge") {
      bare(item.startNode);
      bare(item.endNode);
    }
    for (const { properties } of item.sources ?? []) {
      for (const value of Object.values<any>(properties).flat()) {
        const isReference =
          typeof value === "object" && value !== null && Object.keys(value).sort().join() === "externalId,space";
        if (isReference) bare(value);
      }
    }
  }
  return stored;
}

function holds(filter: Json, instance: Stored, schema: Schema): boolean {
  if (filter.and) return filter.and.every((part: Json) => holds(part, instance, schema));
  if (filter.hasData) {
    return filter.hasData.every((reference: Json) =>
      reference.type === "container"
        ? instance.rows.has(nodeKey(reference))
        : mappedContainers(schema.views.get(viewKey(reference)) ?? {}, schema).every((key) => instance.rows.has(key)),
    );
  }
  if (filter.equals) return same(valueAt(filter.equals.property, instance, schema), filter.equals.value);
  if (filter.in) {
    const value = valueAt(filter.in.property, instance, schema);
    return filter.in.values.some((wanted: unknown) => same(value, wanted));
  }
  throw new Error(`The evaluation of ${Object.keys(filter)} is not written yet.`);
}

function valueAt(path: readonly string[], instance: Stored, schema: Schema): unknown {
  const [space, source, property] = path;
  if (path.length === 2) return space === instance.item.instanceType ? instance.item[source ?? ""] : undefined;
  const [externalId, version] = (source ?? "").split("/");
  if (version === undefined) return instance.rows.get(`${space}/${externalId}`)?.get(property ?? "");
  const mapped = propertiesOf(schema.views.get(`${space}/${externalId}@${version}`) ?? {}, schema).get(property ?? "");
  return mapped && instance.rows.get(nodeKey(mapped.container))?.get(mapped.containerPropertyIdentifier);
}

const same = (left: unknown, right: unknown): boolean =>
  typeof left === "object" && left !== null && typeof right === "object" && right !== null
    ? nodeKey(left) === nodeKey(right)
    : left === right;
