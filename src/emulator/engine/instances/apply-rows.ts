import type { InstanceWrite, JsonValue } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { StoredRow } from "../stored-row.js";
import type { SuppliedRow } from "./apply-values.js";
import { isComputed } from "./asset-hierarchy.js";
import { isNumeric } from "./compare.js";
import { jsonEquals } from "./json-values.js";
import { instanceName } from "./names.js";
import { partKey, type Row } from "./row-indexes.js";
import type { Draft, Transaction } from "./transaction.js";
import { canonicalise, isMismatch } from "./values.js";
import type { ContainerPlan, SourcePlan, WritePlans } from "./write-plan.js";

/**
 * Writes the rows of one item: a patch, or with `replace` the whole row of every container touched
 * (contract 7.2.2-7.2.5, 7.2.14). A source without any value makes rows only where nothing is required.
 *
 * @throws {@link Fault} 400 when a required value is missing or an immutable one would change.
 */
export function writeRows(
  tx: Transaction,
  draft: Draft,
  item: InstanceWrite,
  supplied: readonly SuppliedRow[],
  plans: WritePlans,
  replace: boolean,
): void {
  for (const { container, cells, isBare } of supplied) {
    const current = draft.rows.get(container.key) ?? draft.base?.rows.get(container.key);
    const row = nextRow(tx, container, current, new StoredRow(container.layout, cells), replace);
    const missing = current === undefined || replace ? missingFrom(container, row) : [];
    if (missing.length > 0 && current === undefined && isBare) continue;
    if (missing.length > 0) throw missingValues(item, container, missing, plans);
    if (current) checkImmutable(item, container, current, row);
    draft.rows.set(container.layout.pack(row));
  }
}

function nextRow(
  tx: Transaction,
  container: ContainerPlan,
  current: Row | undefined,
  values: StoredRow,
  replace: boolean,
): Row {
  // The most rows are new, and have nothing but what was given.
  if (!current && container.defaults.size === 0 && container.autoIncrement.length === 0) return values.withoutNulls();
  const row = new Map<string, JsonValue>(current && !replace ? current : container.defaults);
  if (current && replace) keepServerValues(row, container, current);
  for (const [property, value] of values) {
    if (value === null) row.delete(property);
    else row.set(property, value);
  }
  for (const property of container.autoIncrement) {
    const key = partKey(container.key, property);
    const given = values.get(property);
    if (isNumeric(given)) tx.raiseCount(key, given);
    else if (given === undefined && !row.has(property)) row.set(property, countedValue(tx, container, property));
  }
  return row;
}

function countedValue(tx: Transaction, container: ContainerPlan, property: string): JsonValue {
  const next = tx.nextCount(partKey(container.key, property));
  const type = container.container.properties[property]?.type;
  if (type && isMismatch(canonicalise(type, next))) {
    throw badRequest(
      `Cannot count on property '${property}' of container '${container.name}': ${next} is more than ${type.type} holds`,
    );
  }
  return next;
}

/** What the service itself put in a row outlives a replacement. */
function keepServerValues(row: Map<string, JsonValue>, container: ContainerPlan, current: Row): void {
  for (const [property, value] of current) {
    if (isComputed(container.key, property) || container.autoIncrement.includes(property)) row.set(property, value);
  }
}

function missingFrom(container: ContainerPlan, row: Row): readonly string[] {
  return container.required.filter((property) => !row.has(property));
}

function missingValues(
  item: InstanceWrite,
  container: ContainerPlan,
  missing: readonly string[],
  plans: WritePlans,
): Error {
  const names = missing.map((property) => `'${property}'`).join(", ");
  const sources = (item.sources ?? []).map(({ source }) => plans.source(source));
  return badRequest(
    `Missing required values of container '${container.name}' in ${instanceName(item)}: ${names}${unmappedHint(container, missing, sources)}`,
  );
}

/** Says when a view that was written through cannot supply what is missing (contract 7.2.17). */
function unmappedHint(container: ContainerPlan, missing: readonly string[], sources: readonly SourcePlan[]): string {
  const maps = (source: SourcePlan, property: string): boolean =>
    [...source.properties.all()].some((plan) => plan.container === container && plan.id === property);
  const unwritable = sources.find(
    (source) =>
      source.isView && source.containers.includes(container) && missing.some((property) => !maps(source, property)),
  );
  return unwritable ? ` (${unwritable.name} is not writable for new instances: it does not map them)` : "";
}

function checkImmutable(item: InstanceWrite, container: ContainerPlan, current: Row, row: Row): void {
  for (const property of container.immutable) {
    const before = current.get(property);
    if (before !== undefined && !jsonEquals(before, row.get(property))) {
      throw badRequest(
        `Cannot change property '${property}' of container '${container.name}' in ${instanceName(item)}: it is immutable and already set`,
      );
    }
  }
}
