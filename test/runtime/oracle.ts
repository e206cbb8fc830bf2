import type { PropertyDescriptor, ViewDescriptor } from "../../src/ir/index.js";
import { ref, views } from "./farm.js";

type Values = Readonly<Record<string, unknown>>;
type Ref = ReturnType<typeof ref>;

/** A node as it lies in memory: the kind of thing it is, and its values by CDF id. */
export interface RawNode {
  readonly kind: string;
  readonly externalId: string;
  readonly values: Values;
}
/** An edge as it lies in memory. */
export interface RawEdge {
  readonly externalId: string;
  readonly type: string;
  readonly start: string;
  readonly end: string;
  readonly distance?: number;
}
export interface RawData {
  readonly nodes: readonly RawNode[];
  readonly edges: readonly RawEdge[];
}

interface Args {
  readonly where?: Values;
  readonly select?: Values;
  readonly sort?: readonly Values[];
  readonly limit?: number;
}

/** What a list should give: nested loops over everything, and nothing else. */
export class Oracle {
  readonly #data: RawData;

  constructor(data: RawData) {
    this.#data = data;
  }

  list(handle: string, args: Args): unknown[] {
    return this.#pick(viewOf(handle), this.#data.nodes, args);
  }

  #pick(view: ViewDescriptor, nodes: readonly RawNode[], { where, select, sort = [], limit }: Args): unknown[] {
    const found = nodes.filter((node) => isIn(view, node) && this.#matches(view, node, where));
    const sorted = sort.length === 0 ? found : [...found].sort((a, b) => compare(view, a, b, sort));
    return sorted.slice(0, limit).map((node) => this.#row(view, node, select));
  }

  #row(view: ViewDescriptor, node: RawNode, select: Values | undefined): unknown {
    const row: Record<string, unknown> = { space: "data", externalId: node.externalId };
    const stored = Object.entries(view.properties).filter(([, { type }]) => type !== "reverse" && type !== "edge");
    const wanted = select ?? Object.fromEntries(stored.map(([name]) => [name, true]));
    for (const [name, value] of Object.entries(wanted)) {
      const property = view.properties[name] as PropertyDescriptor;
      row[name] = this.#value(node, name, property, value);
    }
    return row;
  }

  #value(node: RawNode, name: string, property: PropertyDescriptor, wanted: unknown): unknown {
    const { nodes, edges } = this.#data;
    const args = (wanted === true ? {} : wanted) as Args & { edge?: true; node?: Args | true };
    const shape = (view: ViewDescriptor, found: readonly RawNode[], many: boolean): unknown => {
      const rows = this.#pick(view, found, args);
      return many ? rows : (rows[0] ?? null);
    };
    switch (property.type) {
      case "direct": {
        const raw = node.values[property.id ?? name] as Ref | readonly Ref[] | undefined;
        if (wanted === true) return raw ?? null;
        const refs = raw === undefined ? [] : Array.isArray(raw) ? (raw as readonly Ref[]) : [raw as Ref];
        const ids = [...new Set(refs.map(({ externalId }) => externalId))];
        const found = ids.flatMap((id) => nodes.filter(({ externalId }) => externalId === id));
        return shape(target(property.source), found, property.list === true);
      }
      case "reverse": {
        const found = nodes.filter((other) => pointsAt(other.values[property.through.property], node.externalId));
        if (wanted === true)
          return ids(
            found.map(({ externalId }) => externalId),
            property.single !== true,
          );
        return shape(target(property.source), found, property.single !== true);
      }
      case "edge": {
        const inwards = property.direction === "inwards";
        const mine = edges.filter(
          ({ type, start, end }) =>
            type === property.edgeType.externalId && (inwards ? end : start) === node.externalId,
        );
        const far = ({ start, end }: RawEdge): string => (inwards ? start : end);
        if (wanted === true) return ids([...new Set(mine.map(far))], property.single !== true);
        const view = target(property.source);
        if (args.edge === undefined) {
          const found = nodes.filter(({ externalId }) => mine.some((edge) => far(edge) === externalId));
          return shape(view, found, property.single !== true);
        }
        const asked = args.node === undefined || args.node === true ? undefined : args.node;
        const ordered = asked?.sort ? this.#sorted(view, mine, far, asked.sort) : mine;
        const pairs = ordered.flatMap((edge) => {
          const own = {
            space: "data",
            externalId: edge.externalId,
            $type: { space: "s", externalId: edge.type },
            $startNode: ref(edge.start),
            $endNode: ref(edge.end),
            distance: edge.distance ?? null,
            surveyor: null,
          };
          if (asked === undefined) return [{ edge: own, node: ref(far(edge)) }];
          const found = nodes.filter(({ externalId }) => externalId === far(edge));
          return this.#pick(view, found, asked).map((row) => ({ edge: own, node: row }));
        });
        return pairs.slice(0, args.limit);
      }
      default:
        return node.values[property.id ?? name] ?? null;
    }
  }

  #sorted(
    view: ViewDescriptor,
    edges: readonly RawEdge[],
    far: (edge: RawEdge) => string,
    sort: readonly Values[],
  ): RawEdge[] {
    const nodeOf = (edge: RawEdge): RawNode =>
      this.#data.nodes.find(({ externalId }) => externalId === far(edge)) ?? { kind: "", externalId: "", values: {} };
    return [...edges].sort((a, b) => compare(view, nodeOf(a), nodeOf(b), sort));
  }

  #matches(view: ViewDescriptor, node: RawNode, where: Values = {}): boolean {
    return Object.entries(where).every(([key, condition]) => {
      if (key === "$and") return (condition as Values[]).every((inner) => this.#matches(view, node, inner));
      if (key === "$or") return (condition as Values[]).some((inner) => this.#matches(view, node, inner));
      if (key === "$not") return !this.#matches(view, node, condition as Values);
      const property = view.properties[key];
      const { some } = (condition ?? {}) as { readonly some?: unknown };
      if (property && some !== undefined) return this.#someHolds(node, key, property, some as Values);
      const value = key === "externalId" ? node.externalId : node.values[property?.id ?? key];
      if (condition === null) return value === undefined;
      if (typeof condition !== "object") return value === condition;
      return Object.entries(condition as Values).every(([operator, operand]) =>
        this.#holds(property, value, operator, operand),
      );
    });
  }

  /** Whether there is one at the other end for which the conditions hold. */
  #someHolds(node: RawNode, name: string, property: PropertyDescriptor, some: Values): boolean {
    const { nodes, edges } = this.#data;
    const holds = (view: ViewDescriptor, found: readonly RawNode[], where: Values): boolean =>
      found.some((one) => isIn(view, one) && this.#matches(view, one, where));
    if (property.type === "direct") {
      const refs = (node.values[property.id ?? name] ?? []) as readonly Ref[];
      const found = nodes.filter(({ externalId }) => refs.some((one) => one.externalId === externalId));
      return holds(target(property.source), found, some);
    }
    if (property.type === "reverse") {
      const found = nodes.filter(({ values }) => pointsAt(values[property.through.property], node.externalId));
      return holds(target(property.source), found, some);
    }
    if (property.type !== "edge") throw new Error(`no relation ${name}`);
    const inwards = property.direction === "inwards";
    const { edge = {}, node: far } = some as { readonly edge?: Values; readonly node?: Values };
    return edges.some((one) => {
      if (one.type !== property.edgeType.externalId || (inwards ? one.end : one.start) !== node.externalId)
        return false;
      const { distance } = one;
      const itself = { kind: "edge", externalId: one.externalId, values: distance === undefined ? {} : { distance } };
      if (!this.#matches(viewOf("distance"), itself, edge)) return false;
      const ends = nodes.filter(({ externalId }) => externalId === (inwards ? one.start : one.end));
      return far === undefined || holds(target(property.source), ends, far);
    });
  }

  #holds(property: PropertyDescriptor | undefined, value: unknown, operator: string, operand: unknown): boolean {
    if (operator === "exists") return (value !== undefined) === operand;
    if (value === undefined) return false;
    const list = operand as readonly unknown[];
    switch (operator) {
      case "equals":
        return same(value, operand);
      case "in":
        return list.some((one) => same(value, one));
      case "gt":
        return (value as number) > (operand as number);
      case "gte":
        return (value as number) >= (operand as number);
      case "lt":
        return (value as number) < (operand as number);
      case "lte":
        return (value as number) <= (operand as number);
      case "prefix":
        return String(value).startsWith(String(operand));
      case "containsAny":
        return list.some((one) => (value as unknown[]).some((element) => same(element, one)));
      case "containsAll":
        return list.every((one) => (value as unknown[]).some((element) => same(element, one)));
      default: {
        const view = target(property?.type === "direct" ? property.source : undefined);
        const found = this.#data.nodes.find(({ externalId }) => externalId === (value as Ref).externalId);
        return found !== undefined && this.#matches(view, found, operand as Values);
      }
    }
  }
}

function same(value: unknown, operand: unknown): boolean {
  const id = typeof operand === "string" && typeof value === "object" ? ref(operand) : operand;
  return JSON.stringify(value) === JSON.stringify(id);
}

function ids(externalIds: readonly string[], many: boolean): unknown {
  const references = externalIds.map((id) => ref(id));
  return many ? references : (references[0] ?? null);
}

function pointsAt(value: unknown, externalId: string): boolean {
  const refs = (Array.isArray(value) ? value : [value]) as readonly (Ref | undefined)[];
  return refs.some((one) => one?.externalId === externalId);
}

function isIn({ externalId }: ViewDescriptor, { kind, values }: RawNode): boolean {
  if (externalId === "Big") return kind === "turbine" && Number(values["capacity"] ?? 0) >= 5;
  return kind === externalId.toLowerCase();
}

function compare(view: ViewDescriptor, a: RawNode, b: RawNode, sort: readonly Values[]): number {
  for (const key of [...sort, { externalId: "asc" }]) {
    const [name = "", order] = Object.entries(key)[0] ?? [];
    const { order: direction, nulls } = typeof order === "object" ? (order as Values) : { order, nulls: "last" };
    const read = (node: RawNode): unknown =>
      name === "externalId" ? node.externalId : node.values[view.properties[name]?.id ?? name];
    const [left, right] = [read(a), read(b)] as [number | undefined, number | undefined];
    if (left === right) continue;
    if (left === undefined || right === undefined) return (left === undefined) === (nulls === "first") ? -1 : 1;
    return left < right === (direction === "asc") ? -1 : 1;
  }
  return 0;
}

function target(source: string | undefined): ViewDescriptor {
  return viewOf(/\/(\w+)@/.exec(source ?? "")?.[1]?.toLowerCase() ?? "");
}

function viewOf(handle: string): ViewDescriptor {
  const view = views[handle];
  if (!view) throw new Error(`no view ${handle}`);
  return view;
}

/** Rows with every list in one order, except those that have an order: by a sort, or of the list itself. */
export function canonical(rows: unknown, handle: string, args: Args): unknown {
  return canonicalRows(rows as readonly Values[], viewOf(handle), args);
}

function canonicalRows(rows: readonly Values[], view: ViewDescriptor, { select, sort }: Args): unknown[] {
  const shaped = rows.map((row) => canonicalRow(row, view, select));
  return sort && sort.length > 0 ? shaped : byText(shaped);
}

function canonicalRow(row: Values, view: ViewDescriptor, select: Values = {}): Values {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, canonicalValue(value, view.properties[name], select[name])]),
  );
}

function canonicalValue(value: unknown, property: PropertyDescriptor | undefined, wanted: unknown): unknown {
  if (value === null || property === undefined) return value;
  const args = (wanted === true || wanted === undefined ? {} : wanted) as Args & { node?: Args | true };
  if (property.type !== "direct" && property.type !== "reverse" && property.type !== "edge") return value;
  if (wanted === true || wanted === undefined) {
    return Array.isArray(value) && property.type !== "direct" ? byText(value) : value;
  }
  const view = target(property.source);
  if (!Array.isArray(value)) return canonicalRow(value as Values, view, args.select);
  if (property.type === "direct") return value.map((row) => canonicalRow(row as Values, view, args.select));
  if (!("edge" in args)) return canonicalRows(value as Values[], view, args);
  const node = args.node === true || args.node === undefined ? undefined : args.node;
  const pairs = (value as { edge: unknown; node: Values }[]).map((pair) => ({
    edge: pair.edge,
    node: node ? canonicalRow(pair.node, view, node.select) : pair.node,
  }));
  return node?.sort ? pairs : byText(pairs);
}

function byText(values: readonly unknown[]): unknown[] {
  return [...values].sort((a, b) => (stable(a) < stable(b) ? -1 : 1));
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
