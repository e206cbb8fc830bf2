import type { EdgeDescriptor, PropertyDescriptor, ReverseDescriptor, ViewDescriptor } from "../../../src/ir/index.js";
import { formatVersionedId, type Instance, type NodeReference } from "../../../src/models/index.js";
import { keyOf, type Raw, SPACE, throughKey, type Values, type Views, type World } from "./world.js";

/** An instance as a view shows it: its values by CDF id. */
interface Found {
  readonly key: string;
  readonly values: Values;
  readonly edge?: Edge;
}
type Edge = Raw["edges"][number];

export interface Args {
  readonly where?: Values;
  readonly select?: Values;
  readonly sort?: readonly Values[];
  readonly limit?: number;
}

/** What a list should give: nested loops over everything, and nothing else. */
export class Oracle {
  readonly #views: Views;
  readonly #raw: Raw;

  constructor({ views, raw }: Pick<World, "views" | "raw">) {
    this.#views = views;
    this.#raw = raw;
  }

  list(handle: string, args: Args): unknown[] {
    const view = this.#views[handle];
    if (view === undefined) throw new Error(`no view ${handle}`);
    return this.#pick(view, [...this.#rows(view).keys()], args);
  }

  #pick(view: ViewDescriptor, keys: readonly string[], { where, select, sort = [], limit }: Args): unknown[] {
    const found = keys.flatMap((key) => this.#in(view, key) ?? []).filter((one) => this.#matches(view, one, where));
    const sorted = sort.length === 0 ? found : found.sort((a, b) => compare(view, a, b, sort));
    return sorted.slice(0, limit).map((one) => this.#row(view, one, select));
  }

  #row(view: ViewDescriptor, { key, values, edge }: Found, select: Values | undefined): Values {
    const stored = Object.entries(view.properties).filter(([, { type }]) => type !== "reverse" && type !== "edge");
    const wanted = select ?? Object.fromEntries(stored.map(([name]) => [name, true]));
    const entries = Object.entries(wanted).map(([name, value]): [string, unknown] => {
      const property = view.properties[name] as PropertyDescriptor;
      return [name, this.#value({ key, values }, name, property, value)];
    });
    const ends = edge ? { $type: edge.type, $startNode: edge.startNode, $endNode: edge.endNode } : {};
    return { ...ref(key), ...ends, ...Object.fromEntries(entries) };
  }

  #value(one: Found, name: string, property: PropertyDescriptor, wanted: unknown): unknown {
    const args = (wanted === true ? {} : wanted) as Args & { readonly edge?: unknown; readonly node?: Args | true };
    const raw = one.values[property.type === "reverse" || property.type === "edge" ? "" : (property.id ?? name)];
    const shape = (source: string | undefined, keys: readonly string[], many: boolean): unknown => {
      if (wanted === true) return many ? keys.map(ref) : (keys.map(ref)[0] ?? null);
      const rows = this.#pick(this.#target(source), keys, args);
      return many ? rows : (rows[0] ?? null);
    };
    switch (property.type) {
      case "direct":
        if (wanted === true) return raw ?? null;
        return shape(property.source, [...new Set(refsOf(raw).map(keyOf))], property.list === true);
      case "reverse":
        return shape(property.source, this.#pointingAt(one.key, property), property.single !== true);
      case "edge":
        if (wanted !== true && args.edge !== undefined) {
          const pairs = this.#pairs(one.key, property, args);
          return property.single ? (pairs[0] ?? null) : pairs;
        }
        return shape(
          property.source,
          [...new Set(this.#edges(one.key, property).map(({ far }) => far))],
          !property.single,
        );
      default:
        return decoded(property, raw);
    }
  }

  #pairs(
    key: string,
    property: EdgeDescriptor,
    args: { readonly edge?: unknown; readonly node?: Args | true },
  ): unknown[] {
    const { node } = args;
    const own = this.#edgeView(property.edgeSource);
    const select = args.edge === true ? undefined : (args.edge as Args).select;
    const edgeRow = (edge: Edge): unknown => {
      const values = (own && this.#rows(own).get(keyOf(edge))) ?? {};
      const bare = { $type: edge.type, $startNode: edge.startNode, $endNode: edge.endNode };
      return own ? this.#row(own, { key: keyOf(edge), values, edge }, select) : { ...ref(keyOf(edge)), ...bare };
    };
    const mine = this.#edges(key, property);
    if (node === undefined || node === true)
      return mine.map(({ edge, far }) => ({ edge: edgeRow(edge), node: ref(far) }));
    const view = this.#target(property.source);
    const sort = node.sort ?? [];
    const there = mine.flatMap(({ edge, far }) => {
      const found = this.#in(view, far);
      return found ? [{ edge, found }] : [];
    });
    const sorted = sort.length === 0 ? there : there.sort((a, b) => compare(view, a.found, b.found, sort));
    const { sort: _sort, ...rest } = node;
    return sorted.flatMap(({ edge, found }) =>
      this.#pick(view, [found.key], rest).map((row) => ({ edge: edgeRow(edge), node: row })),
    );
  }

  #pointingAt(key: string, property: ReverseDescriptor): string[] {
    const held = this.#raw.through.get(throughKey(property)) ?? new Map<string, unknown>();
    return [...held].flatMap(([from, value]) => (refsOf(value).some((to) => keyOf(to) === key) ? [from] : []));
  }

  #edges(key: string, { edgeType, direction }: EdgeDescriptor): { readonly edge: Edge; readonly far: string }[] {
    return this.#raw.edges.flatMap((edge) => {
      const [near, far] = direction === "inwards" ? [edge.endNode, edge.startNode] : [edge.startNode, edge.endNode];
      return keyOf(edge.type) === keyOf(edgeType) && keyOf(near) === key ? [{ edge, far: keyOf(far) }] : [];
    });
  }

  #matches(view: ViewDescriptor, one: Found, where: Values = {}): boolean {
    return Object.entries(where).every(([key, condition]) => {
      if (key === "$and") return (condition as Values[]).every((inner) => this.#matches(view, one, inner));
      if (key === "$or") return (condition as Values[]).some((inner) => this.#matches(view, one, inner));
      if (key === "$not") return !this.#matches(view, one, condition as Values);
      const property = view.properties[key];
      const { some } = (condition ?? {}) as { readonly some?: Values };
      if (property && some !== undefined) return this.#someHolds(one, key, property, some);
      const value = key === "externalId" ? ref(one.key).externalId : one.values[propertyId(property, key)];
      if (condition === null) return value === undefined;
      if (typeof condition !== "object") return same(property, value, condition);
      return Object.entries(condition as Values).every(([operator, operand]) =>
        this.#holds(property, value, operator, operand),
      );
    });
  }

  /** Whether there is one at the other end for which the conditions hold. */
  #someHolds(one: Found, name: string, property: PropertyDescriptor, some: Values): boolean {
    const holds = (source: string | undefined, keys: readonly string[], where: Values | undefined): boolean => {
      const view = this.#target(source);
      return keys.flatMap((key) => this.#in(view, key) ?? []).some((far) => this.#matches(view, far, where));
    };
    if (property.type === "direct") {
      return holds(property.source, refsOf(one.values[propertyId(property, name)]).map(keyOf), some);
    }
    if (property.type === "reverse") return holds(property.source, this.#pointingAt(one.key, property), some);
    if (property.type !== "edge") throw new Error(`no relation ${name}`);
    const { edge: ofEdge, node } = some as { readonly edge?: Values; readonly node?: Values };
    const own = this.#edgeView(property.edgeSource);
    return this.#edges(one.key, property).some(({ edge, far }) => {
      // Edges that have nothing of their own are there all the same, with nothing set.
      const values = (own && this.#rows(own).get(keyOf(edge))) ?? {};
      if (own && ofEdge !== undefined && !this.#matches(own, { key: keyOf(edge), values }, ofEdge)) return false;
      return node === undefined || holds(property.source, [far], node);
    });
  }

  #holds(property: PropertyDescriptor | undefined, value: unknown, operator: string, operand: unknown): boolean {
    if (operator === "exists") return (value !== undefined) === operand;
    if (value === undefined) return false;
    const list = operand as readonly unknown[];
    const order =
      rank(property, value) < rank(property, operand) ? -1 : Number(rank(property, value) > rank(property, operand));
    switch (operator) {
      case "equals":
        return same(property, value, operand);
      case "in":
        return list.some((one) => same(property, value, one));
      case "gt":
        return order > 0;
      case "gte":
        return order >= 0;
      case "lt":
        return order < 0;
      case "lte":
        return order <= 0;
      case "prefix":
        return String(value).startsWith(String(operand));
      case "containsAny":
        return list.some((one) => (value as unknown[]).some((element) => same(property, element, one)));
      case "containsAll":
        return list.every((one) => (value as unknown[]).some((element) => same(property, element, one)));
      default: {
        const view = this.#target(property?.type === "direct" ? property.source : undefined);
        const key = keyOf(value as NodeReference);
        const values = this.#rows(view).get(key) ?? {};
        return this.#raw.nodes.has(key) && this.#matches(view, { key, values }, operand as Values);
      }
    }
  }

  #rows({ instanceType, ...view }: ViewDescriptor): ReadonlyMap<string, Values> {
    return this.#raw.rows.get(`${instanceType}:${formatVersionedId(view)}`) ?? new Map();
  }

  #in(view: ViewDescriptor, key: string): Found | undefined {
    const values = this.#rows(view).get(key);
    if (values === undefined) return undefined;
    const edge = view.instanceType === "edge" ? this.#raw.edges.find((one) => keyOf(one) === key) : undefined;
    return { key, values, ...(edge ? { edge } : {}) };
  }

  #target(source: string | undefined): ViewDescriptor {
    const view = this.#find("node", source);
    if (view === undefined) throw new Error(`no view ${source}`);
    return view;
  }

  #edgeView(source: string | undefined): ViewDescriptor | undefined {
    return this.#find("edge", source);
  }

  #find(kind: Instance["instanceType"], id: string | undefined): ViewDescriptor | undefined {
    return Object.values(this.#views).find((view) => view.instanceType === kind && formatVersionedId(view) === id);
  }
}

function ref(key: string): NodeReference {
  const at = key.indexOf("/");
  return { space: key.slice(0, at), externalId: key.slice(at + 1) };
}

function refsOf(value: unknown): readonly NodeReference[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as readonly NodeReference[];
}

function propertyId(property: PropertyDescriptor | undefined, name: string): string {
  return property?.id ?? name;
}

function decoded(property: PropertyDescriptor, value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value) && "list" in property && property.list) return value.map((one) => decoded(property, one));
  return property.type === "timestamp" && typeof value === "string" ? new Date(value) : value;
}

/** Where a value stands among others of its property. */
function rank(property: PropertyDescriptor | undefined, value: unknown): number | string {
  return property?.type === "timestamp" ? new Date(String(value)).getTime() : (value as number | string);
}

function same(property: PropertyDescriptor | undefined, value: unknown, operand: unknown): boolean {
  if (property?.type === "timestamp") return rank(property, value) === rank(property, operand);
  const id = typeof operand === "string" && typeof value === "object" ? { space: SPACE, externalId: operand } : operand;
  return stable(value) === stable(id);
}

function compare(view: ViewDescriptor, a: Found, b: Found, sort: readonly Values[]): number {
  for (const key of [...sort, { externalId: "asc" }]) {
    const [name = "", order] = Object.entries(key)[0] ?? [];
    const { order: direction, nulls } = typeof order === "object" ? (order as Values) : { order, nulls: "last" };
    const property = view.properties[name];
    const read = ({ key: of, values }: Found): unknown =>
      name === "externalId" ? ref(of).externalId : values[propertyId(property, name)];
    const [left, right] = [read(a), read(b)];
    if (left === undefined && right === undefined) continue;
    if (left === undefined || right === undefined) return (left === undefined) === (nulls === "first") ? -1 : 1;
    const [one, other] = [rank(property, left), rank(property, right)];
    if (one !== other) return one < other === (direction === "asc") ? -1 : 1;
  }
  return 0;
}

/** JSON text that does not depend on the order of keys. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
