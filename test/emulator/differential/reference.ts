import * as api from "../../../src/models/index.js";
import { VIEWS } from "./model.js";

/** A node or an edge: its rows by container, null values left out. */
export interface Thing {
  readonly instanceType: "node" | "edge";
  readonly externalId: string;
  type?: api.NodeReference | undefined;
  startNode?: api.NodeReference | undefined;
  endNode?: api.NodeReference | undefined;
  readonly rows: Record<string, Record<string, api.JsonValue>>;
}

type Values = Readonly<Record<string, api.JsonValue>>;
type Expression<K extends "nodes" | "edges"> = Extract<api.ResultSetExpression, Record<K, unknown>>;

/** Evaluates what the contract says in the plainest way: no index, no plan, everything walked anew for every question. */
export class Reference {
  /** In the order in which they were made. */
  #things: Thing[] = [];
  /** The query under way, and what its expressions gave so far. */
  #query: Pick<api.InstancesQueryRequest, "with" | "parameters"> = { with: {} };
  #results = new Map<string, readonly Thing[]>();

  constructor(readonly viewFilter: api.Filter) {}

  apply({ items, delete: deleted = [] }: api.InstancesUpsertRequest): void {
    for (const { externalId } of deleted) {
      this.#things = this.#things.filter(
        (thing) => ![thing.externalId, thing.startNode?.externalId, thing.endNode?.externalId].includes(externalId),
      );
    }
    for (const item of items) {
      const [known] = this.#at(item);
      const thing: Thing = known ?? { instanceType: item.instanceType, externalId: item.externalId, rows: {} };
      if (!known) this.#things.push(thing);
      if (item.type !== undefined) thing.type = item.type ?? undefined;
      if (item.instanceType === "edge") Object.assign(thing, { startNode: item.startNode, endNode: item.endNode });
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

  list({ instanceType = "node", sources = [], filter, sort = [] }: api.InstancesListRequest): readonly string[] {
    const views = sources.map(({ source }) => source.externalId);
    return ids(this.#sorted(this.#selected(instanceType, views, filter), sort));
  }

  search({ view, query = "", operator = "OR", filter }: api.InstancesSearchRequest): readonly string[] {
    const terms = [...new Set(words(query))];
    const texts = Object.entries(VIEWS[view.externalId] ?? {}).filter(([id]) => TEXTS.includes(id));
    const rank = (thing: Thing): number => {
      const values = texts.flatMap(([, [container, id]]) => thing.rows[container]?.[id] ?? []);
      const held = values.flat().flatMap((text) => words(String(text)));
      return terms.filter((term) => held.some((word) => word.startsWith(term))).length;
    };
    const enough = operator === "AND" ? terms.length : Math.min(1, terms.length);
    const found = this.#selected("node", [view.externalId], filter).filter((thing) => rank(thing) >= enough);
    return ids(found.sort((a, b) => rank(b) - rank(a) || compare(a.externalId, b.externalId)));
  }

  aggregate({ view, filter, aggregates = [], groupBy = [] }: api.InstancesAggregateRequest): readonly unknown[] {
    const all = this.#selected("node", [view.externalId], filter);
    const held = (thing: Thing, id: string): readonly api.JsonValue[] =>
      [this.#value(pathOf(view, id), thing) ?? []].flat();
    const groups = new Map<string, { readonly group: Values; readonly members: Thing[] }>();
    for (const thing of groupBy.length > 0 ? all : []) {
      // A thing is in a group for each combination of its values; one without a value has no key for it.
      let combinations: Values[] = [{}];
      for (const id of groupBy) {
        const values = [...new Map(held(thing, id).map((value) => [JSON.stringify(value), value])).values()];
        if (values.length === 0) continue;
        combinations = combinations.flatMap((group) => values.map((value) => ({ ...group, [id]: value })));
      }
      for (const group of combinations) {
        const key = JSON.stringify(group);
        groups.set(key, { group, members: [...(groups.get(key)?.members ?? []), thing] });
      }
    }
    const parts = groupBy.length > 0 ? [...groups.values()] : [{ group: undefined, members: all }];
    return parts.map(({ group, members }) => [
      group,
      aggregates.map((aggregate) => {
        const [[name = "", { property = "" } = {}] = []] = Object.entries<{ property?: string }>({ ...aggregate });
        if (name === "count" && property === "") return members.length;
        const exists = (thing: Thing): boolean => this.#value(pathOf(view, property), thing) !== undefined;
        if (name === "count") return members.filter(exists).length;
        const numbers = members.flatMap((thing) => held(thing, property)).map(Number);
        if (numbers.length === 0) return undefined;
        const sum = numbers.reduce((a, b) => a + b, 0);
        return { sum, avg: sum / numbers.length, min: Math.min(...numbers), max: Math.max(...numbers) }[name];
      }),
    ]);
  }

  /** The first page of every set. */
  query(request: api.InstancesQueryRequest): Readonly<Record<string, readonly string[]>> {
    this.#query = request;
    this.#results = new Map();
    return Object.fromEntries(Object.keys(request.with).map((name) => [name, ids(this.#result(name))]));
  }

  #result(name: string): readonly Thing[] {
    const result = this.#results.get(name) ?? this.#evaluate(this.#query.with[name] as api.ResultSetExpression);
    this.#results.set(name, result);
    return result;
  }

  #evaluate(expression: api.ResultSetExpression): readonly Thing[] {
    const { limit = 100 } = expression;
    if (!("nodes" in expression || "edges" in expression)) return this.#set(expression).slice(0, limit);
    const found = "nodes" in expression ? this.#nodes(expression) : this.#edges(expression);
    return this.#sorted(found, expression.sort ?? []).slice(0, limit);
  }

  /** The ends of edges, or the nodes themselves. */
  #ends(name: string, chainTo = "destination"): readonly Thing[] {
    const from = this.#query.with[name];
    const isInwards = from !== undefined && "edges" in from && from.edges.direction === "inwards";
    const end = isInwards === (chainTo === "destination") ? "startNode" : "endNode";
    return this.#result(name).flatMap((thing) => (thing.instanceType === "node" ? [thing] : this.#at(thing[end])));
  }

  #nodes({ nodes }: Expression<"nodes">): readonly Thing[] {
    const { from, through, direction = "inwards", chainTo, filter } = nodes;
    const targets = (thing: Thing): readonly string[] =>
      through ? relations(this.#value(pathOf(through.source, through.identifier), thing)) : [];
    const reached = (node: Thing): boolean => {
      if (from === undefined) return true;
      if (!through) return this.#ends(from, chainTo).includes(node);
      const isPair = (holder: Thing, target: Thing): boolean => targets(holder).includes(target.externalId);
      return this.#result(from).some((one) => (direction === "outwards" ? isPair(one, node) : isPair(node, one)));
    };
    return this.#selected("node", [], filter).filter(reached);
  }

  #edges({ edges, sort = [] }: Expression<"edges">): readonly Thing[] {
    const { from, direction, maxDistance = 1, filter, nodeFilter, terminationFilter, limitEach, chainTo } = edges;
    const [near, far] =
      direction === "inwards" ? (["endNode", "startNode"] as const) : (["startNode", "endNode"] as const);
    const walkable = this.#selected("edge", [], filter).filter((edge) =>
      this.#at(edge[far]).every((node) => this.#matches(nodeFilter, node)),
    );
    if (from === undefined) return walkable;
    const found = new Set<Thing>();
    const visited = new Set<Thing>();
    let frontier = [...new Set(this.#ends(from, chainTo))];
    for (let hop = 0; hop < maxDistance; hop++) {
      for (const node of frontier) visited.add(node);
      const walked = frontier.flatMap((node) => {
        const leaving = walkable.filter((edge) => edge[near]?.externalId === node.externalId);
        return this.#sorted(leaving, sort).slice(0, limitEach);
      });
      for (const edge of walked) found.add(edge);
      const next = [...new Set(walked.flatMap((edge) => this.#at(edge[far])))];
      const ends = (node: Thing): boolean => terminationFilter !== undefined && this.#matches(terminationFilter, node);
      frontier = next.filter((node) => !visited.has(node) && !ends(node));
    }
    return this.#things.filter((thing) => found.has(thing));
  }

  #set(expression: api.SetExpression): readonly Thing[] {
    const of = (member: string | api.SetExpression): readonly Thing[] =>
      typeof member === "string" ? this.#result(member) : this.#set(member).slice(0, member.limit);
    const without = (things: readonly Thing[]): readonly Thing[] =>
      things.filter((thing) => !(expression.except ?? []).some((name) => this.#result(name).includes(thing)));
    if ("unionAll" in expression) return without(expression.unionAll.flatMap(of));
    if ("union" in expression) return without([...new Set(expression.union.flatMap(of))]);
    const [first = [], ...others] = expression.intersection.map(of);
    return without([...new Set(first)].filter((thing) => others.every((list) => list.includes(thing))));
  }

  /** What an id leads to: one thing, or none. */
  #at(id: { readonly externalId: string } | undefined): readonly Thing[] {
    return this.#things.filter((thing) => thing.externalId === id?.externalId);
  }

  /** What all views show and the filter lets through. */
  #selected(instanceType: string, views: readonly string[], filter: api.Filter | undefined): Thing[] {
    return this.#things.filter(
      (thing) =>
        thing.instanceType === instanceType &&
        views.every((view) => this.#shows(view, thing)) &&
        this.#matches(filter, thing),
    );
  }

  #shows(view: string, thing: Thing): boolean {
    if (view === "Filtered") return this.#matches(this.viewFilter, thing);
    return Object.values(VIEWS[view] ?? {}).every(([container]) => thing.rows[container] !== undefined);
  }

  #sorted(things: readonly Thing[], sort: readonly api.SortKey[]): readonly Thing[] {
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

  #value(path: readonly string[], thing: Thing): api.JsonValue | undefined {
    const [first = "", second = "", id = ""] = path;
    const facts: Partial<Record<string, unknown>> = { ...thing };
    if (path.length === 2) return first === thing.instanceType ? (facts[second] as api.JsonValue) : undefined;
    const [name = "", version] = second.split("/");
    const [container, property] = placeOf({ externalId: name, type: version ? "view" : "container" }, id);
    return thing.rows[container]?.[property];
  }

  #matches(filter: api.Filter | undefined, thing: Thing): boolean {
    if (!filter) return true;
    const inner = (other: api.Filter): boolean => this.#matches(other, thing);
    const exists = (path: readonly string[]): boolean => this.#value(path, thing) !== undefined;
    const given = (value: unknown): api.JsonValue | undefined => {
      if (api.isRecord(value) && "parameter" in value) return this.#query.parameters?.[String(value["parameter"])];
      if (api.isRecord(value) && "property" in value) return this.#value(value["property"] as string[], thing);
      return value as api.JsonValue;
    };
    const all = (values: unknown): readonly api.JsonValue[] => given(values) as api.JsonValue[];
    const held = (path: readonly string[]): readonly api.JsonValue[] => [this.#value(path, thing) ?? []].flat();
    const holds = (path: readonly string[], wanted: unknown): boolean =>
      held(path).some((value) => compare(value, given(wanted)) === 0);
    const within = (path: readonly string[], bounds: Partial<Record<keyof typeof BOUNDS, unknown>>): boolean =>
      (Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]).every((name) => {
        if (bounds[name] === undefined) return true;
        const [value, limit] = [this.#value(path, thing), given(bounds[name])];
        return value !== undefined && limit !== undefined && BOUNDS[name](compare(value, limit));
      });
    if ("and" in filter) return filter.and.every(inner);
    if ("or" in filter) return filter.or.some(inner);
    if ("not" in filter) return !inner(filter.not);
    if ("matchAll" in filter) return true;
    if ("equals" in filter) return holds(filter.equals.property, filter.equals.value);
    if ("in" in filter) return all(filter.in.values).some((value) => holds(filter.in.property, value));
    if ("containsAny" in filter) {
      return all(filter.containsAny.values).some((value) => holds(filter.containsAny.property, value));
    }
    if ("containsAll" in filter) {
      const { property, values } = filter.containsAll;
      return exists(property) && all(values).every((value) => holds(property, value));
    }
    if ("range" in filter) return within(filter.range.property, filter.range);
    if ("overlaps" in filter) {
      const { startProperty: start, endProperty: end, gt, gte, lt, lte } = filter.overlaps;
      return exists(start) && exists(end) && within(end, { gt, gte }) && within(start, { lt, lte });
    }
    if ("prefix" in filter) {
      return held(filter.prefix.property).some((value) => String(value).startsWith(String(given(filter.prefix.value))));
    }
    if ("exists" in filter) return exists(filter.exists.property);
    if ("hasData" in filter) return filter.hasData.flatMap(containersOf).every((container) => thing.rows[container]);
    if ("instanceReferences" in filter) return ids(filter.instanceReferences).includes(thing.externalId);
    if (!("nested" in filter)) return false;
    const targets = relations(this.#value(filter.nested.scope, thing)).flatMap((id) => this.#at({ externalId: id }));
    return targets.some((target) => this.#matches(filter.nested.filter, target));
  }
}

const BOUNDS = {
  gt: (order: number): boolean => order > 0,
  gte: (order: number): boolean => order >= 0,
  lt: (order: number): boolean => order < 0,
  lte: (order: number): boolean => order <= 0,
};
const TEXTS = ["text", "texts", "title", "note"];

type Named = Pick<api.SourceReference, "type" | "externalId">;
type Place = readonly [container: string, property: string];
const placeOf = ({ type, externalId }: Named, id: string): Place =>
  type === "container" ? [externalId, id] : (VIEWS[externalId]?.[id] ?? [externalId, id]);
const pathOf = ({ type, externalId }: Named, id: string): readonly string[] => [
  "s",
  type === "view" ? `${externalId}/v1` : externalId,
  id,
];
const containersOf = ({ type, externalId }: Named): readonly string[] =>
  type === "container" ? [externalId] : Object.values(VIEWS[externalId] ?? {}).map(([container]) => container);
const relations = (value: api.JsonValue | undefined): readonly string[] =>
  [value ?? []].flat().map((target) => (api.isRecord(target) ? String(target["externalId"]) : ""));
const words = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const ids = (things: readonly { readonly externalId: string }[]): readonly string[] =>
  things.map(({ externalId }) => externalId);
const compare = (a: api.JsonValue | undefined, b: api.JsonValue | undefined): number => {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (api.isRecord(a) && api.isRecord(b)) return compare(String(a["externalId"]), String(b["externalId"]));
  return a === b ? 0 : Number(a) - Number(b);
};
