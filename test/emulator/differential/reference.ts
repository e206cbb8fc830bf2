import {
  type Filter,
  type InstancesAggregateRequest,
  type InstancesListRequest,
  type InstancesQueryRequest,
  type InstancesSearchRequest,
  type InstancesUpsertRequest,
  isRecord,
  type JsonValue,
  type NodeReference,
  type ResultSetExpression,
  type SetExpression,
  type SortKey,
  type SourceReference,
} from "../../../src/models/index.js";
import { VIEWS } from "./model.js";

/** A node or an edge: its rows by container, null values left out. */
export interface Thing {
  readonly instanceType: "node" | "edge";
  readonly externalId: string;
  type?: NodeReference | undefined;
  startNode?: NodeReference | undefined;
  endNode?: NodeReference | undefined;
  readonly rows: Record<string, Record<string, JsonValue>>;
}

/** Evaluates what the contract says in the plainest way: no index, no plan, everything walked anew for every question. */
export class Reference {
  /** In the order in which they were made. */
  #things: Thing[] = [];

  constructor(readonly viewFilter: Filter) {}

  apply({ items, delete: deleted = [] }: InstancesUpsertRequest): void {
    for (const { externalId } of deleted) {
      this.#things = this.#things.filter(
        (thing) => ![thing.externalId, thing.startNode?.externalId, thing.endNode?.externalId].includes(externalId),
      );
    }
    for (const item of items) {
      let thing = this.#find(item);
      if (!thing) {
        thing = { instanceType: item.instanceType, externalId: item.externalId, rows: {} };
        this.#things.push(thing);
      }
      if (item.type !== undefined) thing.type = item.type ?? undefined;
      if (item.instanceType === "edge") {
        thing.startNode = item.startNode;
        thing.endNode = item.endNode;
      }
      for (const { source, properties } of item.sources ?? []) {
        for (const container of containersOf(source)) thing.rows[container] ??= {};
        for (const [id, value] of Object.entries(properties)) {
          const [container, property] = placeOf(source, id);
          const row = thing.rows[container] ?? {};
          if (value === null) delete row[property];
          else row[property] = value;
        }
      }
    }
  }

  list({ instanceType = "node", sources = [], filter, sort = [] }: InstancesListRequest): readonly string[] {
    const all = this.#things.filter(
      (thing) =>
        thing.instanceType === instanceType &&
        sources.every(({ source }) => this.#shows(source.externalId, thing)) &&
        (!filter || this.#matches(filter, thing)),
    );
    return ids(this.#sorted(all, sort));
  }

  search({
    view,
    query = "",
    operator = "OR",
    filter,
    instanceType = "node",
  }: InstancesSearchRequest): readonly string[] {
    const terms = [...new Set(words(query))];
    const texts = Object.entries(VIEWS[view.externalId] ?? {}).filter(([id]) =>
      ["text", "texts", "title", "note"].includes(id),
    );
    const ranked = this.#things
      .filter((thing) => thing.instanceType === instanceType && this.#shows(view.externalId, thing))
      .filter((thing) => !filter || this.#matches(filter, thing))
      .map((thing) => {
        const held = texts.flatMap(([, [container, id]]) =>
          [thing.rows[container]?.[id] ?? []].flat().flatMap((text) => words(String(text))),
        );
        return { thing, rank: terms.filter((term) => held.some((word) => word.startsWith(term))).length };
      })
      .filter(({ rank }) => terms.length === 0 || rank >= (operator === "AND" ? terms.length : 1));
    ranked.sort((a, b) => b.rank - a.rank || compare(a.thing.externalId, b.thing.externalId));
    return ids(ranked.map(({ thing }) => thing));
  }

  aggregate({ view, filter, aggregates = [], groupBy = [] }: InstancesAggregateRequest): readonly unknown[] {
    const all = this.#things.filter(
      (thing) =>
        thing.instanceType === "node" &&
        this.#shows(view.externalId, thing) &&
        (!filter || this.#matches(filter, thing)),
    );
    const value = (thing: Thing, id: string): JsonValue | undefined =>
      this.#value(["s", `${view.externalId}/v1`, id], thing);
    const groups = new Map<string, { group: Record<string, JsonValue>; members: Thing[] }>();
    for (const thing of all) {
      let combinations: Record<string, JsonValue>[] = [{}];
      for (const id of groupBy) {
        const held = [value(thing, id) ?? []].flat();
        const distinct = [...new Map(held.map((one) => [JSON.stringify(one), one])).values()];
        if (distinct.length > 0)
          combinations = combinations.flatMap((group) => distinct.map((one) => ({ ...group, [id]: one as JsonValue })));
      }
      for (const group of combinations) {
        const key = JSON.stringify(groupBy.map((id) => [id, group[id] ?? null]));
        const known = groups.get(key) ?? { group, members: [] };
        known.members.push(thing);
        groups.set(key, known);
      }
    }
    const parts = groupBy.length === 0 ? [{ group: undefined, members: all }] : [...groups.values()];
    return parts.map(({ group, members }) => [
      group,
      aggregates.map((aggregate) => {
        const [[name = "", body] = []] = Object.entries(aggregate) as [string, { property?: string }][];
        if (name === "count" && body?.property === undefined) return members.length;
        const held = members.flatMap((thing) => value(thing, body?.property ?? "") ?? []);
        if (name === "count") return members.filter((thing) => value(thing, body?.property ?? "") !== undefined).length;
        const numbers = held.flat().map(Number);
        if (numbers.length === 0) return undefined;
        const sum = numbers.reduce((a, b) => a + b, 0);
        return { sum, avg: sum / numbers.length, min: Math.min(...numbers), max: Math.max(...numbers) }[name];
      }),
    ]);
  }

  /** The first page of every set. */
  query({ with: expressions, parameters = {} }: InstancesQueryRequest): Readonly<Record<string, readonly string[]>> {
    const results = new Map<string, readonly Thing[]>();
    const result = (name: string): readonly Thing[] => {
      const known =
        results.get(name) ?? this.#evaluate(expressions[name] as ResultSetExpression, result, expressions, parameters);
      results.set(name, known);
      return known;
    };
    return Object.fromEntries(Object.keys(expressions).map((name) => [name, ids(result(name))]));
  }

  #evaluate(
    expression: ResultSetExpression,
    result: (name: string) => readonly Thing[],
    all: InstancesQueryRequest["with"],
    parameters: Readonly<Record<string, JsonValue>>,
  ): readonly Thing[] {
    const { limit = 100 } = expression;
    const passes = (filter: Filter | undefined, thing: Thing): boolean =>
      !filter || this.#matches(filter, thing, parameters);
    const isInwards = (name: string): boolean => {
      const other = all[name];
      return other !== undefined && "edges" in other && other.edges.direction === "inwards";
    };
    /** The ends of edges, or the nodes themselves. */
    const endsOf = (name: string, chainTo = "destination"): readonly Thing[] =>
      result(name).flatMap((thing) => {
        if (thing.instanceType === "node") return [thing];
        const end = isInwards(name) === (chainTo === "destination") ? thing.startNode : thing.endNode;
        return (end && this.#find(end)) ?? [];
      });
    if ("nodes" in expression) {
      const { from, through, direction = "inwards", chainTo, filter } = expression.nodes;
      const reached = (node: Thing): boolean => {
        if (from === undefined) return true;
        if (!through) return endsOf(from, chainTo).includes(node);
        const targets = (thing: Thing): readonly string[] =>
          relations(this.#value(pathOf(through.source, through.identifier), thing));
        if (direction === "outwards") return result(from).some((thing) => targets(thing).includes(node.externalId));
        return result(from).some((thing) => targets(node).includes(thing.externalId));
      };
      const found = this.#things.filter(
        (thing) => thing.instanceType === "node" && reached(thing) && passes(filter, thing),
      );
      return this.#sorted(found, expression.sort ?? []).slice(0, limit);
    }
    if ("edges" in expression) {
      const {
        from,
        direction = "outwards",
        maxDistance = 1,
        filter,
        nodeFilter,
        terminationFilter,
        limitEach,
        chainTo,
      } = expression.edges;
      const [near, far] =
        direction === "outwards" ? (["startNode", "endNode"] as const) : (["endNode", "startNode"] as const);
      const target = (edge: Thing): Thing | undefined => edge[far] && this.#find(edge[far]);
      const edges = this.#things.filter((edge) => {
        const node = target(edge);
        return edge.instanceType === "edge" && passes(filter, edge) && (!node || passes(nodeFilter, node));
      });
      const found = new Set<Thing>(from === undefined ? edges : []);
      const visited = new Set<Thing>();
      let frontier = from === undefined ? [] : [...new Set(endsOf(from, chainTo))];
      for (let hop = 0; hop < maxDistance && frontier.length > 0; hop++) {
        for (const node of frontier) visited.add(node);
        const walked = frontier.flatMap((node) =>
          this.#sorted(
            edges.filter((edge) => edge[near]?.externalId === node.externalId),
            expression.sort ?? [],
          ).slice(0, limitEach),
        );
        for (const edge of walked) found.add(edge);
        const next = new Set(walked.flatMap((edge) => target(edge) ?? []));
        frontier = [...next].filter(
          (node) => !visited.has(node) && !(terminationFilter && passes(terminationFilter, node)),
        );
      }
      const inOrder = this.#things.filter((thing) => found.has(thing));
      return this.#sorted(inOrder, expression.sort ?? []).slice(0, limit);
    }
    return this.#set(expression, result).slice(0, limit);
  }

  #set(expression: SetExpression, result: (name: string) => readonly Thing[]): readonly Thing[] {
    const of = (member: string | SetExpression): readonly Thing[] =>
      typeof member === "string" ? result(member) : this.#set(member, result).slice(0, member.limit);
    const without = (things: readonly Thing[]): readonly Thing[] =>
      things.filter((thing) => !(expression.except ?? []).some((name) => result(name).includes(thing)));
    if ("unionAll" in expression) return without(expression.unionAll.flatMap(of));
    if ("union" in expression) return without([...new Set(expression.union.flatMap(of))]);
    const [first = [], ...others] = expression.intersection.map(of);
    return without([...new Set(first)].filter((thing) => others.every((list) => list.includes(thing))));
  }

  #find({ externalId }: { readonly externalId: string }): Thing | undefined {
    return this.#things.find((thing) => thing.externalId === externalId);
  }

  #shows(view: string, thing: Thing): boolean {
    if (view === "Filtered") return this.#matches(this.viewFilter, thing);
    return Object.values(VIEWS[view] ?? {}).every(([container]) => thing.rows[container] !== undefined);
  }

  #sorted(things: readonly Thing[], sort: readonly SortKey[]): readonly Thing[] {
    return [...things].sort((a, b) => {
      for (const { property, direction, nullsFirst } of sort) {
        const [left, right] = [this.#value(property, a), this.#value(property, b)];
        if (left === undefined && right === undefined) continue;
        if (left === undefined || right === undefined) return (left === undefined) === (nullsFirst === true) ? -1 : 1;
        const order = compare(left, right) * (direction === "descending" ? -1 : 1);
        if (order !== 0) return order;
      }
      return 0;
    });
  }

  #value(path: readonly string[], thing: Thing): JsonValue | undefined {
    const [first = "", second = "", id = ""] = path;
    if (path.length === 2)
      return first === thing.instanceType ? (thing as unknown as Record<string, JsonValue>)[second] : undefined;
    const [container, property] = second.includes("/")
      ? placeOf({ externalId: second.split("/")[0] ?? "", type: "view" }, id)
      : [second, id];
    return thing.rows[container]?.[property];
  }

  #matches(filter: Filter, thing: Thing, parameters: Readonly<Record<string, JsonValue>> = {}): boolean {
    const inner = (other: Filter): boolean => this.#matches(other, thing, parameters);
    const given = (value: unknown): JsonValue | undefined => {
      if (isRecord(value) && "parameter" in value) return parameters[String(value["parameter"])];
      if (isRecord(value) && "property" in value) return this.#value(value["property"] as string[], thing);
      return value as JsonValue;
    };
    const held = (path: readonly string[]): readonly JsonValue[] => [this.#value(path, thing) ?? []].flat();
    const has = (values: readonly JsonValue[], wanted: unknown): boolean =>
      values.some((value) => compare(value, given(wanted)) === 0);
    const within = (path: readonly string[], accepts: (order: number) => boolean, bound: unknown): boolean => {
      const value = this.#value(path, thing);
      const limit = given(bound);
      return bound === undefined || (value !== undefined && limit !== undefined && accepts(compare(value, limit)));
    };
    if ("and" in filter) return filter.and.every(inner);
    if ("or" in filter) return filter.or.some(inner);
    if ("not" in filter) return !inner(filter.not);
    if ("matchAll" in filter) return true;
    if ("equals" in filter) return has(held(filter.equals.property), filter.equals.value);
    if ("in" in filter)
      return (given(filter.in.values) as JsonValue[]).some((value) => has(held(filter.in.property), value));
    if ("containsAny" in filter)
      return (given(filter.containsAny.values) as JsonValue[]).some((value) =>
        has(held(filter.containsAny.property), value),
      );
    if ("containsAll" in filter) {
      const exists = this.#value(filter.containsAll.property, thing) !== undefined;
      return (
        exists &&
        (given(filter.containsAll.values) as JsonValue[]).every((value) =>
          has(held(filter.containsAll.property), value),
        )
      );
    }
    if ("range" in filter) {
      const { property, gt, gte, lt, lte } = filter.range;
      return (
        within(property, (o) => o > 0, gt) &&
        within(property, (o) => o >= 0, gte) &&
        within(property, (o) => o < 0, lt) &&
        within(property, (o) => o <= 0, lte)
      );
    }
    if ("overlaps" in filter) {
      const { startProperty: start, endProperty: end, gt, gte, lt, lte } = filter.overlaps;
      if (this.#value(start, thing) === undefined || this.#value(end, thing) === undefined) return false;
      return (
        within(end, (o) => o > 0, gt) &&
        within(end, (o) => o >= 0, gte) &&
        within(start, (o) => o < 0, lt) &&
        within(start, (o) => o <= 0, lte)
      );
    }
    if ("prefix" in filter)
      return held(filter.prefix.property).some((value) => String(value).startsWith(String(given(filter.prefix.value))));
    if ("exists" in filter) return this.#value(filter.exists.property, thing) !== undefined;
    if ("hasData" in filter)
      return filter.hasData.flatMap(containersOf).every((container) => thing.rows[container] !== undefined);
    if ("instanceReferences" in filter)
      return filter.instanceReferences.some(({ externalId }) => externalId === thing.externalId);
    if (!("nested" in filter)) return false;
    return relations(this.#value(filter.nested.scope, thing)).some((id) => {
      const target = this.#find({ externalId: id });
      return target !== undefined && this.#matches(filter.nested.filter, target, parameters);
    });
  }
}

type Named = Pick<SourceReference, "type" | "externalId">;

function placeOf({ type, externalId }: Named, id: string): readonly [container: string, property: string] {
  return type === "container" ? [externalId, id] : (VIEWS[externalId]?.[id] ?? [externalId, id]);
}

function pathOf({ type, externalId }: Named, id: string): readonly string[] {
  return ["s", type === "view" ? `${externalId}/v1` : externalId, id];
}

function containersOf({ type, externalId }: Named): readonly string[] {
  return type === "container" ? [externalId] : Object.values(VIEWS[externalId] ?? {}).map(([container]) => container);
}

function relations(value: JsonValue | undefined): readonly string[] {
  return [value ?? []].flat().map((target) => String((target as unknown as NodeReference).externalId));
}

function compare(a: JsonValue | undefined, b: JsonValue | undefined): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (isRecord(a) && isRecord(b)) return compare(String(a["externalId"]), String(b["externalId"]));
  return a === b ? 0 : Number(a) - Number(b);
}

function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

function ids(things: readonly Thing[]): readonly string[] {
  return things.map(({ externalId }) => externalId);
}
