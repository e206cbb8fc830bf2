import type { IrDirect, IrEdge, IrModel, IrScalar, IrView } from "../ir/index.js";
import {
  type EdgeWrite,
  formatVersionedId,
  type InstanceWrite,
  type JsonValue,
  type NodeReference,
  type NodeWrite,
  type PropertyValues,
  type SourceData,
  type VersionedIdentity,
  viewReference,
} from "../models/index.js";
import { type MockOptions, type Plan, plansOf } from "./options.js";
import { seeded } from "./random.js";
import { usualValue } from "./values.js";

/** Most values of a list that are made. */
const longestList = 3;
/** Most characters of an external id (contract 3.6). */
const longestId = 255;

/**
 * Makes instances of a model, nodes before edges, one at a time: any number of them takes no memory. Required properties
 * are always set, read-only ones never; enums have one of their values, numbers lie where their unit has them, and relations
 * point at nodes that are made too, of their target or of views that implement it.
 *
 * @throws InputError `INPUT.MOCK` for options that cannot be meant
 *
 * @example
 * ```ts
 * import { readModelDocument, resolveModels } from "pygen/codegen";
 * import { inBatches, mockInstances } from "pygen/testing";
 *
 * const [found] = resolveModels({ document: readModelDocument(json) });
 * if (found) {
 *   const instances = mockInstances(found.model, { space: "test", nodes: 100, views: { Farm: { nodes: 3 } } });
 *   for (const batch of inBatches(instances, 10_000)) await client.instances.upsert(batch);
 * }
 * ```
 */
export function* mockInstances(model: IrModel, options: MockOptions): Generator<InstanceWrite, void, undefined> {
  const plans = plansOf(model, options);
  const maker = new Maker(model, plans, options);
  for (const plan of plans.values()) yield* maker.nodes(plan);
  for (const plan of plans.values()) yield* maker.edges(plan);
}

/** Nodes of several views, numbered through. */
interface Targets {
  readonly count: number;
  readonly at: (index: number) => NodeReference;
}

const none: Targets = { count: 0, at: () => ({ space: "", externalId: "" }) };

class Maker {
  readonly #space: string;
  readonly #seed: string | number;
  readonly #targets = new Map<string, Targets>();
  readonly #edgeViews: ReadonlyMap<string, IrView>;
  readonly #outwards: ReadonlySet<string>;

  constructor(
    model: IrModel,
    private readonly plans: ReadonlyMap<string, Plan>,
    { space, seed = 1 }: MockOptions,
  ) {
    this.#space = space;
    this.#seed = seed;
    this.#edgeViews = new Map(model.views.map((view) => [formatVersionedId(view.id), view]));
    this.#outwards = new Set(
      model.views.flatMap(({ properties }) =>
        properties.flatMap((each) => (each.kind === "edge" && each.direction === "outwards" ? [typeOf(each)] : [])),
      ),
    );
  }

  *nodes(plan: Plan): Generator<NodeWrite> {
    const { view, nodes } = plan;
    for (let index = 0; index < nodes; index++) {
      yield {
        instanceType: "node",
        ...this.#node(plan, index),
        ...(view.nodeType === undefined ? {} : { type: view.nodeType }),
        sources: [this.#source(plan, view, index)],
      };
    }
  }

  *edges(plan: Plan): Generator<EdgeWrite> {
    const { view, nodes } = plan;
    // An inherited connection is made by each view that has nodes, since each has nodes of its own.
    const connections = view.properties.filter((property): property is IrEdge => property.kind === "edge");
    for (const connection of connections) {
      // Seen from its other end, it is made there.
      if (connection.direction === "inwards" && this.#outwards.has(typeOf(connection))) continue;
      for (let index = 0; index < nodes; index++) yield* this.#edgesOf(plan, connection, index);
    }
  }

  *#edgesOf(plan: Plan, connection: IrEdge, index: number): Generator<EdgeWrite> {
    const { view, edges } = plan;
    const targets = this.#targetsOf(connection.target);
    const random = seeded(this.#seed, formatVersionedId(view.id), connection.id, index);
    const count = random.int(0, connection.single ? Math.min(1, edges) : edges);
    const here = this.#node(plan, index);
    for (const place of random.distinct(count, targets.count)) {
      const there = targets.at(place);
      const [startNode, endNode] = connection.direction === "outwards" ? [here, there] : [there, here];
      const externalId = this.#edgeId(plan, connection, index, place);
      const edgeView = connection.edgeView && this.#edgeViews.get(formatVersionedId(connection.edgeView));
      yield {
        instanceType: "edge",
        space: this.#space,
        externalId,
        type: connection.edgeType,
        startNode,
        endNode,
        ...(edgeView
          ? { sources: [this.#source({ ...plan, view: edgeView, properties: {} }, edgeView, index, externalId)] }
          : {}),
      };
    }
  }

  #edgeId({ view }: Plan, { id }: IrEdge, index: number, place: number): string {
    const text = `${view.id.externalId}.${id}:${index + 1}:${place + 1}`;
    return text.length <= longestId ? text : `${text.slice(0, longestId - 24)}~${index + 1}:${place + 1}`;
  }

  #node({ view, externalId }: Plan, index: number): NodeReference {
    const random = seeded(this.#seed, formatVersionedId(view.id), "id", index);
    return {
      space: this.#space,
      externalId: externalId({ view: view.id.externalId, index, random }).slice(0, longestId),
    };
  }

  #source(plan: Plan, view: IrView, index: number, about = ""): SourceData {
    const entries: [string, PropertyValues[string]][] = [];
    for (const property of view.properties) {
      if (property.kind !== "scalar" && property.kind !== "direct") continue;
      if (property.readOnly) continue;
      const value =
        property.kind === "scalar"
          ? this.#scalar(plan, property, index, about)
          : this.#direct(plan, property, index, about);
      if (value !== null && value !== undefined) entries.push([property.id, value]);
    }
    // Not an object literal: a property may be called __proto__.
    return { source: viewReference(view.id), properties: Object.fromEntries(entries) };
  }

  #isLeftOut({ nulls }: Plan, property: IrScalar | IrDirect, chance: (probability: number) => boolean): boolean {
    return (property.nullable || property.hasDefault) && chance(nulls);
  }

  #scalar(plan: Plan, property: IrScalar, index: number, about: string): JsonValue {
    const { view, kinds, properties } = plan;
    const random = seeded(this.#seed, formatVersionedId(view.id), property.id, index, about);
    const context = { view: view.id.externalId, index, property, random };
    const own = Object.hasOwn(properties, property.id) ? properties[property.id] : undefined;
    if (own) return own(context);
    if (this.#isLeftOut(plan, property, random.chance)) return null;
    const make = kinds[property.type] ?? usualValue;
    return property.list ? Array.from({ length: random.int(1, longestList) }, () => make(context)) : make(context);
  }

  #direct(plan: Plan, property: IrDirect, index: number, about: string): JsonValue {
    const random = seeded(this.#seed, formatVersionedId(plan.view.id), property.id, index, about);
    if (this.#isLeftOut(plan, property, random.chance)) return null;
    const targets = this.#targetsOf(property.target);
    const reference = ({ space, externalId }: NodeReference): JsonValue => ({ space, externalId });
    if (targets.count === 0) {
      if (property.nullable) return null;
      // What has to be there, and has nothing to point at, points at its own node.
      const own = reference(this.#node(plan, index));
      return property.list ? [own] : own;
    }
    if (!property.list) return reference(targets.at(random.int(0, targets.count - 1)));
    return random.distinct(random.int(1, longestList), targets.count).map((place) => reference(targets.at(place)));
  }

  /** The nodes that a relation may point at: of its target, and of views that implement it. */
  #targetsOf(target: VersionedIdentity | undefined): Targets {
    if (target === undefined) return none;
    const id = formatVersionedId(target);
    const known = this.#targets.get(id);
    if (known) return known;
    const fits = ({ view }: Plan) =>
      formatVersionedId(view.id) === id || view.implements.some((each) => formatVersionedId(each) === id);
    const plans = [...this.plans.values()].filter((plan) => fits(plan) && plan.nodes > 0);
    const targets: Targets = {
      count: plans.reduce((sum, { nodes }) => sum + nodes, 0),
      at: (index) => {
        let rest = index;
        for (const plan of plans) {
          if (rest < plan.nodes) return this.#node(plan, rest);
          rest -= plan.nodes;
        }
        throw new RangeError(`There is no node ${index} of ${id}.`);
      },
    };
    this.#targets.set(id, targets);
    return targets;
  }
}

function typeOf({ edgeType }: IrEdge): string {
  return JSON.stringify([edgeType.space, edgeType.externalId]);
}
