import type { EdgeDescriptor, PropertyDescriptor, ViewDescriptor } from "../../../src/ir/index.js";
import { formatVersionedId } from "../../../src/models/index.js";
import type { Draw } from "./draw.js";
import { drawScalar, words } from "./draw-data.js";
import type { Values, Views } from "./world.js";

const ordered = new Set(["text", "int32", "int64", "float32", "float64", "timestamp", "date", "timeseries"]);
const ranged = new Set(["int32", "int64", "float32", "float64", "timestamp", "date", "text"]);

/** Random queries of the views of a model. */
export class QueryDraw {
  readonly #draw: Draw;
  readonly #views: Views;

  constructor(draw: Draw, views: Views) {
    this.#draw = draw;
    this.#views = views;
  }

  query(): { readonly handle: string; readonly args: Values } {
    const handle = this.#draw.pick(Object.keys(this.#views));
    const view = this.#views[handle] as ViewDescriptor;
    return { handle, args: this.many(view, 2) };
  }

  /** Options of a list, or of a relation to many; a limit only where a sort tells which ones it leaves. */
  many(view: ViewDescriptor, depth: number): Values {
    const draw = this.#draw;
    const sort = draw.chance(40) ? this.sort(view) : undefined;
    return {
      ...(draw.chance(70) ? { select: this.select(view, depth) } : {}),
      ...(draw.chance(40) ? { where: this.where(view, depth) } : {}),
      ...(sort ? { sort, ...(draw.chance(50) ? { limit: draw.int(0, 5) } : {}) } : {}),
    };
  }

  select(view: ViewDescriptor, depth: number): Values {
    const entries = Object.entries(view.properties).filter(([, one]) => this.canRead(one));
    // Sets in sets are what goes wrong: they come more often than the rest.
    const relations = entries.filter(([, { type }]) => type === "direct" || type === "reverse" || type === "edge");
    const pool = [...entries, ...relations, ...relations];
    if (pool.length === 0) return {};
    const picked = this.#draw.some(pool, 4);
    return Object.fromEntries(picked.map(([name, property]) => [name, this.wanted(property, depth)]));
  }

  /** What is computed by the service, and ends that no view of the model is for, no data tells. */
  canRead(property: PropertyDescriptor): boolean {
    return property.type !== "reverse" || this.node(property.source) !== undefined;
  }

  wanted(property: PropertyDescriptor, depth: number): unknown {
    if (property.type !== "direct" && property.type !== "reverse" && property.type !== "edge") return true;
    const target = this.node(property.source);
    if (target === undefined || depth === 0 || this.#draw.chance(25)) return true;
    if (property.type === "edge" && this.#draw.chance(40)) return this.pair(property, target, depth);
    const isMany = property.type === "direct" ? property.list === true : property.single !== true;
    if (isMany) return this.many(target, depth - 1);
    return this.#draw.chance(70) ? { select: this.select(target, depth - 1) } : {};
  }

  pair(property: EdgeDescriptor, target: ViewDescriptor, depth: number): Values {
    const own = this.edge(property.edgeSource);
    const { limit: _limit, ...node } = this.many(target, depth - 1);
    const edge = own && this.#draw.chance(50) ? { select: this.select(own, 0) } : true;
    return { edge, node: this.#draw.chance(70) ? node : true };
  }

  sort(view: ViewDescriptor): Values[] {
    const names = Object.entries(view.properties)
      .filter(([, one]) => ordered.has(one.type) && !("list" in one && one.list))
      .map(([name]) => name);
    const direction = (): unknown =>
      this.#draw.pick(["asc", "desc", { order: "asc", nulls: "first" }, { order: "desc", nulls: "last" }]);
    return this.#draw.some([...names, "externalId"], 2).map((name) => ({ [name]: direction() }));
  }

  where(view: ViewDescriptor, depth: number): Values {
    const kind = this.#draw.int(1, 8);
    const several = (): Values[] => Array.from({ length: this.#draw.int(0, 3) }, () => this.leaf(view, depth));
    if (kind === 1) return { $or: several() };
    if (kind === 2) return { $and: several() };
    if (kind === 3) return { $not: this.leaf(view, depth) };
    return this.leaf(view, depth);
  }

  leaf(view: ViewDescriptor, depth: number): Values {
    const conditions = Object.entries(view.properties).filter(([, one]) => this.canAsk(one, depth));
    if (conditions.length === 0) return { externalId: { prefix: "a" } };
    return Object.fromEntries(this.#draw.some(conditions, 2).map(([name, one]) => [name, this.condition(one, depth)]));
  }

  canAsk(property: PropertyDescriptor, depth: number): boolean {
    const isFar = property.type === "reverse" || property.type === "edge";
    return !isFar || (depth > 0 && this.node(property.source) !== undefined);
  }

  condition(property: PropertyDescriptor, depth: number): unknown {
    switch (property.type) {
      case "reverse":
        return { some: this.where(this.node(property.source) as ViewDescriptor, depth - 1) };
      case "edge":
        return { some: this.pairCondition(property, depth - 1) };
      case "direct":
        return this.reference(property, depth);
      default:
        return property.list ? this.listed(property) : this.scalar(property);
    }
  }

  pairCondition(property: EdgeDescriptor, depth: number): Values {
    const own = this.edge(property.edgeSource);
    return {
      ...(own && this.#draw.chance(50) ? { edge: this.leaf(own, 0) } : {}),
      ...(this.#draw.chance(60) ? { node: this.where(this.node(property.source) as ViewDescriptor, depth) } : {}),
    };
  }

  reference(property: PropertyDescriptor & { readonly type: "direct" }, depth: number): Values {
    const target = this.node(property.source);
    const handle = Object.entries(this.#views).find(([, view]) => view === target)?.[0] ?? "bare";
    const id = (): string => `${handle}_${this.#draw.int(1, 4)}`;
    const ids = Array.from({ length: this.#draw.int(0, 3) }, id);
    const exists = { exists: this.#draw.chance(50) };
    if (property.list) {
      const some = target && depth > 0 ? [{ some: this.where(target, depth - 1) }] : [];
      return this.#draw.pick([{ containsAny: ids }, { containsAll: [...ids, id()] }, exists, ...some]);
    }
    const is = target && depth > 0 ? [{ is: this.leaf(target, depth - 1) }] : [];
    return this.#draw.pick([{ equals: id() }, { in: ids }, exists, ...is, ...is]);
  }

  listed(property: PropertyDescriptor): Values {
    const values = Array.from({ length: this.#draw.int(0, 3) }, () => drawScalar(this.#draw, property));
    const exists = { exists: this.#draw.chance(50) };
    if (property.type === "json") return exists;
    return this.#draw.pick([
      { containsAny: values },
      { containsAll: [...values, drawScalar(this.#draw, property)] },
      exists,
    ]);
  }

  scalar(property: PropertyDescriptor): unknown {
    const one = (): unknown => drawScalar(this.#draw, property);
    const exists = { exists: this.#draw.chance(50) };
    if (property.type === "json") return exists;
    const choices: unknown[] = [{ equals: one() }, exists, null, one()];
    if (property.type !== "boolean") choices.push({ in: Array.from({ length: this.#draw.int(0, 3) }, one) });
    if (ranged.has(property.type)) choices.push({ gte: one() }, { gt: one(), lte: one() }, { lt: one() });
    if (property.type === "text") choices.push({ prefix: this.#draw.pick(words) });
    return this.#draw.pick(choices);
  }

  node(id: string | undefined): ViewDescriptor | undefined {
    return this.#find("node", id);
  }

  edge(id: string | undefined): ViewDescriptor | undefined {
    return this.#find("edge", id);
  }

  #find(kind: ViewDescriptor["instanceType"], id: string | undefined): ViewDescriptor | undefined {
    return Object.values(this.#views).find((view) => view.instanceType === kind && formatVersionedId(view) === id);
  }
}
