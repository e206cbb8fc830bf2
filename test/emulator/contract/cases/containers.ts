import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractArea, casesOf } from "../case.js";
import { containerChanges } from "./containers-changes.js";
import { containerParts } from "./containers-parts.js";
import { containerUpserts } from "./containers-upsert.js";
import { body, ids, reference } from "./containers-world.js";

const list = casesOf("GET /models/containers");
const byIds = casesOf("POST /models/containers/byids");
const remove = casesOf("POST /models/containers/delete");
const inspect = casesOf("POST /models/containers/inspect");

export const containers: ContractArea = {
  name: "containers",
  world: async (api) => {
    await api.ok("/models/spaces", { items: [{ space: "s" }, { space: "other" }] });
    await api.ok("/models/containers", body("Base"));
    await api.ok("/models/containers", body("Records", { usedFor: "record" }));
    const mapped = { container: reference("Base"), containerPropertyIdentifier: "p" };
    const view = { space: "s", externalId: "V", properties: { p: mapped } };
    await api.ok("/models/views", {
      items: [
        { ...view, version: "v1" },
        { ...view, version: "v2" },
      ],
    });
  },
  cases: [
    ...containerUpserts,
    ...containerChanges,
    ...containerParts,
    list.accepts("space", "gives those of a space", "?space=s&limit=1", {
      items: [{ space: "s" }],
      nextCursor: expect.any(String),
    }),
    list.accepts("space", "gives nothing of an empty one", "?space=other", { items: [] }),
    list.accepts("space", "gives nothing of a system space without includeGlobal", "?space=cdf_cdm", { items: [] }),
    list.accepts("includeGlobal", "adds those of system spaces", "?space=cdf_cdm&includeGlobal=true&limit=2", {
      items: [{ isGlobal: true }, { isGlobal: true }],
    }),
    list.check("limit", "is 10 when left out", async (api) => {
      expect((await api.get("/models/containers?space=s")).body.items).toHaveLength(10);
    }),
    list.refuses("limit", "1001", "?limit=1001", "must be between 1 and 1000"),
    list.check("cursor", "goes on after the last page", async (api) => {
      const first = (await api.get("/models/containers?space=s&limit=2")).body;
      const second = (await api.get(`/models/containers?space=s&limit=2&cursor=${first.nextCursor}`)).body;
      expect(second.items[0].externalId > first.items[1].externalId).toBe(true);
    }),
    list.refuses("cursor", "of another list", "?cursor=abc", "Invalid cursor"),
    list.check("usedFor", "leaves out containers for records unless asked for", async (api) => {
      const names = async (query: string) =>
        (await api.get(`/models/containers?space=s&limit=1000${query}`)).body.items.map(
          (item: Json) => item["externalId"],
        );
      expect(await names("")).not.toContain("Records");
      expect(await names("&usedFor=record")).toEqual(["For_recordx", "ManyRecords", "Records"]);
      expect(await names("&usedFor=record&usedFor=node")).toEqual(expect.arrayContaining(["Records", "Base"]));
    }),
    list.refuses("usedFor", "anything else", "?usedFor=all&usedFor=thing", "usedFor"),

    byIds.accepts("items", "leaves out unknown ones", ids("Base", "None"), { items: [{ externalId: "Base" }] }),
    byIds.accepts(
      "items",
      "finds those of system spaces",
      { items: [{ space: "cdf_cdm", externalId: "CogniteAsset" }] },
      { items: [{ isGlobal: true, properties: { assetHierarchy_parent: { type: { type: "direct" } } } }] },
    ),
    byIds.refuses(
      "items",
      "more than 100",
      ids(...Array.from({ length: 101 }, (_, index) => `C${index}`)),
      "size must be between 1 and 100",
    ),

    remove.check("items", "drops the data, and leaves views that map it", async (api) => {
      await api.ok("/models/containers", body("Gone"));
      const view = {
        space: "s",
        externalId: "OfGone",
        version: "v1",
        properties: { p: { container: reference("Gone"), containerPropertyIdentifier: "p" } },
      };
      await api.ok("/models/views", { items: [view] });
      const node = {
        instanceType: "node",
        space: "s",
        externalId: "gone",
        sources: [{ source: reference("Gone"), properties: { p: "x" } }],
      };
      await api.ok("/models/instances", { items: [node] });
      expect(await api.ok("/models/containers/delete", ids("Gone", "None"))).toEqual(ids("Gone"));
      expect(
        (await api.ok("/models/views/byids", { items: [{ space: "s", externalId: "OfGone" }] })).items,
      ).toHaveLength(1);
      await api.ok("/models/containers", body("Gone"));
      expect((await api.ok("/models/instances/list", { filter: { hasData: [reference("Gone")] } })).items).toEqual([]);
    }),
    remove.accepts("items", "answers with nothing for unknown ones", ids("None"), { items: [] }),
    remove.refuses(
      "items",
      "system spaces",
      { items: [{ space: "cdf_cdm", externalId: "CogniteAsset" }] },
      "system space",
    ),

    inspect.accepts(
      "inspectionOperations",
      "tells the newest versions of views that map it",
      { items: ids("Base").items, inspectionOperations: { involvedViews: {} } },
      {
        items: [
          {
            ...ids("Base").items[0],
            inspectionResults: { involvedViews: [{ type: "view", space: "s", externalId: "V", version: "v2" }] },
          },
        ],
      },
    ),
    inspect.accepts(
      "inspectionOperations",
      "tells all versions, and how many",
      {
        items: ids("Base").items,
        inspectionOperations: { involvedViews: { allVersions: true }, totalInvolvedViewCount: { allVersions: true } },
      },
      {
        items: [{ inspectionResults: { involvedViewCount: 2, involvedViews: [{ version: "v1" }, { version: "v2" }] } }],
      },
    ),
    inspect.accepts(
      "items",
      "leaves out unknown ones",
      { items: ids("None").items, inspectionOperations: {} },
      { items: [] },
    ),
    inspect.refuses(
      "items",
      "more than 10",
      { items: ids(..."ABCDEFGHIJK").items, inspectionOperations: {} },
      "size must be between 1 and 10",
    ),
  ],
};
