import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractArea, casesOf } from "../case.js";

const upsert = casesOf("POST /models/datamodels");
const list = casesOf("GET /models/datamodels");
const byIds = casesOf("POST /models/datamodels/byids");
const remove = casesOf("POST /models/datamodels/delete");

const ref = (externalId: string) => ({ type: "view", space: "s", externalId, version: "v1" });
const view = (externalId: string) => ({ space: "s", externalId, version: "v1", properties: {} });
const model = (externalId: string, views: readonly Json[] = [], rest: Json = {}) => ({
  space: "s",
  externalId,
  version: "v1",
  views,
  ...rest,
});
const body = (...models: readonly Json[]) => ({ items: models });

export const dataModels: ContractArea = {
  name: "datamodels",
  world: async (api) => {
    await api.ok("/models/spaces", { items: [{ space: "s" }] });
    await api.ok("/models/views", body(view("A"), view("B"), view("Gone")));
    await api.ok("/models/datamodels", body(model("M", [ref("A"), ref("B")], { name: "Model" })));
    await api.ok("/models/datamodels", body(model("M", [ref("A")], { version: "v2" })));
  },
  cases: [
    upsert.accepts("items", "holds references to views", body(model("Refs", [ref("A"), ref("B")])), {
      items: [{ isGlobal: false, views: [ref("A"), ref("B")] }],
    }),
    upsert.accepts("items", "without views", body({ space: "s", externalId: "Bare", version: "1" }), {
      items: [{ views: [] }],
    }),
    upsert.check("items", "views given whole are upserted with it", async (api) => {
      const { items } = await api.ok("/models/datamodels", body(model("Inline", [view("Inlined"), ref("A")])));
      expect(items[0].views).toEqual([ref("Inlined"), ref("A")]);
      expect((await api.ok("/models/views/byids", body({ space: "s", externalId: "Inlined" }))).items).toHaveLength(1);
    }),
    upsert.check("items", "is all or nothing, whole views included", async (api) => {
      const answer = await api.post("/models/datamodels", body(model("Half", [view("HalfView"), ref("None")])));
      expect(answer.status).toBe(400);
      expect((await api.ok("/models/views/byids", body({ space: "s", externalId: "HalfView" }))).items).toEqual([]);
    }),
    upsert.check("items", "a view left out of a version that exists stays in it", async (api) => {
      await api.ok("/models/datamodels", body(model("Appends", [ref("A")])));
      const { items } = await api.ok("/models/datamodels", body(model("Appends", [ref("B")])));
      expect(items[0].views).toEqual([ref("A"), ref("B")]);
    }),
    upsert.check("items", "an unchanged definition is a no-op and keeps its times", async (api) => {
      const first = await api.ok("/models/datamodels", body(model("Same", [ref("A")])));
      api.later(1000);
      expect(await api.ok("/models/datamodels", body(model("Same", [ref("A")])))).toEqual(first);
    }),
    upsert.refuses(
      "items",
      "views that do not exist",
      body(model("X", [ref("None")])),
      "One or more views do not exist: 's:None/v1'",
    ),
    upsert.refuses(
      "items",
      "an unknown space",
      body({ ...model("X"), space: "none" }),
      "One or more spaces do not exist",
    ),
    upsert.refuses("items", "system spaces", body({ ...model("X"), space: "cdf_cdm" }), "system space"),
    upsert.refuses("items", "the same version twice", body(model("X"), model("X")), "more than once"),
    upsert.refuses(
      "items",
      "more than 100 views",
      body(model("X", Array(101).fill(ref("A")))),
      "size must be between 0 and 100",
    ),
    upsert.refuses("items", "none", { items: [] }, "size must be between 1 and 100"),
    upsert.refuses("items", "no version", body({ space: "s", externalId: "X" }), "version must not be null"),
    upsert.refuses(
      "items",
      "a wrong whole view",
      body(model("X", [{ ...view("Y"), implements: [ref("None")] }])),
      "One or more views do not exist",
    ),
    upsert.refuses("items", "unknown fields", body(model("X", [], { view: [] })), "Unexpected field - items[0].view"),
    upsert.check(
      "items",
      "more than 100 versions of a data model are refused",
      async (api) => {
        await api.ok(
          "/models/datamodels",
          body(...Array.from({ length: 100 }, (_, index) => model("Old", [], { version: `${index}` }))),
        );
        const answer = await api.post("/models/datamodels", body(model("Old", [], { version: "one_more" })));
        expect(answer).toMatchObject({
          status: 400,
          body: { error: { message: expect.stringContaining("at most 100") } },
        });
      },
      400,
    ),

    list.accepts("space", "gives those of a space", "?space=s&limit=1", {
      items: [{ space: "s" }],
      nextCursor: expect.any(String),
    }),
    list.accepts("space", "gives nothing of a system space without includeGlobal", "?space=cdf_cdm", { items: [] }),
    list.accepts("includeGlobal", "adds the core model", "?space=cdf_cdm&includeGlobal=true", {
      items: [{ externalId: "CogniteCore", version: "v1", isGlobal: true }],
    }),
    list.check("allVersions", "gives the newest version unless asked for all", async (api) => {
      const versions = async (query: string) =>
        (await api.get(`/models/datamodels?space=s&limit=1000${query}`)).body.items
          .filter((item: Json) => item["externalId"] === "M")
          .map((item: Json) => item["version"]);
      expect([await versions(""), await versions("&allVersions=true")]).toEqual([["v2"], ["v1", "v2"]]);
    }),
    list.check("inlineViews", "gives whole views", async (api) => {
      const of = async (query: string) =>
        (await api.get(`/models/datamodels?space=s&limit=1000${query}`)).body.items.find(
          (item: Json) => item["externalId"] === "M",
        ).views[0];
      expect(await of("")).toEqual(ref("A"));
      expect(await of("&inlineViews=true")).toMatchObject({
        externalId: "A",
        writable: expect.any(Boolean),
        properties: {},
      });
    }),
    list.check("limit", "is 10 when left out", async (api) => {
      await api.ok("/models/datamodels", body(...Array.from({ length: 11 }, (_, index) => model(`L${index}`))));
      expect((await api.get("/models/datamodels?space=s")).body.items).toHaveLength(10);
    }),
    list.refuses("limit", "1001", "?limit=1001", "must be between 1 and 1000"),
    list.check("cursor", "goes on after the last page", async (api) => {
      const first = (await api.get("/models/datamodels?space=s&limit=1")).body;
      const second = (await api.get(`/models/datamodels?space=s&limit=1&cursor=${first.nextCursor}`)).body;
      expect(second.items[0].externalId).not.toBe(first.items[0].externalId);
    }),
    list.refuses("cursor", "of another list", "?cursor=abc", "Invalid cursor"),

    byIds.accepts("items", "with a version gives that one", body({ space: "s", externalId: "M", version: "v1" }), {
      items: [{ version: "v1", name: "Model" }],
    }),
    byIds.accepts("items", "without a version gives all", body({ space: "s", externalId: "M" }), {
      items: [{ version: "v1" }, { version: "v2" }],
    }),
    byIds.accepts("items", "leaves out unknown ones", body({ space: "s", externalId: "None" }), { items: [] }),
    byIds.refuses(
      "items",
      "with and without a version together",
      body({ space: "s", externalId: "M", version: "v1" }, { space: "s", externalId: "M" }),
      "all have a version or all have none",
    ),
    byIds.check("inlineViews", "gives whole views, and leaves out those that are gone", async (api) => {
      await api.ok("/models/datamodels", body(model("Loses", [ref("A"), ref("Gone")])));
      await api.ok("/models/views/delete", body({ space: "s", externalId: "Gone", version: "v1" }));
      const id = body({ space: "s", externalId: "Loses", version: "v1" });
      expect((await api.ok("/models/datamodels/byids?inlineViews=true", id)).items[0].views).toMatchObject([
        { externalId: "A", usedFor: expect.any(String) },
      ]);
      expect((await api.ok("/models/datamodels/byids", id)).items[0].views).toEqual([ref("A"), ref("Gone")]);
    }),

    remove.check("items", "takes versions away, never their views", async (api) => {
      await api.ok("/models/datamodels", body(model("Going", [ref("A")])));
      const id = { space: "s", externalId: "Going", version: "v1" };
      expect(await api.ok("/models/datamodels/delete", body(id, { ...id, version: "v9" }))).toEqual({ items: [id] });
      expect((await api.ok("/models/views/byids", body({ space: "s", externalId: "A" }))).items).toHaveLength(1);
    }),
    remove.refuses("items", "without a version", body({ space: "s", externalId: "M" }), "version must not be null"),
    remove.refuses(
      "items",
      "system spaces",
      body({ space: "cdf_cdm", externalId: "CogniteCore", version: "v1" }),
      "system space",
    ),
  ],
};
