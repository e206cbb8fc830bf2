import type { InstanceWrite, JsonValue, NodeReference } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { StoredRow } from "../stored-row.js";
import { isComputed } from "./asset-hierarchy.js";
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

/** What one item writes, put together from all its sources. */
export interface SuppliedValues {
  /** The values by container and property, in canonical form; null clears. Containers without values get a row too. */
  readonly byContainer: ReadonlyMap<ContainerPlan, StoredRow>;
  /** The containers that are named only by sources without any value. */
  readonly bare: ReadonlySet<ContainerPlan>;
  readonly relations: readonly WrittenRelation[];
  readonly sources: readonly SourcePlan[];
}

const NONE: ReadonlySet<ContainerPlan> = /* @__PURE__ */ new Set<ContainerPlan>();

/**
 * Checks the values of one item and sorts them by container (contract 7.2.6, 7.2.15-17).
 *
 * @throws {@link Fault} 400 for unknown sources and properties, and for values that do not fit.
 */
export function supplyValues(item: InstanceWrite, plans: WritePlans): SuppliedValues {
  const cells = new Map<ContainerPlan, JsonValue[]>();
  const valued = new Set<ContainerPlan>();
  const relations: WrittenRelation[] = [];
  const sources: SourcePlan[] = [];
  for (const data of item.sources ?? []) {
    const isBare = Object.keys(data.properties).length === 0;
    const source = plans.source(data.source);
    sources.push(source);
    for (const container of source.containers) {
      checkUse(item, container);
      if (!cells.has(container)) cells.set(container, []);
      if (!isBare) valued.add(container);
    }
    for (const id of Object.keys(data.properties)) {
      const property = writableProperty(item, source, id);
      const where = (): string => placeOf(item, source, id, property);
      const value = checkedValue(property, data.properties[id] as JsonValue, where);
      const row = cells.get(property.container);
      if (row) row[property.container.layout.placeFor(property.id)] = value;
      relations.push(...relationsIn(property, value, where, plans));
    }
  }
  const byContainer = new Map<ContainerPlan, StoredRow>();
  for (const [container, row] of cells) byContainer.set(container, new StoredRow(container.layout, row));
  const bare = valued.size === cells.size ? NONE : new Set([...cells.keys()].filter((one) => !valued.has(one)));
  return { byContainer, bare, relations, sources };
}

function placeOf(item: InstanceWrite, source: SourcePlan, id: string, { facts }: PropertyPlan): string {
  return `property '${id}' of type ${describeType(facts.type)} in ${instanceName(item)} (${source.name})`;
}

function writableProperty(item: InstanceWrite, source: SourcePlan, id: string): PropertyPlan {
  if (source.connections.has(id)) {
    throw badRequest(
      `Cannot write property '${id}' in ${instanceName(item)}: in ${source.name} it is a connection, which holds no data; write edges or the direct relations of the other side`,
    );
  }
  const property = source.properties.get(id);
  if (!property)
    throw badRequest(`Unknown property '${id}' in ${instanceName(item)}: ${source.name} has no such property`);
  if (isComputed(property.container.key, property.id)) {
    throw badRequest(
      `Cannot write property '${id}' in ${instanceName(item)} (${source.name}): the service computes it`,
    );
  }
  return property;
}

function checkedValue({ facts }: PropertyPlan, value: JsonValue, where: () => string): JsonValue {
  if (value === null) {
    if (facts.nullable === false) throw badRequest(`Invalid value for ${where()}: it cannot be null`);
    return null;
  }
  const result = canonicalise(facts.type, value);
  if ("expected" in result) throw badRequest(`Invalid value for ${where()}: expected ${result.expected}`);
  return result.value;
}

function relationsIn(
  { facts }: PropertyPlan,
  value: JsonValue,
  where: () => string,
  plans: WritePlans,
): readonly WrittenRelation[] {
  if (facts.type.type !== "direct") return [];
  const container = facts.type.container && plans.container(facts.type.container);
  return referencesIn(value).map((target) => ({ target, container, where }));
}

function checkUse(item: InstanceWrite, { name, container }: ContainerPlan): void {
  if (container.usedFor === "all" || container.usedFor === item.instanceType) return;
  throw badRequest(
    `Cannot write ${instanceName(item)}: container '${name}' can only be used for ${container.usedFor}s`,
  );
}
