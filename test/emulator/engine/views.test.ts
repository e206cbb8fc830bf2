import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deleteContainers, upsertContainers } from "../../../src/emulator/engine/containers.js";
import { resolveView } from "../../../src/emulator/engine/resolve.js";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import { deleteViews, listViews, upsertViews, viewsByIds } from "../../../src/emulator/engine/views.js";
import type { Filter, View, ViewCreate } from "../../../src/models/index.js";
import { container, maps, project, ref, TEXT, view } from "./project.js";

const all = { limit: 1000, includeGlobal: false, allVersions: false, includeInheritedProperties: true };

function withContainers(): ProjectState {
  const state = project();
  upsertContainers(state, {
    items: [
      container("C", { name: TEXT, link: { type: { type: "direct" } }, code: { ...TEXT, nullable: false } }),
      container("E", { weight: { type: { type: "float64" }, nullable: false, defaultValue: 1 } }, { usedFor: "edge" }),
    ],
  });
  return state;
}

function put(state: ProjectState, ...items: readonly ViewCreate[]): readonly View[] {
  return upsertViews(state, { items }).items;
}

function get(state: ProjectState, externalId: string): View | undefined {
  return viewsByIds(state, { items: [ref(externalId)] }).items[0];
}

describe("views as they read", () => {
  it("contract 6.2: tells what is derived from the mapped containers", () => {
    const [whole, part, empty] = put(
      withContainers(),
      view("Whole", { name: maps("C", "name"), code: maps("C", "code") }),
      view("Part", { name: maps("C", "name"), weight: maps("E", "weight") }),
      view("Empty"),
    );
    expect(whole).toMatchObject({ writable: true, queryable: true, usedFor: "node", isGlobal: false });
    expect(whole?.mappedContainers).toEqual([{ type: "container", space: "s", externalId: "C" }]);
    expect(part).toMatchObject({ writable: false, queryable: true });
    expect(empty).toMatchObject({ writable: false, queryable: false, mappedContainers: [], properties: {} });
  });

  it("contract 6.1: moves the target view of a direct relation into its type, and fills in connections", () => {
    const state = withContainers();
    const [read] = put(
      state,
      view("V", {
        link: { ...maps("C", "link"), source: ref("V") } as never,
        edges: { type: { space: "s", externalId: "t" }, source: ref("V") },
        back: {
          connectionType: "multi_reverse_direct_relation",
          source: ref("V"),
          through: { source: ref("V"), identifier: "link" },
        },
      }),
    );
    expect(read?.properties["link"]).toMatchObject({ type: { type: "direct", list: false, source: ref("V") } });
    expect(read?.properties["link"]).not.toHaveProperty("source");
    expect(read?.properties["edges"]).toMatchObject({ connectionType: "multi_edge_connection", direction: "outwards" });
    expect(read?.properties["back"]).toMatchObject({ targetsList: false });
  });

  it("contract 6.4: shows inherited properties first unless asked for own ones only", () => {
    const state = withContainers();
    put(
      state,
      view("Child", { code: maps("C", "code") }, { implements: [ref("Parent")] }),
      view("Parent", { name: maps("C", "name") }),
    );
    expect(Object.keys(get(state, "Child")?.properties ?? {})).toEqual(["name", "code"]);
    const [own] = viewsByIds(state, { items: [ref("Child")] }, { includeInheritedProperties: false }).items;
    expect(Object.keys(own?.properties ?? {})).toEqual(["code"]);
    const listed = listViews(state, { ...all, includeInheritedProperties: false }).items;
    expect(Object.keys(listed[0]?.properties ?? {})).toEqual(["code"]);
  });

  it("contract 6.4: changing a parent changes its children", () => {
    const state = withContainers();
    put(state, view("Parent", { name: maps("C", "name") }), view("Child", {}, { implements: [ref("Parent")] }));
    expect(resolveView(state, ref("Child"))?.properties.has("link")).toBe(false);
    put(state, view("Parent", { link: maps("C", "link") }));
    expect(Object.keys(get(state, "Child")?.properties ?? {})).toEqual(["link"]);
    expect(resolveView(state, ref("Child"))?.properties.has("link")).toBe(true);
  });

  it("derives the read form once per version of the schema", () => {
    const state = withContainers();
    put(state, view("V", { name: maps("C", "name") }));
    const form = resolveView(state, ref("V"));
    expect(resolveView(state, ref("V"))).toBe(form);
    upsertContainers(state, { items: [container("C", { extra: TEXT })] });
    expect(resolveView(state, ref("V"))).not.toBe(form);
    expect(resolveView(state, ref("Nope"))).toBeUndefined();
  });
});

describe("upserting views", () => {
  it("contract 4: replaces the definition, and is no change when it is the same", () => {
    const state = withContainers();
    const [first] = put(state, view("V", { name: maps("C", "name") }, { name: "n" }));
    expect(put(state, view("V", { name: maps("C", "name") }, { name: "n" }))[0]).toEqual(first);
    const [changed] = put(state, view("V", { link: maps("C", "link") }));
    expect(Object.keys(changed?.properties ?? {})).toEqual(["link"]);
    expect(changed).not.toHaveProperty("name");
    expect(changed?.createdTime).toBe(first?.createdTime);
    expect(changed?.lastUpdatedTime).toBeGreaterThan(first?.lastUpdatedTime ?? Infinity);
  });

  it("contract 6.6: refuses to add a required property to a version, own or inherited; one with a default is fine", () => {
    const state = withContainers();
    put(state, view("V", { name: maps("C", "name") }), view("Parent", { code: maps("C", "code") }));
    const refused =
      "Cannot add property 'code' to view 'V/v1' as it is required. Bump the view version to make this change.";
    expect(() => put(state, view("V", { name: maps("C", "name"), code: maps("C", "code") }))).toThrow(refused);
    expect(() => put(state, view("V", {}, { implements: [ref("Parent")] }))).toThrow(refused);
    expect(put(state, view("V", { weight: maps("E", "weight") }))).toHaveLength(1);
    expect(put(state, view("V", { code: maps("C", "code") }, { version: "v2" }))).toHaveLength(1);
  });

  it.each<[string, ViewCreate]>([
    ["One or more containers do not exist: 's:X'", view("V", { p: maps("X", "p") })],
    ["Unknown property 'nope' of container 's:C'", view("V", { p: maps("C", "nope") })],
    ["Unknown property 'toString' of container 's:C'", view("V", { p: maps("C", "toString") })],
    ["One or more views do not exist: 's:Nope/v1'", view("V", {}, { implements: [ref("Nope")] })],
    ["not a direct relation", view("V", { p: { ...maps("C", "name"), source: ref("V") } as never })],
    ["implements itself", view("V", {}, { implements: [ref("V")] })],
    [
      "Unknown property [s, C, nope] in the filter of view 's:V/v1'",
      view("V", {}, { filter: { exists: { property: ["s", "C", "nope"] } } }),
    ],
    ["Unknown property [s, V/v1, nope]", view("V", {}, { filter: { exists: { property: ["s", "V/v1", "nope"] } } })],
    [
      "One or more containers do not exist: 's:X'",
      view("V", {}, { filter: { hasData: [{ type: "container", space: "s", externalId: "X" }] } }),
    ],
    ["One or more views do not exist: 's:X/v1'", view("V", {}, { filter: { not: { hasData: [ref("X")] } } })],
    ["One or more spaces do not exist: 'nope'", view("V", {}, { space: "nope" })],
  ])("%s: stores nothing of the request", (words, wrong) => {
    const state = withContainers();
    expect(() => put(state, view("Fine", { name: maps("C", "name") }), wrong)).toThrow(words);
    expect(state.views.size).toBe(0);
  });

  it("contract 6.4: refuses cycles through any number of views", () => {
    const state = withContainers();
    put(state, view("A"), view("B", {}, { implements: [ref("A")] }), view("C2", {}, { implements: [ref("B")] }));
    expect(() => put(state, view("A", {}, { implements: [ref("C2")] }))).toThrow("View 's:A/v1' implements itself");
    expect(put(state, view("D", {}, { implements: [ref("B"), ref("A")] }))).toHaveLength(1);
  });

  it("contract 6.1: accepts connections to views that do not exist", () => {
    const state = withContainers();
    const nope = ref("Nope");
    expect(
      put(
        state,
        view("V", {
          link: { ...maps("C", "link"), source: nope } as never,
          edges: { type: { space: "x", externalId: "t" }, source: nope, edgeSource: nope },
          back: {
            connectionType: "single_reverse_direct_relation",
            source: nope,
            through: { source: nope, identifier: "p" },
          },
        }),
      ),
    ).toHaveLength(1);
  });

  it("accepts a filter on properties of views of the same request", () => {
    const filter: Filter = {
      and: [
        { hasData: [ref("Parent")] },
        { equals: { property: ["s", "V/v1", "name"], value: { property: ["node", "externalId"] } } },
      ],
    };
    const state = withContainers();
    const items = [view("V", {}, { implements: [ref("Parent")], filter }), view("Parent", { name: maps("C", "name") })];
    expect(put(state, ...items)[0]?.filter).toEqual(filter);
  });
});

describe("finding views", () => {
  function versions(): ProjectState {
    const state = withContainers();
    put(state, view("V", {}, { version: "z" }));
    put(state, view("V", {}, { version: "a" }));
    put(state, view("W"));
    return state;
  }

  it("contract 6.3: lists the newest version of each by creation, or all", () => {
    const state = versions();
    const names = (parameters: object) =>
      listViews(state, { ...all, ...parameters }).items.map(({ externalId, version }) => `${externalId}/${version}`);
    expect(names({})).toEqual(["V/a", "W/v1"]);
    expect(names({ allVersions: true })).toEqual(["V/a", "V/z", "W/v1"]);
    expect(names({ space: "other" })).toEqual([]);
  });

  it("contract 6.3: finds every version when none is named", () => {
    const found = viewsByIds(versions(), {
      items: [
        { space: "s", externalId: "V" },
        { space: "s", externalId: "X" },
      ],
    });
    expect(found.items.map(({ version }) => version)).toEqual(["z", "a"]);
  });

  it("pages through any number of views without repeating or dropping one", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        (ids, limit) => {
          const state = project();
          if (ids.length > 0) upsertViews(state, { items: ids.map((id) => view(`V${id}`)) });
          const seen: string[] = [];
          let cursor: string | null | undefined;
          do {
            const page = listViews(state, { ...all, limit, ...(cursor ? { cursor } : {}) });
            expect(page.items.length).toBeLessThanOrEqual(limit);
            seen.push(...page.items.map(({ externalId }) => externalId));
            cursor = page.nextCursor;
          } while (cursor);
          expect(seen.sort()).toEqual(ids.map((id) => `V${id}`).sort());
        },
      ),
    );
  });
});

describe("deleting", () => {
  it("answers with references to the views that were there", () => {
    const state = withContainers();
    put(state, view("V"));
    expect(deleteViews(state, { items: [ref("V"), ref("X")] }).items).toEqual([ref("V")]);
    expect(deleteViews(state, { items: [ref("V")] }).items).toEqual([]);
    expect(get(state, "V")).toBeUndefined();
  });

  it("contract 5.4: a deleted container leaves its views dangling", () => {
    const state = withContainers();
    put(state, view("V", { name: maps("C", "name"), weight: maps("E", "weight") }));
    deleteContainers(state, { items: [{ space: "s", externalId: "C" }] });
    expect(Object.keys(get(state, "V")?.properties ?? {})).toEqual(["weight"]);
  });

  it("contract 6.2: a filter on what was deleted reads as invalid", () => {
    const state = withContainers();
    put(state, view("Other", { name: maps("C", "name") }));
    const filter: Filter = {
      and: [
        { hasData: [{ type: "container", space: "s", externalId: "C" }, ref("Other")] },
        { equals: { property: ["s", "C", "name"], value: "x" } },
        { equals: { property: ["node", "space"], value: "s" } },
      ],
    };
    put(state, view("V", {}, { filter }));
    deleteContainers(state, { items: [{ space: "s", externalId: "C" }] });
    deleteViews(state, { items: [ref("Other")] });
    expect(get(state, "V")?.filter).toEqual({
      invalid: {
        previouslyReferencedProperties: [
          ["s", "C", "name"],
          ["s", "C"],
          ["s", "Other/v1"],
        ],
        filterType: "and",
      },
    });
  });
});

describe("filters of views", () => {
  it.each<[string, Filter]>([
    ["Invalid value for list property 'tags'", { equals: { property: ["s", "L", "tags"], value: "x" } }],
    ["expected text, got a number", { equals: { property: ["s", "V/v1", "name"], value: 1 } }],
    ["only queries have parameters", { equals: { property: ["s", "C", "name"], value: { parameter: "p" } } }],
    ["Unknown property 'nope' of nodes", { exists: { property: ["node", "nope"] } }],
    ["Invalid property reference [name]", { exists: { property: ["name"] } }],
  ])("contract 2.2, 9.2: refuses when it is written what could never be evaluated: %s", (words, filter) => {
    const state = withContainers();
    upsertContainers(state, { items: [container("L", { tags: { type: { type: "text", list: true } } })] });
    expect(() => put(state, view("V", { name: maps("C", "name") }, { filter }))).toThrow(
      new RegExp(`^Invalid filter of view 's:V/v1': .*${words.replace(/[[\]]/g, "\\$&")}`),
    );
    expect(state.views.size).toBe(0);
  });

  it("takes any number of sources in hasData", () => {
    const state = withContainers();
    const hasData = Array.from(
      { length: 150_000 },
      () => ({ type: "container", space: "s", externalId: "C" }) as const,
    );
    expect(put(state, view("V", { name: maps("C", "name") }, { filter: { hasData } }))).toHaveLength(1);
  });

  it("contract 3.3: refuses more than 100 versions of a view", () => {
    const state = withContainers();
    const versions = (from: number, count: number): readonly ViewCreate[] =>
      Array.from({ length: count }, (_, index) => view("V", {}, { version: `v${from + index}` }));
    put(state, ...versions(0, 100));
    expect(() => put(state, ...versions(99, 2))).toThrow(
      "View 's:V' would have 101 versions: at most 100 are allowed.",
    );
    expect(put(state, ...versions(99, 1), view("W"))).toHaveLength(2);
  });
});
