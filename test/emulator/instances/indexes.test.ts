import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deleteIndexes } from "../../../src/emulator/engine/container-parts.js";
import { upsertContainers } from "../../../src/emulator/engine/containers.js";
import { deleteInstances, explainList } from "../../../src/emulator/engine/instances/index.js";
import { emptyState, type ProjectState } from "../../../src/emulator/engine/state.js";
import type { Filter, InstancesListRequest, InstanceWrite, JsonValue, SortKey } from "../../../src/models/index.js";
import { addSpace, addView, apply, container, edge, idsOf, list, mappingView, node, ref, view } from "./project.js";

const INDEXES = {
  byInt: { indexType: "btree", properties: ["int"], cursorable: true },
  byText: { indexType: "btree", properties: ["text"] },
  byLink: { indexType: "btree", properties: ["link"] },
  both: { indexType: "btree", properties: ["flag", "int"] },
  inSpace: { indexType: "btree", properties: ["when"], bySpace: true },
  byTag: { indexType: "inverted", properties: ["tags"] },
} as const;

/** Spaces m, d and e; view Thing of one container, with every kind of index or with none. */
function project(indexed: boolean): ProjectState {
  const state = emptyState(() => 1000);
  for (const space of ["m", "d", "e"]) addSpace(state, space);
  upsertContainers(state, {
    items: [
      {
        space: "m",
        externalId: "Thing",
        usedFor: "all",
        properties: {
          int: { type: { type: "int32" } },
          text: { type: { type: "text" } },
          link: { type: { type: "direct" } },
          flag: { type: { type: "boolean" } },
          when: { type: { type: "timestamp" } },
          tags: { type: { type: "text", list: true } },
          other: { type: { type: "direct" } },
        },
        ...(indexed ? { indexes: INDEXES } : {}),
      },
    ],
  });
  addView(state, mappingView(state, "Thing", ["Thing"]));
  return state;
}

const path = (id: string): string[] => ["m", "Thing/v1", id];
const optional = <T extends JsonValue>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(values, { nil: null, freq: 4 });

const values = {
  int: fc.integer({ min: -3, max: 3 }),
  text: fc.constantFrom("", "a", "ab", "abc", "b", "\u{1F600}", "\uFFFD"),
  link: fc.integer({ min: 0, max: 3 }).map((id) => ref(`n${id}`)),
  flag: fc.boolean(),
  when: fc.constantFrom("2024-01-01T00:00:00.000+00:00", "2025-01-01T00:00:00.000+00:00"),
};
const tags = fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 3 });
const properties = fc.record({
  int: optional(values.int),
  text: optional(values.text),
  link: optional(values.link),
  flag: optional(values.flag),
  when: optional(values.when),
  tags: optional(tags),
  other: optional(values.link),
});

type Column = keyof typeof values;
const column = fc.constantFrom<Column>("int", "text", "link", "flag", "when");
const compared = column.chain((id) => fc.tuple(fc.constant(id), values[id] as fc.Arbitrary<JsonValue>));
const ranged = fc.constantFrom<"int" | "text" | "when">("int", "text", "when").chain((id) => {
  const bound = (names: readonly string[]): fc.Arbitrary<Record<string, JsonValue>> =>
    fc
      .constantFrom(...names)
      .chain((name) => (values[id] as fc.Arbitrary<JsonValue>).map((value) => ({ [name]: value })));
  return fc
    .tuple(bound(["gt", "gte"]), bound(["lt", "lte"]), fc.integer({ min: 0, max: 2 }))
    .map(([low, high, which]) => ({
      range: { property: path(id), ...(which === 1 ? {} : low), ...(which === 2 ? {} : high) },
    }));
});

const leaf: fc.Arbitrary<Filter> = fc.oneof(
  compared.map(([id, value]): Filter => ({ equals: { property: path(id), value } })),
  column.chain((id) =>
    fc
      .array(values[id] as fc.Arbitrary<JsonValue>, { maxLength: 3 })
      .map((many): Filter => ({ in: { property: path(id), values: many } })),
  ),
  ranged,
  fc.constantFrom("", "a", "ab").map((value): Filter => ({ prefix: { property: path("text"), value } })),
  values.link.map((value): Filter => ({ equals: { property: path("other"), value } })),
  fc
    .tuple(fc.constantFrom("containsAny", "containsAll"), tags)
    .map(
      ([operator, many]): Filter =>
        operator === "containsAny"
          ? { containsAny: { property: path("tags"), values: many } }
          : { containsAll: { property: path("tags"), values: many } },
    ),
  fc.constantFrom("d", "e").map((value): Filter => ({ equals: { property: ["node", "space"], value } })),
  fc.constantFrom("n1", "n2", "none").map((value): Filter => ({ equals: { property: ["node", "externalId"], value } })),
  column.map((id): Filter => ({ not: { exists: { property: path(id) } } })),
  fc.array(fc.nat(9), { maxLength: 3 }).map((ids): Filter => ({ instanceReferences: ids.map((id) => ref(`n${id}`)) })),
);
const filter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc.array(tie("filter"), { minLength: 1, maxLength: 3 }).map((and): Filter => ({ and })),
    fc.array(tie("filter"), { minLength: 1, maxLength: 3 }).map((or): Filter => ({ or })),
    tie("filter").map((not): Filter => ({ not })),
  ),
})).filter;

const sort: fc.Arbitrary<readonly SortKey[]> = fc.array(
  fc.record({
    property: column.map(path),
    direction: fc.constantFrom("ascending" as const, "descending" as const),
    nullsFirst: fc.boolean(),
  }),
  { maxLength: 2 },
);

const write = fc.tuple(fc.nat(9), fc.constantFrom("d", "e"), properties);
type Write = readonly [number, string, Record<string, JsonValue>];

function asItem([id, space, given]: Write): InstanceWrite {
  const { link, other, ...rest } = given;
  const links = { ...(link ? { link } : {}), ...(other ? { other } : {}) };
  return { ...node(`n${id}`, { ...rest, ...links }), space };
}

/** Writes one after the other, and deletes every fifth. */
function fill(state: ProjectState, writes: readonly Write[]): void {
  for (const [index, one] of writes.entries()) {
    apply(state, { items: [asItem(one)], replace: index % 2 === 0 });
    if (index % 5 === 4)
      deleteInstances(state, { items: [{ instanceType: "node", space: one[1], externalId: `n${one[0]}` }] });
  }
}

/** Every page of a list, one after the other. */
function walk(state: ProjectState, request: InstancesListRequest, between: () => void = () => undefined): string[] {
  const found: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = list(state, { ...request, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.items.map(({ space, externalId }) => `${space}/${externalId}`));
    cursor = page.nextCursor ?? null;
    between();
  }
  return found;
}

describe("declared indexes", () => {
  it("change nothing in what a list gives, page by page", () => {
    fc.assert(
      fc.property(
        fc.array(write, { maxLength: 25 }),
        fc.array(fc.tuple(filter, sort, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 4 }),
        (writes, requests) => {
          const [plain, indexed] = [project(false), project(true)];
          for (const state of [plain, indexed]) fill(state, writes);
          for (const [asked, keys, limit] of requests) {
            const request = { sources: [{ source: view("Thing") }], filter: asked, sort: keys };
            const expected = walk(plain, { ...request, limit: 1000 });
            expect(walk(indexed, { ...request, limit: 1000 })).toEqual(expected);
            expect(walk(indexed, { ...request, limit })).toEqual(expected);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("let a walk neither skip nor repeat what does not change meanwhile", () => {
    fc.assert(
      fc.property(
        fc.array(write, { minLength: 5, maxLength: 25 }),
        fc.array(write, { minLength: 1, maxLength: 10 }),
        filter,
        sort,
        (writes, meanwhile, asked, keys) => {
          const state = project(true);
          fill(state, writes);
          const touched = new Set(meanwhile.map(([id, space]) => `${space}/n${id}`));
          // Relations make bare nodes on the way.
          for (const { link, other } of meanwhile.map(([, , given]) => given)) {
            for (const target of [link, other])
              if (target) touched.add(`d/${(target as { externalId: string }).externalId}`);
          }
          const request = { sources: [{ source: view("Thing") }], filter: asked, sort: keys, limit: 2 };
          const before = walk(state, { ...request, limit: 1000 }).filter((id) => !touched.has(id));
          const left = [...meanwhile];
          const seen = walk(state, request, () => fill(state, left.splice(0, 1))).filter((id) => !touched.has(id));
          expect(seen).toEqual(before);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("are used where that costs least, as explain tells", () => {
    const state = project(true);
    const many = (start: number): InstanceWrite[] =>
      Array.from({ length: 500 }, (_, at) =>
        node(`n${start + at}`, {
          int: start + at,
          text: `t${at % 10}`,
          tags: ["x"],
          flag: at % 2 === 0,
          other: ref(`t${at % 50}`),
        }),
      );
    apply(state, { items: many(0) });
    apply(state, { items: many(500) });
    apply(state, { items: [1, 1, 2, 2, 2].map((start, at) => edge(`e${at + 1}`, `n${start}`, "n3")) });
    const sources = [{ source: view("Thing") }];
    const by = (request: InstancesListRequest): string => explainList(state, request).by;
    const int = (bounds: Record<string, number>): Filter => ({ range: { property: path("int"), ...bounds } });
    expect(by({ sources, limit: 10, filter: int({ gte: 3, lt: 9 }) })).toBe("btree m/Thing byInt");
    expect(by({ sources, limit: 10, filter: int({ gte: 3 }) })).toBe("container m/Thing");
    expect(by({ sources, limit: 10, filter: { equals: { property: path("text"), value: "t3" } } })).toBe(
      "btree m/Thing byText",
    );
    expect(by({ sources, limit: 10, sort: [{ property: path("int"), direction: "descending" }] })).toBe(
      "btree m/Thing byInt",
    );
    expect(by({ sources, limit: 10, sort: [{ property: path("when") }] })).toBe("container m/Thing");
    expect(by({ sources, limit: 10, filter: { containsAll: { property: path("tags"), values: ["x", "y"] } } })).toBe(
      "inverted m/Thing byTag",
    );
    expect(
      by({
        sources,
        limit: 10,
        filter: { and: [{ equals: { property: path("flag"), value: true } }, int({ lt: 5 })] },
      }),
    ).toBe("btree m/Thing both");
    expect(by({ sources, limit: 10, filter: { equals: { property: path("other"), value: ref("t7") } } })).toBe(
      "relation m/Thing other",
    );
    expect(by({ limit: 10, filter: { equals: { property: ["node", "externalId"], value: "n7" } } })).toBe("id");
    expect(by({ limit: 10, filter: { or: [int({ gte: 3, lt: 5 }), { instanceReferences: [ref("n1")] }] } })).toBe(
      "btree m/Thing byInt or id",
    );
    expect(by({ limit: 10 })).toBe("all nodes");
    const ends: InstancesListRequest = {
      instanceType: "edge",
      filter: { equals: { property: ["edge", "startNode"], value: ref("n1") } },
    };
    expect(by(ends)).toBe("edge startNode");
    expect(idsOf(list(state, ends).items)).toEqual(["e1", "e2"]);
    const { visits, ordered, considered } = explainList(state, { sources, limit: 10, filter: int({ gte: 3, lt: 9 }) });
    expect({ visits, ordered }).toEqual({ visits: 14, ordered: true });
    expect(considered.map((one) => one.by)).toEqual(["btree m/Thing byInt", "container m/Thing", "all nodes"]);
  });

  it("are built over what is there when they are added, and gone when they are deleted", () => {
    const state = project(false);
    apply(state, { items: [node("a", { int: 2 }), node("b", { int: 1 })] });
    const request: InstancesListRequest = {
      sources: [{ source: view("Thing") }],
      limit: 1,
      sort: [{ property: path("int") }],
    };
    const { properties = {} } = state.containers.get("m/Thing") ?? {};
    upsertContainers(state, {
      items: [{ space: "m", externalId: "Thing", usedFor: "all", properties, indexes: INDEXES }],
    });
    expect(explainList(state, request).by).toBe("btree m/Thing byInt");
    expect(walk(state, request)).toEqual(["d/b", "d/a"]);
    deleteIndexes(state, { items: [{ ...container("Thing"), containerExternalId: "Thing", identifier: "byInt" }] });
    expect(state.propertyIndexes.has("m/Thing|byInt")).toBe(false);
    expect(explainList(state, request).by).toBe("container m/Thing");
    expect(walk(state, request)).toEqual(["d/b", "d/a"]);
  });
});
