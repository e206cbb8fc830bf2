import { expect } from "vitest";
import { type ContractArea, casesOf } from "../case.js";

const upsert = casesOf("POST /models/spaces");
const list = casesOf("GET /models/spaces");
const byIds = casesOf("POST /models/spaces/byids");
const remove = casesOf("POST /models/spaces/delete");

const items = (...spaces: readonly string[]) => ({ items: spaces.map((space) => ({ space })) });
const many = (count: number) => items(...Array.from({ length: count }, (_, index) => `many_${index}`));

export const spaces: ContractArea = {
  name: "spaces",
  world: async (api) => {
    await api.ok("/models/spaces", { items: [{ space: "a", name: "A", description: "the first" }, { space: "b" }] });
    await api.ok("/models/spaces", items("full"));
    const properties = { p: { type: { type: "text" } } };
    await api.ok("/models/containers", { items: [{ space: "full", externalId: "C", properties }] });
  },
  cases: [
    upsert.accepts("items", "makes a space with the facts that the service adds", items("made"), {
      items: [{ space: "made", isGlobal: false, createdTime: expect.any(Number), lastUpdatedTime: expect.any(Number) }],
    }),
    upsert.accepts("items", "takes 43 characters", items("x".repeat(43)), { items: [{ space: "x".repeat(43) }] }),
    upsert.accepts("items", "answers in the order of the request", items("z", "y"), {
      items: [{ space: "z" }, { space: "y" }],
    }),
    upsert.check("items", "an unchanged definition is a no-op and keeps its times", async (api) => {
      const first = await api.ok("/models/spaces", items("same"));
      api.later(1000);
      expect(await api.ok("/models/spaces", items("same"))).toEqual(first);
    }),
    upsert.check("name", "is replaced, and cleared when left out", async (api) => {
      await api.ok("/models/spaces", { items: [{ space: "named", name: "old", description: "old" }] });
      const { items: after } = await api.ok("/models/spaces", { items: [{ space: "named", name: "new" }] });
      expect([after[0].name, after[0].description]).toEqual(["new", undefined]);
    }),
    upsert.check("items", "is all or nothing", async (api) => {
      const answer = await api.post("/models/spaces", items("half", "not a space"), false);
      expect(answer.status).toBe(400);
      expect(await api.ok("/models/spaces/byids", items("half"))).toEqual({ items: [] });
    }),
    upsert.refuses("items", "none", { items: [] }, "items size must be between 1 and 100"),
    upsert.refuses("items", "more than 100", many(101), "items size must be between 1 and 100"),
    upsert.refuses("items", "ids that do not begin with a letter", items("1a"), "must match"),
    upsert.refuses("items", "ids of more than 43 characters", items("x".repeat(44)), "must match"),
    ...["space", "cdf", "dms", "pg3", "shared", "system", "node", "edge"].map((word) =>
      upsert.refuses("items", `the reserved word ${word}`, items(word), "reserved values"),
    ),
    upsert.refuses("items", "the same space twice", items("twice", "twice"), "more than once"),
    upsert.refuses("items", "system spaces", items("cdf_cdm"), "system space"),
    upsert.refuses(
      "items",
      "unknown fields",
      { items: [{ space: "a", nmae: "x" }] },
      "Unexpected field - items[0].nmae",
    ),
    upsert.refuses(
      "name",
      "more than 255 characters",
      { items: [{ space: "a", name: "x".repeat(256) }] },
      "size must be between 0 and 255",
    ),
    upsert.refuses(
      "description",
      "more than 1024 characters",
      { items: [{ space: "a", description: "x".repeat(1025) }] },
      "size must be between 0 and 1024",
    ),

    list.check("limit", "is 10 when left out, and a cursor leads on", async (api) => {
      await api.ok("/models/spaces", many(12));
      const first = await api.get("/models/spaces");
      expect(first.body.items).toHaveLength(10);
      const rest = await api.get(`/models/spaces?limit=1000&cursor=${first.body.nextCursor}`);
      const names = [...first.body.items, ...rest.body.items].map(({ space }: { space: string }) => space);
      expect(new Set(names).size).toBe(names.length);
      expect(rest.body.nextCursor).toBeUndefined();
      expect(names).toEqual(expect.arrayContaining(["a", "b", "many_11"]));
    }),
    list.accepts("limit", "of 1", "?limit=1", { items: [expect.anything()], nextCursor: expect.any(String) }),
    list.refuses("limit", "0", "?limit=0", "must be between 1 and 1000"),
    list.refuses("limit", "1001", "?limit=1001", "must be between 1 and 1000"),
    list.refuses("cursor", "that no list gave", "?cursor=abc", "Invalid cursor"),
    list.check("includeGlobal", "adds system spaces", async (api) => {
      const spacesOf = async (query: string) =>
        (await api.get(`/models/spaces?limit=1000${query}`)).body.items.map(({ space }: { space: string }) => space);
      expect(await spacesOf("")).not.toContain("cdf_cdm");
      expect(await spacesOf("&includeGlobal=true")).toContain("cdf_cdm");
      // As Python writes it.
      expect((await api.get("/models/spaces?limit=1000&includeGlobal=True", false)).body).toEqual(
        (await api.get("/models/spaces?limit=1000&includeGlobal=true")).body,
      );
    }),
    list.refuses("includeGlobal", "what is no boolean", "?includeGlobal=yes", "must be true or false"),
    list.refuses("includeGlobal", "unknown parameters", "?spcae=a", "Unexpected field - spcae"),

    byIds.accepts("items", "gives those that are there, system spaces too", items("a", "none", "cdf_cdm"), {
      items: [
        { space: "a", name: "A", description: "the first" },
        { space: "cdf_cdm", isGlobal: true },
      ],
    }),
    byIds.accepts("items", "gives each once", items("a", "a"), { items: [{ space: "a" }] }),
    byIds.accepts("items", "gives nothing for unknown ones", items("none"), { items: [] }),
    byIds.refuses("items", "none", { items: [] }, "size must be between 1 and 100"),
    byIds.refuses("items", "more than 100", many(101), "size must be between 1 and 100"),

    remove.check("items", "takes empty spaces away, and answers with those that were there", async (api) => {
      await api.ok("/models/spaces", items("gone"));
      expect(await api.ok("/models/spaces/delete", items("gone", "none"))).toEqual(items("gone"));
      expect(await api.ok("/models/spaces/byids", items("gone"))).toEqual({ items: [] });
      expect(await api.ok("/models/spaces/delete", items("gone"))).toEqual({ items: [] });
    }),
    remove.check("items", "soft-deleted instances do not hold a space", async (api) => {
      await api.ok("/models/spaces", items("held"));
      const node = { instanceType: "node", space: "held", externalId: "n" };
      await api.ok("/models/instances", { items: [node] });
      expect((await api.post("/models/spaces/delete", items("held"))).status).toBe(400);
      await api.ok("/models/instances/delete", { items: [node] });
      expect(await api.ok("/models/spaces/delete", items("held"))).toEqual(items("held"));
    }),
    remove.refuses("items", "spaces that hold something", items("full"), "is not empty: it holds containers"),
    remove.refuses("items", "system spaces", items("cdf_cdm"), "system space"),
    remove.refuses("items", "none", { items: [] }, "size must be between 1 and 100"),
  ],
};
