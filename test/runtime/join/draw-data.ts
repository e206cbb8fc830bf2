import type { EdgeDescriptor, PropertyDescriptor, ViewDescriptor } from "../../../src/ir/index.js";
import {
  formatVersionedId,
  type InstanceWrite,
  type JsonValue,
  type NodeReference,
  viewReference,
} from "../../../src/models/index.js";
import type { Draw } from "./draw.js";
import { SPACE, type Values, type Views } from "./world.js";

export const words: readonly string[] = ["a", "ab", "b", "ba", "c"];

/** A value of a kind, as the service takes it; few are there, so that they meet. */
export function drawScalar(draw: Draw, property: PropertyDescriptor): JsonValue {
  switch (property.type) {
    case "boolean":
      return draw.chance(50);
    case "int32":
    case "int64":
      return draw.int(-2, 5);
    case "float32":
    case "float64":
      return draw.int(-4, 8) / 2;
    case "timestamp":
      return `2024-0${draw.int(1, 4)}-01T00:00:00.000+00:00`;
    case "date":
      return `2024-0${draw.int(1, 4)}-01`;
    case "json":
      return draw.pick([{ a: 1 }, { b: [1, 2] }, {}]);
    case "enum":
      return draw.pick(property.values ?? []);
    default:
      return draw.pick(words);
  }
}

const ref = (externalId: string): { space: string; externalId: string } => ({ space: SPACE, externalId });

/** What data is to be like. */
export interface DataWish {
  /** Most instances of each view, and edges of each relation. */
  readonly most: number;
  /** Properties by CDF id of which the model wants each value only once. */
  readonly distinct?: readonly string[];
  /** No relation leads to a node that nobody writes. */
  readonly whole?: boolean;
}

/** Random instances of all views through which one can write, most of them related. */
export function drawData(draw: Draw, views: Views, wish: DataWish): InstanceWrite[] {
  const { most } = wish;
  const writable = Object.entries(views).filter(
    ([, { instanceType, writable }]) => instanceType === "node" && writable !== false,
  );
  const ids = new Map(
    writable.map(([handle, view]) => {
      const count = draw.int(Math.ceil(most / 3), most);
      return [formatVersionedId(view), Array.from({ length: count }, (_, index) => `${handle}_${index + 1}`)];
    }),
  );
  const maker = new Maker(draw, ids, singleThrough(Object.values(views)), wish);
  const nodes = writable.flatMap(([, view]) =>
    (ids.get(formatVersionedId(view)) ?? []).map(
      (externalId): InstanceWrite => ({
        instanceType: "node",
        ...ref(externalId),
        ...(view.nodeType ? { type: view.nodeType } : {}),
        sources: [{ source: viewReference(view), properties: maker.values(view) as never }],
      }),
    ),
  );
  const edges = Object.values(views).flatMap((view) =>
    Object.values(view.properties).flatMap((property) =>
      property.type === "edge" ? maker.edges(view, property, edgeViewOf(views, property.edgeSource), most) : [],
    ),
  );
  return [...nodes, ...edges];
}

function edgeViewOf(views: Views, id: string | undefined): ViewDescriptor | undefined {
  return Object.values(views).find((view) => view.instanceType === "edge" && formatVersionedId(view) === id);
}

/** Direct relations that may point at a node only once: at their other end there is room for one. */
function singleThrough(views: readonly ViewDescriptor[]): ReadonlySet<string> {
  const properties = views.flatMap(({ properties }) => Object.values(properties));
  return new Set(properties.flatMap((one) => (one.type === "reverse" && one.single ? [one.through.property] : [])));
}

class Maker {
  readonly #draw: Draw;
  readonly #ids: ReadonlyMap<string, readonly string[]>;
  readonly #single: ReadonlySet<string>;
  readonly #wish: DataWish;
  readonly #taken = new Set<string>();
  #made = 0;

  constructor(draw: Draw, ids: ReadonlyMap<string, readonly string[]>, single: ReadonlySet<string>, wish: DataWish) {
    this.#draw = draw;
    this.#wish = wish;
    this.#ids = ids;
    this.#single = single;
  }

  /** By CDF id. */
  values(view: ViewDescriptor): Values {
    const entries = Object.entries(view.properties).flatMap(([name, property]): [string, unknown][] => {
      if (property.type === "reverse" || property.type === "edge" || property.readOnly) return [];
      if (!property.required && !this.#draw.chance(75)) return [];
      const id = property.id ?? name;
      const value = this.#value(id, property);
      return value === undefined ? [] : [[id, value]];
    });
    return Object.fromEntries(entries);
  }

  #value(id: string, property: Exclude<PropertyDescriptor, { readonly type: "reverse" | "edge" }>): unknown {
    if (this.#wish.distinct?.includes(id)) {
      this.#made += 1;
      return property.type === "text" ? String(this.#made) : this.#made;
    }
    const one = (): unknown =>
      property.type === "direct" ? this.#target(id, property.source) : drawScalar(this.#draw, property);
    if (!property.list) return one();
    const many = Array.from({ length: this.#draw.int(property.required ? 1 : 0, 3) }, one);
    if (property.type !== "direct") return many;
    const known = new Map(many.flatMap((each) => (each === undefined ? [] : [[JSON.stringify(each), each]])));
    return [...known.values()];
  }

  /** Some point at nodes that nobody writes. */
  #target(id: string, source: string | undefined): NodeReference | undefined {
    const targets = this.#ids.get(source ?? "") ?? [];
    if (targets.length === 0 && this.#wish.whole) return undefined;
    const target =
      targets.length === 0 || this.#isDangling() ? `bare_${this.#draw.int(1, 3)}` : this.#draw.pick(targets);
    return this.#isFree(this.#single.has(id), `${id} ${target}`) ? ref(target) : undefined;
  }

  #isDangling(): boolean {
    return !this.#wish.whole && this.#draw.chance(10);
  }

  #isFree(once: boolean, place: string): boolean {
    if (once && this.#taken.has(place)) return false;
    this.#taken.add(place);
    return true;
  }

  edges(
    view: ViewDescriptor,
    property: EdgeDescriptor,
    own: ViewDescriptor | undefined,
    most: number,
  ): InstanceWrite[] {
    const near = this.#ids.get(formatVersionedId(view)) ?? [];
    const far = this.#ids.get(property.source ?? "") ?? [];
    if (near.length === 0 || far.length === 0) return [];
    return Array.from({ length: this.#draw.int(1, most) }, () => {
      const [here, there] = [this.#draw.pick(near), this.#isDangling() ? "bare_1" : this.#draw.pick(far)];
      const { space, externalId } = property.edgeType;
      const place = `${space} ${externalId} ${property.direction} ${here}`;
      if (!this.#isFree(property.single === true, place)) return undefined;
      this.#made += 1;
      const [start, end] = property.direction === "inwards" ? [there, here] : [here, there];
      const write: InstanceWrite = {
        instanceType: "edge",
        ...ref(`edge_${this.#made}`),
        type: property.edgeType,
        startNode: ref(start),
        endNode: ref(end),
        ...(own && this.#draw.chance(80)
          ? { sources: [{ source: viewReference(own), properties: this.values(own) as never }] }
          : {}),
      };
      return write;
    }).filter((edge) => edge !== undefined);
  }
}
