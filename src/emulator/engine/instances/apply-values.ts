import type { InstanceWrite, JsonValue, NodeReference } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { instanceName } from "./names.js";
import { referencesIn } from "./references.js";
import { canonicalise, describeType, isMismatch } from "./values.js";
import type { ContainerPlan, PropertyPlan, SourcePlan, WritePlans } from "./write-plan.js";

/** Where a value is given. */
export interface ValuePlace {
  readonly item: InstanceWrite;
  readonly source: SourcePlan;
  readonly property: PropertyPlan;
}

/** A direct relation that was written, to be checked once everything is in place. */
export interface WrittenRelation extends ValuePlace {
  readonly target: NodeReference;
  /** What the relation's target must have data in. */
  readonly container: ContainerPlan | undefined;
}

/** The values that one item writes to one container, put together from all its sources. */
export interface SuppliedRow {
  readonly container: ContainerPlan;
  /** By place in the container's layout, in canonical form; null clears. */
  readonly cells: (JsonValue | undefined)[];
  /** Whether only sources without any value name the container. */
  isBare: boolean;
}

/**
 * Checks the values of one item and sorts them by container (contract 7.2.6, 7.2.15-17).
 *
 * @param relations - where direct relations among them are added
 * @returns one row for each container, those without values among them
 * @throws {@link Fault} 400 for unknown sources and properties, and for values that do not fit.
 */
export function supplyValues(
  item: InstanceWrite,
  plans: WritePlans,
  relations: WrittenRelation[],
): readonly SuppliedRow[] {
  let rows: readonly SuppliedRow[] = [];
  for (const data of item.sources ?? []) {
    const ids = Object.keys(data.properties);
    const values = Object.values(data.properties);
    const source = plans.source(data.source);
    for (const container of source.containers) rows = opened(rows, item, container, ids.length === 0);
    const properties = source.properties.inOrder(ids);
    for (let at = 0; at < ids.length; at++) {
      const property = properties[at];
      if (!property || property.isComputed) throw unwritable(item, source, ids[at] as string, property);
      const value = checkedValue(item, source, property, values[at] as JsonValue);
      for (const row of rows) if (row.container === property.container) row.cells[property.place()] = value;
      if (property.facts.type.type === "direct") addRelations(relations, { item, source, property }, value, plans);
    }
  }
  return rows;
}

/** Names the place of a value in messages. */
export function describePlace({ item, source, property: { name, facts } }: ValuePlace): string {
  return `property '${name}' of type ${describeType(facts.type)} in ${instanceName(item)} (${source.name})`;
}

/** The rows of an item, one for a container among them. */
function opened(
  rows: readonly SuppliedRow[],
  item: InstanceWrite,
  container: ContainerPlan,
  isBare: boolean,
): readonly SuppliedRow[] {
  for (const row of rows) {
    if (row.container !== container) continue;
    row.isBare &&= isBare;
    return rows;
  }
  checkUse(item, container);
  // Most rows have a value in every place that rows have had one in so far.
  const cells = new Array<JsonValue | undefined>(container.layout.properties.length).fill(undefined);
  const row = { container, cells, isBare };
  // Lists that grow by themselves keep room for many more.
  return rows.length === 0 ? [row] : [...rows, row];
}

function unwritable(item: InstanceWrite, source: SourcePlan, id: string, property: PropertyPlan | undefined): Error {
  if (property) {
    return badRequest(
      `Cannot write property '${id}' in ${instanceName(item)} (${source.name}): the service computes it`,
    );
  }
  return badRequest(
    source.connections.has(id)
      ? `Cannot write property '${id}' in ${instanceName(item)}: in ${source.name} it is a connection, which holds no data; write edges or the direct relations of the other side`
      : `Unknown property '${id}' in ${instanceName(item)}: ${source.name} has no such property`,
  );
}

function checkedValue(item: InstanceWrite, source: SourcePlan, property: PropertyPlan, value: JsonValue): JsonValue {
  const { facts } = property;
  if (value === null) {
    if (facts.nullable !== false) return null;
    throw badRequest(`Invalid value for ${describePlace({ item, source, property })}: it cannot be null`);
  }
  const result = canonicalise(facts.type, value);
  if (!isMismatch(result)) return result;
  throw badRequest(`Invalid value for ${describePlace({ item, source, property })}: expected ${result.expected}`);
}

function addRelations(relations: WrittenRelation[], place: ValuePlace, value: JsonValue, plans: WritePlans): void {
  const { type } = place.property.facts;
  const container = type.type === "direct" && type.container ? plans.container(type.container) : undefined;
  for (const target of referencesIn(value)) relations.push({ ...place, target, container });
}

function checkUse(item: InstanceWrite, { name, container }: ContainerPlan): void {
  if (container.usedFor === "all" || container.usedFor === item.instanceType) return;
  throw badRequest(
    `Cannot write ${instanceName(item)}: container '${name}' can only be used for ${container.usedFor}s`,
  );
}
