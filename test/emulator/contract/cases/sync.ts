import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractArea, casesOf } from "../case.js";
import { edge, id, makeSchema, names, node, nodes, shown, thing, view } from "./instances-world.js";

const sync = casesOf("POST /models/instances/sync");

const PATH = "/models/instances/sync";
const DAY = 24 * 60 * 60 * 1000;
const inSpace = (prefix: string) => ({ prefix: { property: ["node", "externalId"], value: prefix } });

/** Follows the nodes whose external ids begin with a prefix. */
const ask = (prefix: string, rest: Json = {}, more: Json = {}) => ({
  with: { a: { nodes: { filter: inSpace(prefix) }, ...rest } },
  select: { a: { sources: [{ source: view("Thing"), properties: ["*"] }] } },
  ...more,
});
const write = (api: Api, ...written: readonly string[]) =>
  api.ok("/models/instances", { items: written.map((name) => node(name, { name })) });
const remove = (api: Api, ...deleted: readonly string[]) =>
  api.ok("/models/instances/delete", { items: nodes(...deleted) });
const next = (api: Api, asked: Json, before: Json) => api.ok(PATH, { ...asked, cursors: before["nextCursor"] });
const given = (answer: Json) => names(answer["items"].a);

export const syncing: ContractArea = {
  name: "syncing",
  world: makeSchema,
  cases: [
    sync.check("with", "first what is there, then what changed, each once in its current state", async (api) => {
      await write(api, "one_1", "one_2");
      const first = await api.ok(PATH, ask("one_"));
      expect(given(first)).toEqual(["one_1", "one_2"]);
      await api.ok("/models/instances", { items: [node("one_1", { size: 1 })] });
      await api.ok("/models/instances", { items: [node("one_1", { size: 2 })] });
      const second = await next(api, ask("one_"), first);
      expect([given(second), shown(second["items"].a[0])]).toEqual([["one_1"], { name: "one_1", size: 2 }]);
    }),
    sync.check("cursors", "there is always one, and polling with it gives nothing new", async (api) => {
      const first = await api.ok(PATH, ask("nothing_"));
      const second = await next(api, ask("nothing_"), first);
      expect([
        first["items"].a,
        typeof first["nextCursor"].a,
        second["items"].a,
        typeof second["nextCursor"].a,
      ]).toEqual([[], "string", [], "string"]);
    }),
    sync.check("cursors", "null means: from the start", async (api) => {
      await write(api, "null_1");
      expect(given(await api.ok(PATH, ask("null_", {}, { cursors: { a: null } })))).toEqual(["null_1"]);
    }),
    sync.check("cursors", "pages in the order of changes", async (api) => {
      await write(api, "page_1", "page_2", "page_3");
      await write(api, "page_0");
      const asked = ask("page_", { limit: 3 });
      const first = await api.ok(PATH, asked);
      expect([given(first), given(await next(api, asked, first))]).toEqual([
        ["page_1", "page_2", "page_3"],
        ["page_0"],
      ]);
    }),
    sync.check(
      "cursors",
      "of another sync are refused",
      async (api) => {
        const first = await api.ok(PATH, ask("x_"));
        expect((await api.post(PATH, { ...ask("y_"), cursors: first["nextCursor"] })).status).toBe(400);
      },
      400,
    ),
    sync.refuses("cursors", "that no sync gave", ask("x_", {}, { cursors: { a: "abc" } }), "Invalid cursor"),
    sync.check(
      "cursors",
      "older than 3 days are refused",
      async (api) => {
        const first = await api.ok(PATH, ask("old_"));
        api.later(4 * DAY);
        const answer = await api.post(PATH, { ...ask("old_"), cursors: first["nextCursor"] });
        expect(answer).toMatchObject({
          status: 400,
          body: { error: { message: expect.stringContaining("older than 3 days") } },
        });
      },
      400,
    ),
    sync.check("allowExpiredCursorsAndAcceptMissedDeletes", "goes on from old cursors", async (api) => {
      const first = await api.ok(PATH, ask("lenient_"));
      await write(api, "lenient_1");
      api.later(4 * DAY);
      const asked = { ...ask("lenient_"), allowExpiredCursorsAndAcceptMissedDeletes: true };
      expect(given(await next(api, asked, first))).toEqual(["lenient_1"]);
    }),
    sync.check("with", "deletes come with deletedTime and without properties", async (api) => {
      await write(api, "gone_1");
      const first = await api.ok(PATH, ask("gone_"));
      await remove(api, "gone_1");
      const { items } = await next(api, ask("gone_"), first);
      expect(items.a).toMatchObject([{ ...id("gone_1"), deletedTime: expect.any(Number) }]);
      expect(items.a[0]).not.toHaveProperty("properties");
    }),
    sync.check("with", "edges that go with a node come as deleted", async (api) => {
      await api.ok("/models/instances", {
        items: [node("casc_1"), node("casc_2"), edge("casc_e", "casc_1", "casc_2")],
      });
      const asked = {
        with: { e: { edges: { filter: { equals: { property: ["edge", "externalId"], value: "casc_e" } } } } },
        select: { e: {} },
      };
      const first = await api.ok(PATH, asked);
      await remove(api, "casc_1");
      const { items } = await next(api, asked, first);
      expect(items.e).toMatchObject([{ instanceType: "edge", externalId: "casc_e", deletedTime: expect.any(Number) }]);
    }),
    sync.check("with", "what no longer matches is not given", async (api) => {
      await api.ok("/models/instances", { items: [node("stops_1", { size: 1 })] });
      const filter = { and: [inSpace("stops_"), { equals: { property: thing("size"), value: 1 } }] };
      const asked = { with: { a: { nodes: { filter } } }, select: { a: {} } };
      const first = await api.ok(PATH, asked);
      await api.ok("/models/instances", { items: [node("stops_1", { size: 2 })] });
      expect([given(first), given(await next(api, asked, first))]).toEqual([["stops_1"], []]);
    }),
    sync.check("with", "a deleted node made again comes as it is now", async (api) => {
      await write(api, "back_1");
      const first = await api.ok(PATH, ask("back_"));
      await remove(api, "back_1");
      await write(api, "back_1");
      const { items } = await next(api, ask("back_"), first);
      expect(items.a).toHaveLength(1);
      expect(items.a[0]).not.toHaveProperty("deletedTime");
    }),
    sync.check("with", "skipAlreadyDeleted is on: earlier deletes are left out", async (api) => {
      await write(api, "early_1", "early_2");
      await remove(api, "early_1");
      expect(given(await api.ok(PATH, ask("early_")))).toEqual(["early_2"]);
      expect(given(await api.ok(PATH, ask("early_", { skipAlreadyDeleted: false })))).toEqual(["early_2", "early_1"]);
    }),
    sync.check("with", "mode noBackfill: first nothing but a cursor", async (api) => {
      await write(api, "none_1");
      const asked = ask("none_", { mode: "noBackfill" });
      const first = await api.ok(PATH, asked);
      await write(api, "none_2");
      expect([given(first), given(await next(api, asked, first))]).toEqual([[], ["none_2"]]);
    }),
    sync.check("with", "mode twoPhase: first what was there, sorted, then the changes", async (api) => {
      await write(api, "two_b", "two_a", "two_c");
      const asked = ask("two_", { mode: "twoPhase", limit: 2, backfillSort: [{ property: thing("name") }] });
      const first = await api.ok(PATH, asked);
      await write(api, "two_d");
      const second = await next(api, asked, first);
      const third = await next(api, asked, second);
      expect([given(first), given(second), given(third)]).toEqual([["two_a", "two_b"], ["two_c"], ["two_d"]]);
    }),
    sync.check("with", "mode twoPhase: a backfill that fills its pages ends in an empty one", async (api) => {
      await write(api, "full_1", "full_2");
      const asked = ask("full_", { mode: "twoPhase", limit: 2 });
      const first = await api.ok(PATH, asked);
      expect([given(first).length, given(await next(api, asked, first))]).toEqual([2, []]);
    }),
    sync.check("with", "mode onePhase is what is meant when none is given", async (api) => {
      await write(api, "phase_1");
      expect(given(await api.ok(PATH, ask("phase_", { mode: "onePhase" })))).toEqual(
        given(await api.ok(PATH, ask("phase_"))),
      );
    }),
    sync.refuses(
      "with",
      "backfillSort without twoPhase",
      ask("x_", { backfillSort: [{ property: thing("name") }] }),
      "Backfill sort can only be used with two-phase sync.",
    ),
    sync.refuses(
      "with",
      "backfillSort of more than 5 keys",
      ask("x_", { mode: "twoPhase", backfillSort: Array(6).fill({ property: thing("name") }) }),
      "size must be between 0 and 5",
    ),
    sync.refuses(
      "with",
      "backfillSort of a property without a cursorable index",
      ask("x_", { mode: "twoPhase", backfillSort: [{ property: thing("size") }] }),
      "Backfill sort needs a cursorable index",
    ),
    sync.accepts(
      "with",
      "backfillSort by facts of instances",
      ask("x_", { mode: "twoPhase", backfillSort: [{ property: ["node", "externalId"] }] }),
      { items: { a: [] } },
    ),
    sync.refuses("with", "an unknown mode", ask("x_", { mode: "threePhase" }), "mode"),
    sync.refuses("with", "a limit beyond 2,000", ask("x_", { limit: 2001 }), "must be between 1 and 2000"),
    sync.check("with", "the limit is 100 when left out", async (api) => {
      await write(api, ...Array.from({ length: 101 }, (_, index) => `limit_${index}`));
      expect(given(await api.ok(PATH, ask("limit_")))).toHaveLength(100);
    }),
    sync.refuses(
      "with",
      "set operations",
      { with: { a: { union: ["b"] }, b: { nodes: {} } }, select: { a: {} } },
      "must have nodes or edges",
    ),
    sync.refuses("with", "sort", ask("x_", { sort: [] }), "Unexpected field - with.a.sort"),
    sync.refuses(
      "with",
      "limitEach",
      { with: { n: { nodes: {} }, a: { edges: { from: "n", limitEach: 1 } } }, select: { a: {} } },
      "Unexpected field - with.a.edges.limitEach",
    ),
    sync.check("with", "sets that start from others", async (api) => {
      await api.ok("/models/instances", {
        items: [node("set_1"), node("set_2", { parent: id("set_1") }), edge("set_e", "set_1", "set_2")],
      });
      const root = { nodes: { filter: { equals: { property: ["node", "externalId"], value: "set_1" } } } };
      const expressions = {
        root,
        edges: { edges: { from: "root", direction: "outwards", maxDistance: 1 } },
        ends: { nodes: { from: "edges", chainTo: "destination" } },
        children: {
          nodes: { from: "root", through: { source: view("Thing"), identifier: "parent" }, direction: "inwards" },
        },
      };
      const select = { edges: {}, ends: {}, children: {} };
      const asked = { with: expressions, select };
      const first = await api.ok(PATH, asked);
      expect(Object.values<Json[]>(first["items"]).map(names)).toEqual([["set_e"], ["set_2"], ["set_2"]]);
      await api.ok("/models/instances", { items: [node("set_3", { parent: id("set_1") })] });
      expect(names((await next(api, asked, first))["items"].children)).toEqual(["set_3"]);
    }),
    sync.refuses(
      "with",
      "an unknown property",
      { with: { a: { nodes: { filter: { exists: { property: thing("none") } } } } }, select: { a: {} } },
      "Unknown property 'none'",
    ),
    sync.refuses(
      "select",
      "sort",
      { with: { a: { nodes: {} } }, select: { a: { sort: [] } } },
      "Unexpected field - select.a.sort",
    ),
    sync.refuses(
      "select",
      "limit",
      { with: { a: { nodes: {} } }, select: { a: { limit: 1 } } },
      "Unexpected field - select.a.limit",
    ),
    sync.refuses(
      "select",
      "an unknown expression",
      { with: { a: { nodes: {} } }, select: { b: {} } },
      "Unknown result set expression 'b'",
    ),
    sync.check("parameters", "stand for values of filters", async (api) => {
      await write(api, "param_1");
      const filter = { prefix: { property: ["node", "externalId"], value: { parameter: "p" } } };
      const asked = { with: { a: { nodes: { filter } } }, select: { a: {} }, parameters: { p: "param_" } };
      expect(given(await api.ok(PATH, asked))).toEqual(["param_1"]);
    }),
    sync.accepts("includeTyping", "gives the facts of what is returned", ask("x_", {}, { includeTyping: true }), {
      typing: { a: { m: { "Thing/v1": { name: { type: { type: "text" } } } } } },
    }),
    sync.accepts("debug", "gives notices", ask("x_", {}, { debug: {} }), { debug: { notices: [] } }),
    sync.accepts(
      "debug",
      "with emitResults false there are no items and no cursors",
      ask("limit_", {}, { debug: { emitResults: false } }),
      { items: { a: [] }, nextCursor: {} },
    ),
    sync.refuses(
      "debug",
      "timeout: what takes longer, where no results are asked for",
      ask("limit_", {}, { debug: { emitResults: false, timeout: 0 } }),
      "Graph query timed out",
      408,
    ),
  ],
};
