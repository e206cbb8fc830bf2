import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractArea, casesOf } from "../case.js";
import { viewRules } from "./views-rules.js";
import { viewUpserts } from "./views-upsert.js";
import { body, maps, ref, view } from "./views-world.js";

const list = casesOf("GET /models/views");
const byIds = casesOf("POST /models/views/byids");
const remove = casesOf("POST /models/views/delete");

export const views: ContractArea = {
  name: "views",
  world: async (api) => {
    await api.ok("/models/spaces", { items: [{ space: "s" }] });
    const text = { type: { type: "text" } };
    const named = {
      name: { ...text, nullable: false },
      size: { type: { type: "int32" } },
      tags: { type: { type: "text", list: true } },
      whole: { type: { type: "direct" } },
      parts: { type: { type: "direct", list: true } },
    };
    await api.ok("/models/containers", {
      items: [
        { space: "s", externalId: "Part", properties: named },
        { space: "s", externalId: "Wire", usedFor: "edge", properties: { length: { type: { type: "float64" } } } },
        { space: "s", externalId: "Both", usedFor: "all", properties: { note: text } },
        { space: "s", externalId: "Temporary", properties: { p: text } },
      ],
    });
    await api.ok("/models/views", body(view("Part", { name: maps("Part", "name"), size: maps("Part", "size") })));
    await api.ok("/models/views", body(view("Part", { name: maps("Part", "name") }, { version: "v2" })));
  },
  cases: [
    ...viewUpserts,
    ...viewRules,
    list.accepts("space", "gives the views of a space", "?space=s&limit=1", {
      items: [{ space: "s" }],
      nextCursor: expect.any(String),
    }),
    list.accepts("space", "gives nothing of a system space without includeGlobal", "?space=cdf_cdm", { items: [] }),
    list.accepts("includeGlobal", "adds those of system spaces", "?space=cdf_cdm&includeGlobal=true&limit=1", {
      items: [{ isGlobal: true }],
    }),
    list.check("allVersions", "gives the newest version unless asked for all", async (api) => {
      const versions = async (query: string) =>
        (await api.get(`/models/views?space=s&limit=1000${query}`)).body.items
          .filter((item: Json) => item["externalId"] === "Part")
          .map((item: Json) => item["version"]);
      expect([await versions(""), await versions("&allVersions=true")]).toEqual([["v2"], ["v1", "v2"]]);
    }),
    list.check("includeInheritedProperties", "leaves out those of parents", async (api) => {
      const own = async (query: string) =>
        (await api.get(`/models/views?space=cdf_cdm&includeGlobal=true&limit=1000${query}`)).body.items.find(
          (item: Json) => item["externalId"] === "CogniteAsset",
        ).properties;
      expect(await own("")).toHaveProperty("description");
      expect(await own("&includeInheritedProperties=false")).not.toHaveProperty("description");
    }),
    list.check("limit", "is 10 when left out", async (api) => {
      expect((await api.get("/models/views?space=s")).body.items).toHaveLength(10);
    }),
    list.refuses("limit", "0", "?limit=0", "must be between 1 and 1000"),
    list.check("cursor", "goes on after the last page", async (api) => {
      const first = (await api.get("/models/views?space=s&limit=1")).body;
      const second = (await api.get(`/models/views?space=s&limit=1&cursor=${first.nextCursor}`)).body;
      expect(second.items[0].externalId).not.toBe(first.items[0].externalId);
    }),
    list.refuses("cursor", "of another list", "?cursor=abc", "Invalid cursor"),

    byIds.accepts("items", "with a version gives that one", body({ space: "s", externalId: "Part", version: "v1" }), {
      items: [{ version: "v1" }],
    }),
    byIds.accepts("items", "without a version gives all", body({ space: "s", externalId: "Part" }), {
      items: [{ version: "v1" }, { version: "v2" }],
    }),
    byIds.accepts("items", "leaves out unknown ones", body({ space: "s", externalId: "None" }), { items: [] }),
    byIds.accepts(
      "items",
      "finds those of system spaces",
      body({ space: "cdf_cdm", externalId: "CogniteFile", version: "v1" }),
      {
        items: [
          {
            isGlobal: true,
            writable: true,
            implements: [{ externalId: "CogniteDescribable" }, { externalId: "CogniteSourceable" }],
          },
        ],
      },
    ),
    byIds.refuses(
      "items",
      "with and without a version together",
      body({ space: "s", externalId: "Part", version: "v1" }, { space: "s", externalId: "Part" }),
      "all have a version or all have none",
    ),
    byIds.check("includeInheritedProperties", "leaves out those of parents", async (api) => {
      const asset = body({ space: "cdf_cdm", externalId: "CogniteAsset", version: "v1" });
      const own = (await api.ok("/models/views/byids?includeInheritedProperties=false", asset)).items[0];
      expect(own.properties).not.toHaveProperty("description");
      expect(own.properties).toHaveProperty("parent");
    }),

    remove.check("items", "takes versions away, and answers with references", async (api) => {
      await api.ok("/models/views", body(view("Gone")));
      const answer = await api.ok(
        "/models/views/delete",
        body({ space: "s", externalId: "Gone", version: "v1" }, { space: "s", externalId: "Gone", version: "v2" }),
      );
      expect(answer).toEqual({ items: [ref("Gone")] });
      expect((await api.ok("/models/views/byids", body({ space: "s", externalId: "Gone" }))).items).toEqual([]);
    }),
    remove.refuses("items", "without a version", body({ space: "s", externalId: "Part" }), "version must not be null"),
    remove.refuses(
      "items",
      "system spaces",
      body({ space: "cdf_cdm", externalId: "CogniteFile", version: "v1" }),
      "system space",
    ),
  ],
};
