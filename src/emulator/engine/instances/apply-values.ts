import type { InstanceWrite, JsonValue, NodeReference } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { StoredRow } from "../stored-row.js";
import { instanceName } from "./names.js";
import { referencesIn } from "./references.js";
import { canonicalise, describeType } from "./values.js";
import type { ContainerPlan, PropertyPlan, SourcePlan, WritePlans } from "./write-plan.js";

/** A direct relation that was written, to be checked once everything is in place. */
export interface WrittenRelation {
  readonly target: NodeReference;
  /** What the relation's target must have data in. */
  readonly container: ContainerPlan | undefined;
  /** The property in messages. */
  readonly where: () => string;
}

/** The values that one item writes to one container. */
export interface SuppliedRow {
  readonly container: ContainerPlan;
  /** In canonical form; null clears. */
  readonly values: StoredRow;
  /** Whether only sources without any value name the container. */
  readonly isBare: boolean;
}

/** What one item writes, put together from all its sources. */
export interface SuppliedValues {
  /** One for each container, those without values among them. */
  readonly rows: readonly SuppliedRow[];
  readonly relations: readonly WrittenRelation[];
  readonly sources: readonly SourcePlan[];
}

/** A row while it is put together. */
interface OpenRow {
  readonly container: ContainerPlan;
  readonly cells: (JsonValue | undefined)[];
  isBare: boolean;
}

/**
 * Checks the values of one item and sorts them by container (contract 7.2.6, 7.2.15-17).
 *
 * @throws {@link Fault} 400 for unknown sources and properties, and for values that do not fit.
 */
export function supplyValues(item: InstanceWrite, plans: WritePlans): SuppliedValues {
  const open: OpenRow[] = [];
  const relations: WrittenRelation[] = [];
  const sources: SourcePlan[] = [];
  for (const data of item.sources ?? []) {
    const ids = Object.keys(data.properties);
    const source = plans.source(data.source);
    sources.push(source);
    for (const container of source.containers) openRow(item, open, container, ids.length === 0);
    for (const id of ids) {
      const property = writableProperty(item, source, id);
      const value = checkedValue(item, source, id, property, data.properties[id] as JsonValue);
      const { container } = property;
      for (const row of open)
        if (row.container === container) row.cells[container.layout.placeFor(property.id)] = value;
      if (property.facts.type.type === "direct")
        relations.push(...relationsIn(item, source, id, property, value, plans));
    }
  }
  const rows = open.map(({ container, cells, isBare }) => ({
    container,
    values: new StoredRow(container.layout, cells),
    isBare,
  }));
  return { rows, relations, sources };
}

function openRow(item: InstanceWrite, open: OpenRow[], container: ContainerPlan, isBare: boolean): void {
  const known = open.find((row) => row.container === container);
  if (known) {
    known.isBare &&= isBare;
    return;
  }
  checkUse(item, container);
  // Most rows have a value in every place that rows have had one in so far.
  const cells = new Array<JsonValue | undefined>(container.layout.properties.length).fill(undefined);
  open.push({ container, cells, isBare });
}

function placeOf(item: InstanceWrite, source: SourcePlan, id: string, { facts }: PropertyPlan): string {
  return `property '${id}' of type ${describeType(facts.type)} in ${instanceName(item)} (${source.name})`;
}

function writableProperty(item: InstanceWrite, source: SourcePlan, id: string): PropertyPlan {
  const property = source.properties.get(id);
  if (property && !property.isComputed) return property;
  if (source.connections.has(id)) {
    throw badRequest(
      `Cannot write property '${id}' in ${instanceName(item)}: in ${source.name} it is a connection, which holds no data; write edges or the direct relations of the other side`,
    );
  }
  throw badRequest(
    property
      ? `Cannot write property '${id}' in ${instanceName(item)} (${source.name}): the service computes it`
      : `Unknown property '${id}' in ${instanceName(item)}: ${source.name} has no such property`,
  );
}

function checkedValue(
  item: InstanceWrite,
  source: SourcePlan,
  id: string,
  property: PropertyPlan,
  value: JsonValue,
): JsonValue {
  const { facts } = property;
  if (value === null) {
    if (facts.nullable !== false) return null;
    throw badRequest(`Invalid value for ${placeOf(item, source, id, property)}: it cannot be null`);
  }
  const result = canonicalise(facts.type, value);
  if ("value" in result) return result.value;
  throw badRequest(`Invalid value for ${placeOf(item, source, id, property)}: expected ${result.expected}`);
}

function relationsIn(
  item: InstanceWrite,
  source: SourcePlan,
  id: string,
  property: PropertyPlan,
  value: JsonValue,
  plans: WritePlans,
): readonly WrittenRelation[] {
  const { type } = property.facts;
  const container = type.type === "direct" && type.container ? plans.container(type.container) : undefined;
  const where = (): string => placeOf(item, source, id, property);
  return referencesIn(value).map((target) => ({ target, container, where }));
}

function checkUse(item: InstanceWrite, { name, container }: ContainerPlan): void {
  if (container.usedFor === "all" || container.usedFor === item.instanceType) return;
  throw badRequest(
    `Cannot write ${instanceName(item)}: container '${name}' can only be used for ${container.usedFor}s`,
  );
}
