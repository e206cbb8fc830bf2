import fc from "fast-check";
import type { PlanLimits } from "../../src/runtime/plan/scope.js";
import { ref } from "./farm.js";
import type { RawData, RawEdge, RawNode } from "./oracle.js";

type Values = Readonly<Record<string, unknown>>;

const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arb, { nil: undefined, freq: 3 });
const idOf = (letter: string, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: most }).map((n) => `${letter}${n}`);
/** Some point at nodes that nobody wrote. */
const refTo = (letter: string, most: number) => idOf(letter, most + 1).map((id) => ref(id));
const name = fc.constantFrom("a", "ab", "b", "ba", "c");
const small = fc.integer({ min: 0, max: 8 });

function defined(values: Readonly<Record<string, unknown>>): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function nodes(kind: string, letter: string, most: number, values: fc.Arbitrary<Values>): fc.Arbitrary<RawNode[]> {
  return fc
    .array(values, { minLength: Math.ceil(most / 2), maxLength: most })
    .map((all) => all.map((one, index) => ({ kind, externalId: `${letter}${index + 1}`, values: defined(one) })));
}

const similar = fc.uniqueArray(refTo("T", 7), { maxLength: 4, selector: ({ externalId }) => externalId });
const turbines = nodes(
  "turbine",
  "T",
  7,
  fc.record({
    name,
    capacity: maybe(small),
    tags: maybe(fc.array(name, { maxLength: 3 })),
    is_active: maybe(fc.boolean()),
    status: maybe(fc.constantFrom("running", "stopped")),
    farm: maybe(refTo("F", 3)),
    similar: maybe(similar),
    next: maybe(refTo("T", 7)),
  }),
);
const farms = nodes("farm", "F", 3, fc.record({ name: maybe(name), featured: maybe(similar) }));
const blades = nodes(
  "blade",
  "B",
  9,
  fc.record({ name: maybe(name), is_damaged: fc.boolean(), turbine: maybe(refTo("T", 7)) }),
);
const metmasts = nodes("metmast", "M", 4, fc.record({ height: maybe(small) }));
const edges: fc.Arbitrary<RawEdge[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom("near", "near", "gate"),
      start: idOf("T", 8),
      end: idOf("M", 5),
      distance: maybe(small),
    }),
    { minLength: 6, maxLength: 14 },
  )
  .map((all) =>
    all.map(({ distance, ...edge }, index) => ({
      externalId: `e${index}`,
      ...edge,
      ...(distance === undefined ? {} : { distance }),
    })),
  );

/** A small farm; nodes that are only pointed at are there without anything in them. */
export const data: fc.Arbitrary<RawData> = fc
  .tuple(turbines, farms, blades, metmasts, edges)
  .map(([t, f, b, m, e]): RawData => {
    const written = [...t, ...f, ...b, ...m];
    const known = new Set(written.map(({ externalId }) => externalId));
    const text = JSON.stringify(written.map(({ values }) => values));
    const pointed = [...text.matchAll(/"externalId":"(\w+)"/g)].map(([, id = ""]) => id);
    const bare = new Set([...pointed, ...e.flatMap(({ start, end }) => [start, end])].filter((id) => !known.has(id)));
    return {
      nodes: [...written, ...[...bare].map((externalId) => ({ kind: "bare", externalId, values: {} }))],
      edges: e,
    };
  });

const direction = fc.constantFrom<unknown>(
  "asc",
  "desc",
  { order: "asc", nulls: "first" },
  { order: "desc", nulls: "last" },
);
const sortBy = (...names: string[]): fc.Arbitrary<Values[]> =>
  fc.tuple(fc.constantFrom(...names), direction).map(([key, order]) => [{ [key]: order }]);

const number = fc.oneof(
  small.map((value): unknown => value),
  small.map((gte) => ({ gte })),
  fc.tuple(small, small).map(([gt, lte]) => ({ gt, lte })),
  fc.array(small, { maxLength: 3 }).map((list) => ({ in: list })),
  fc.constant(null),
);
const text = fc.oneof(
  name.map((value): unknown => value),
  name.map((prefix) => ({ prefix })),
  fc.array(name, { maxLength: 2 }).map((list) => ({ in: list })),
);
const reference = (letter: string, most: number, inner: fc.Arbitrary<Values>): fc.Arbitrary<unknown> =>
  fc.oneof(
    idOf(letter, most).map((equals) => ({ equals })),
    fc.array(idOf(letter, most), { maxLength: 3 }).map((list) => ({ in: list })),
    inner.map((is) => ({ is })),
    fc.boolean().map((exists) => ({ exists })),
  );

function oneOf(conditions: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Values> {
  return fc.record(conditions, { requiredKeys: [] }).map((all) => {
    const entries = Object.entries(all);
    return Object.fromEntries(entries.slice(0, 2));
  });
}

function combined(leaf: fc.Arbitrary<Values>): fc.Arbitrary<Values> {
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }).map(($or) => ({ $or })) },
    { weight: 1, arbitrary: fc.array(leaf, { maxLength: 2 }).map(($and) => ({ $and })) },
    { weight: 1, arbitrary: leaf.map(($not) => ({ $not })) },
  );
}

const whereFarm = combined(oneOf({ name: text, externalId: fc.constantFrom("F1", { prefix: "F" }) }));
export const whereTurbine: fc.Arbitrary<Values> = combined(
  fc.oneof(
    oneOf({ name: text, isActive: fc.boolean(), capacity: number }),
    oneOf({ status: fc.constantFrom("running", { in: ["stopped"] }, { in: [] }, null) }),
    oneOf({
      tags: fc.oneof(
        fc.array(name, { maxLength: 2 }).map((containsAny) => ({ containsAny })),
        fc.array(name, { minLength: 1, maxLength: 2 }).map((containsAll) => ({ containsAll })),
      ),
    }),
    oneOf({ farm: reference("F", 3, whereFarm) }),
    oneOf({ next: reference("T", 7, oneOf({ capacity: number })) }),
    oneOf({ similar: fc.array(idOf("T", 7), { maxLength: 2 }).map((containsAny) => ({ containsAny })) }),
  ),
);
const whereBlade = combined(oneOf({ isDamaged: fc.boolean(), turbine: reference("T", 7, whereTurbine), name: text }));
const someOf = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => inner.map((some) => ({ some }));
const plainTurbine = oneOf({ capacity: number, name: text });
const plainMetmast = oneOf({ height: number });
const distance = oneOf({ distance: number });
const pair = (node: fc.Arbitrary<Values>, edge: fc.Arbitrary<Values>): fc.Arbitrary<unknown> =>
  someOf(fc.record({ edge, node }, { requiredKeys: [] }));
/** Conditions on what is at the other end of relations of all kinds, two deep. */
const asksTurbine = combined(
  fc.oneof(
    oneOf({ blades: someOf(whereBlade), name: text }),
    oneOf({ metmasts: pair(combined(plainMetmast), distance), capacity: number }),
    oneOf({ gateway: pair(plainMetmast, fc.constant({})) }),
    oneOf({ similar: someOf(plainTurbine), previous: someOf(plainTurbine) }),
    oneOf({ similarTo: someOf(whereTurbine) }),
    oneOf({ next: oneOf({ blades: someOf(oneOf({ isDamaged: fc.boolean() })) }).map((is) => ({ is })) }),
  ),
);
const asksFarm = combined(
  oneOf({
    turbines: someOf(fc.oneof(asksTurbine, whereTurbine)),
    bigs: someOf(oneOf({ name: text })),
    byContainer: someOf(plainTurbine),
    featured: someOf(asksTurbine),
  }),
);
const asksMetmast = combined(
  oneOf({ turbines: pair(whereTurbine, distance), bigs: pair(oneOf({ name: text }), fc.constant({})) }),
);
const whereMetmast = combined(plainMetmast);
const whereBig = combined(oneOf({ capacity: number, name: text }));

interface Shape {
  readonly where: fc.Arbitrary<Values>;
  readonly sort: fc.Arbitrary<Values[]>;
  readonly values: readonly string[];
  readonly ids: readonly string[];
  readonly one: Readonly<Record<string, string>>;
  readonly many: Readonly<Record<string, string>>;
  readonly pairs: Readonly<Record<string, string>>;
}

const shapes: Readonly<Record<string, Shape>> = {
  turbine: {
    where: fc.oneof({ weight: 2, arbitrary: whereTurbine }, { weight: 1, arbitrary: asksTurbine }),
    sort: sortBy("capacity", "name", "isActive", "externalId"),
    values: ["name", "capacity", "tags", "status"],
    ids: ["farm", "similar", "next", "blades", "previous", "similarTo", "metmasts", "gateway"],
    one: { farm: "farm", next: "turbine" },
    many: { similar: "turbine", blades: "blade", similarTo: "turbine", metmasts: "metmast" },
    pairs: { metmasts: "metmast" },
  },
  farm: {
    where: fc.oneof({ weight: 2, arbitrary: whereFarm }, { weight: 1, arbitrary: asksFarm }),
    sort: sortBy("name", "externalId"),
    values: ["name"],
    ids: ["featured", "turbines", "bigs", "byContainer"],
    one: {},
    many: { featured: "turbine", turbines: "turbine", bigs: "big", byContainer: "turbine" },
    pairs: {},
  },
  blade: {
    where: whereBlade,
    sort: sortBy("name", "isDamaged", "externalId"),
    values: ["name", "isDamaged"],
    ids: ["turbine"],
    one: { turbine: "turbine" },
    many: {},
    pairs: {},
  },
  metmast: {
    where: fc.oneof({ weight: 2, arbitrary: whereMetmast }, { weight: 1, arbitrary: asksMetmast }),
    sort: sortBy("height", "externalId"),
    values: ["height"],
    ids: ["turbines", "bigs"],
    one: {},
    many: { turbines: "turbine", bigs: "big" },
    pairs: { turbines: "turbine" },
  },
  big: {
    where: whereBig,
    sort: sortBy("capacity"),
    values: ["name", "capacity"],
    ids: [],
    one: {},
    many: {},
    pairs: {},
  },
};

/** Options of a relation to many; a limit only where a sort tells which ones it leaves. */
function manyArgs(handle: string, depth: number): fc.Arbitrary<Values> {
  const shape = shapes[handle] as Shape;
  return fc
    .record({
      select: maybe(select(handle, depth - 1)),
      where: maybe(shape.where),
      order: maybe(fc.record({ sort: shape.sort, limit: maybe(fc.integer({ min: 0, max: 4 })) })),
    })
    .map(({ order, ...rest }) => defined({ ...rest, ...(order ? defined(order) : {}) }));
}

function pairArgs(handle: string, depth: number): fc.Arbitrary<Values> {
  const node = manyArgs(handle, depth).map(({ limit: _limit, ...rest }) => rest);
  return fc.oneof(node, fc.constant(true)).map((wanted) => ({ edge: true, node: wanted }));
}

/** What to read of a view, to some depth. */
export function select(handle: string, depth: number): fc.Arbitrary<Values> {
  const shape = shapes[handle] as Shape;
  const entries: [string, fc.Arbitrary<unknown>][] = [...shape.values, ...shape.ids].map((key) => [
    key,
    fc.constant(true),
  ]);
  if (depth > 0) {
    for (const [key, to] of Object.entries(shape.one)) {
      entries.push([key, maybe(select(to, depth - 1)).map((inner) => defined({ select: inner }))]);
    }
    for (const [key, to] of Object.entries(shape.many)) {
      // Sets in sets are what goes wrong: they come more often than the rest.
      const into: [string, fc.Arbitrary<unknown>] = [key, manyArgs(to, depth)];
      entries.push(into, into, into);
    }
    for (const [key, to] of Object.entries(shape.pairs)) entries.push([key, pairArgs(to, depth)]);
  }
  const one = fc.oneof(...entries.map(([key, arb]) => arb.map((value): [string, unknown] => [key, value])));
  return fc.array(one, { minLength: 1, maxLength: 4 }).map((picked) => Object.fromEntries(picked));
}

/** A query of any view. */
export const query: fc.Arbitrary<{ readonly handle: string; readonly args: Values }> = fc
  .constantFrom("turbine", "turbine", "farm", "blade", "metmast", "big")
  .chain((handle) => {
    const shape = shapes[handle] as Shape;
    return fc
      .record({
        where: maybe(shape.where),
        select: maybe(select(handle, 2)),
        order: maybe(fc.record({ sort: shape.sort, limit: maybe(fc.integer({ min: 0, max: 6 })) })),
      })
      .map(({ order, ...rest }) => ({ handle, args: defined({ ...rest, ...(order ? defined(order) : {}) }) }));
  });

/** Pages as small as they get, so that every set has several. */
export const limits: fc.Arbitrary<Partial<PlanLimits>> = fc.record({
  rootPage: fc.integer({ min: 1, max: 5 }),
  setPage: fc.integer({ min: 1, max: 4 }),
  chunk: fc.integer({ min: 1, max: 4 }),
  sets: fc.integer({ min: 2, max: 6 }),
});
