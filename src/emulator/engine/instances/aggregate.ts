import type {
  AggregatedItem,
  GroupValue,
  InstancesAggregateRequest,
  InstancesAggregateResponse,
  ViewReference,
} from "../../../models/index.js";
import { writeJson } from "../../../models/index.js";
import { badRequest, timedOut } from "../fault.js";
import type { ProjectState, StoredInstance } from "../state.js";
import type { Conversion } from "../units/index.js";
import { compileAggregate } from "./aggregate-functions.js";
import { allInstances } from "./plan.js";
import { type Property, resolveProperty } from "./property.js";
import { readSources, typingOf } from "./read.js";
import { selection } from "./selection.js";
import { textMatch } from "./text-match.js";
import { fullPath, fullPaths } from "./view-paths.js";

/** Groups where the request names no limit (contract 3.4). */
const DEFAULT_LIMIT = 100;

/**
 * Aggregates as `POST /models/instances/aggregate` does (contract 9.5). Groups come in the order of their first
 * instances.
 *
 * @throws {@link Fault} 400 for unknown views and properties, and for those of a type that cannot be used so.
 */
export function aggregateInstances(
  state: ProjectState,
  request: InstancesAggregateRequest,
): InstancesAggregateResponse {
  const { view, instanceType = "node", aggregates = [], groupBy = [], limit = DEFAULT_LIMIT, targetUnits } = request;
  const sources = readSources(state, [{ source: view, ...(targetUnits ? { targetUnits } : {}) }]);
  const filter = request.filter && fullPaths(view, request.filter);
  const selected = selection(state, { instanceType, views: [view], filter });
  const match = textMatch(state, request, selected.work);
  const conversions = new Map(
    sources.flatMap(({ columns }) => columns.flatMap(({ id, conversion }) => (conversion ? [[id, conversion]] : []))),
  );
  const compute = aggregates.map((aggregate) =>
    compileAggregate({ state, view, instanceType, conversions }, aggregate),
  );
  const keys = groupBy.map((id) => groupKey(state, view, id, conversions.get(id)));
  const instances = [...allInstances(state, selected)].filter((instance) => match(instance) > 0);
  const items = groupsOf(keys, instances).map(
    ({ group, members }): AggregatedItem => ({
      instanceType,
      ...(groupBy.length > 0 ? { group } : {}),
      aggregates: compute.map((of) => of(members)),
    }),
  );
  return { items: items.slice(0, limit), ...(request.includeTyping === true ? { typing: typingOf(sources) } : {}) };
}

/** Groups that instances may be in beside their first ones, all together: lists would else multiply without bound. */
const MAX_FURTHER_GROUPS = 100_000;

interface Group {
  readonly group: Readonly<Record<string, GroupValue>>;
  readonly members: StoredInstance[];
}

/** The values of an instance to group by; none stands for a missing value. */
interface GroupKey {
  readonly id: string;
  readonly valuesOf: (instance: StoredInstance) => readonly (GroupValue | undefined)[];
}

const GROUPABLE = ["text", "direct", "int32", "int64", "float32", "float64", "boolean", "enum"];

function groupKey(state: ProjectState, view: ViewReference, id: string, conversion: Conversion | undefined): GroupKey {
  const property = resolveProperty(state, fullPath(view, [id]));
  const { type, list, read } = property;
  if (!GROUPABLE.includes(type.type) || (list && !["text", "direct"].includes(type.type))) throw notGroupable(property);
  return {
    id,
    valuesOf: (instance) => {
      const value = read(instance) as GroupValue | readonly GroupValue[] | undefined;
      if (!isList(value)) return [conversion && typeof value === "number" ? conversion.convert(value) : value];
      return value.length === 0 ? [undefined] : distinct(value);
    },
  };
}

function notGroupable({ name, type, list }: Property): Error {
  return badRequest(
    `Property '${name}' of type ${type.type}${list ? "[]" : ""} cannot be used in group by. Supported types are [text[], direct[], ${GROUPABLE.join(", ")}]`,
  );
}

/** One group for each combination of values; an instance with lists is in several (contract 9.5). */
function groupsOf(keys: readonly GroupKey[], instances: readonly StoredInstance[]): readonly Group[] {
  if (keys.length === 0) return [{ group: {}, members: [...instances] }];
  const groups = new Map<string, Group>();
  let further = 0;
  for (const instance of instances) {
    const lists = keys.map(({ valuesOf }) => valuesOf(instance));
    further += lists.reduce((count, { length }) => count * length, 1) - 1;
    if (further > MAX_FURTHER_GROUPS) throw timedOut();
    for (const values of combinations(lists)) {
      const named = keys.flatMap(({ id }, index): [string, GroupValue][] => {
        const value = values[index];
        return value === undefined ? [] : [[id, value]];
      });
      const key = writeJson(named);
      const group = groups.get(key) ?? { group: Object.fromEntries(named), members: [] };
      groups.set(key, group);
      group.members.push(instance);
    }
  }
  return [...groups.values()];
}

function combinations<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
}

function distinct(values: readonly GroupValue[]): readonly GroupValue[] {
  return [...new Map(values.map((value) => [writeJson(value), value])).values()];
}

function isList(value: GroupValue | readonly GroupValue[] | undefined): value is readonly GroupValue[] {
  return Array.isArray(value);
}
