import {
  type Instance,
  type InstanceWrite,
  type JsonValue,
  type PropertyValues,
  type SourceData,
  sameStored,
} from "../../models/index.js";
import { keyOf } from "../identity.js";
import type { PlannedWrite, ValueChange } from "../types/writing.js";

/**
 * What a write would change, given the instances as they are stored, with the values of the views written through: an
 * instance may come several times, with those of one view each.
 */
export function diffOf(
  writes: readonly InstanceWrite[],
  stored: readonly Instance[],
  replace: boolean,
): PlannedWrite[] {
  const byKey = new Map<string, Instance[]>();
  for (const instance of stored) {
    const key = keyOf(instance);
    const known = byKey.get(key);
    if (known) known.push(instance);
    else byKey.set(key, [instance]);
  }
  return writes.map((write) => planned(write, byKey.get(keyOf(write)) ?? [], replace));
}

function planned(write: InstanceWrite, found: readonly Instance[], replace: boolean): PlannedWrite {
  const [stored] = found;
  const { instanceType, space, externalId, existingVersion } = write;
  const changes = [
    ...factChanges(write, stored),
    ...(write.sources ?? []).flatMap((data) => sourceChanges(data, found, replace)),
  ];
  const isNewer = stored !== undefined && existingVersion !== undefined && stored.version > existingVersion;
  const status = isNewer ? "conflict" : stored === undefined ? "create" : changes.length > 0 ? "update" : "unchanged";
  return { instanceType, space, externalId, status, changes, write };
}

function factChanges(write: InstanceWrite, stored: Instance | undefined): ValueChange[] {
  const facts: Readonly<Record<string, unknown>> =
    write.instanceType === "edge"
      ? { type: write.type, startNode: write.startNode, endNode: write.endNode }
      : { type: write.type };
  const before: Readonly<Record<string, unknown>> = { ...stored };
  return Object.entries(facts).flatMap(([property, to]) =>
    to === undefined || sameStored(to, before[property])
      ? []
      : [{ property, from: (before[property] ?? null) as JsonValue, to: to as JsonValue }],
  );
}

function sourceChanges(
  { source, properties }: SourceData,
  stored: readonly Instance[],
  replace: boolean,
): ValueChange[] {
  if (source.type === "container") {
    // The service shows values by views only.
    return Object.entries(properties).map(([property, to]) =>
      stored.length === 0 ? { source, property, from: null, to } : { source, property, to },
    );
  }
  const before = valuesOf(stored, source.space, `${source.externalId}/${source.version}`);
  // Those left out go to their default, which views do not tell; mostly that is null.
  const cleared = replace ? Object.keys(before).filter((name) => !Object.hasOwn(properties, name)) : [];
  const after: [string, JsonValue][] = [
    ...Object.entries(properties),
    ...cleared.map((name): [string, JsonValue] => [name, null]),
  ];
  return after.flatMap(([property, to]) => {
    const from = Object.hasOwn(before, property) ? (before[property] ?? null) : null;
    return sameStored(to, from) ? [] : [{ source, property, from, to }];
  });
}

function valuesOf(stored: readonly Instance[], space: string, view: string): PropertyValues {
  for (const { properties = {} } of stored) {
    const views = Object.hasOwn(properties, space) ? properties[space] : undefined;
    const values = views && Object.hasOwn(views, view) ? views[view] : undefined;
    if (values) return values;
  }
  return {};
}
