import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractArea, type ContractCase, casesOf } from "../case.js";
import { makeDataWorld, named } from "./data-world.js";

const upload = casesOf("POST /files/uploadlink");
const parts = casesOf("POST /files/multiuploadlink");
const complete = casesOf("POST /files/completemultipartupload");
const download = casesOf("POST /files/downloadlink");
const byIds = casesOf("POST /files/byids").as("differs", "the facts of the core model alone");
const list = casesOf("POST /files/list").as("differs", "filters are name, mimeType, directoryPrefix and uploaded");

const item = (name: string) => ({ items: [named(name)] });
const put = (url: string, body: BodyInit) => fetch(url, { method: "PUT", body });
const linkTo = async (api: Api, name: string): Promise<Json> =>
  (await api.post("/files/uploadlink", item(name))).body["items"][0];
const contentOf = async (api: Api, id: Json): Promise<string> => {
  const { items } = await api.ok("/files/downloadlink", { items: [id] });
  return (await fetch(items[0].downloadUrl)).text();
};
const begun = async (api: Api, count: number): Promise<Json> =>
  (await api.post(`/files/multiuploadlink?parts=${count}`, item("parts"))).body["items"][0];
const completed = (api: Api, uploadId: string) =>
  api.post("/files/completemultipartupload", { ...named("parts"), uploadId });

const uploads: readonly ContractCase[] = [
  upload.check(
    "items",
    "gives a link; what is sent there is the content, and the node tells",
    async (api) => {
      const { uploadUrl, ...facts } = await linkTo(api, "file");
      expect(facts).toMatchObject({ ...named("file"), name: "Report", mimeType: "text/plain", uploaded: false });
      const sent = await fetch(uploadUrl, {
        method: "PUT",
        body: "content",
        headers: { "content-type": "text/plain" },
      });
      expect(sent.status).toBeLessThan(300);
      expect(await contentOf(api, named("file"))).toBe("content");
      const view = { type: "view", space: "cdf_cdm", externalId: "CogniteFile", version: "v1" };
      const { items } = await api.ok("/models/instances/byids", {
        items: [{ instanceType: "node", space: "data", externalId: "file" }],
        sources: [{ source: view }],
      });
      expect(items[0].properties.cdf_cdm["CogniteFile/v1"]).toMatchObject({
        isUploaded: true,
        uploadedTime: expect.any(String),
      });
    },
    201,
  ),
  upload.check(
    "items",
    "the link is good for a week",
    async (api) => {
      const { uploadUrl } = await linkTo(api, "empty");
      api.later(7 * 24 * 3_600_000);
      expect((await put(uploadUrl, "x")).status).toBe(403);
    },
    201,
  ),
  upload.accepts("Origin", "is as any other header", item("empty"), { items: [named("empty")] }, 201),
  upload.refuses("items", "unknown files", item("nobody"), "Ids not found"),
  upload.refuses("items", "none", { items: [] }, "size must be between 1 and 1"),
  upload.refuses("items", "more than one", { items: [named("file"), named("empty")] }, "size must be between 1 and 1"),
  upload.refuses("items", "by number", { items: [{ id: 1 }] }, "Unexpected field - items[0].id"),
  parts.check(
    "items",
    "gives as many links as there are parts",
    async (api) => {
      const { uploadId, uploadUrls } = await begun(api, 3);
      expect([typeof uploadId, new Set(uploadUrls).size]).toEqual(["string", 3]);
    },
    201,
  ),
  parts.refuses("items", "unknown files", item("nobody"), "parts must not be null"),
  parts.check(
    "parts",
    "1 to 250",
    async (api) => {
      for (const count of [1, 250]) expect((await begun(api, count))["uploadUrls"]).toHaveLength(count);
    },
    201,
  ),
  ...["0", "251", "x"].map((count) =>
    parts.check(
      "parts",
      `${count} is refused`,
      async (api) => {
        const { status, body } = await api.post(`/files/multiuploadlink?parts=${count}`, item("parts"), false);
        expect([status, body["error"].message]).toEqual([
          400,
          expect.stringContaining("parts must be between 1 and 250"),
        ]);
      },
      400,
    ),
  ),
  ...(["instanceId", "id"] as const).map((kind) =>
    complete.check(kind, "names the file whose parts become its content", async (api) => {
      const { uploadId, uploadUrls, id } = await begun(api, 2);
      const first = "a".repeat(5 * 1024 * 1024);
      await put(uploadUrls[0], first);
      await put(uploadUrls[1], "b");
      const body = { ...(kind === "id" ? { id } : named("parts")), uploadId };
      expect((await api.post("/files/completemultipartupload", body)).status).toBe(200);
      expect(await contentOf(api, named("parts"))).toBe(`${first}b`);
    }),
  ),
  complete.refuses("externalId", "that is unknown", { externalId: "nobody", uploadId: "x" }, "Ids not found"),
  complete.refuses("uploadId", "that no upload has", { ...named("parts"), uploadId: "x" }, "Unknown uploadId 'x'"),
  complete.refuses("uploadId", "left out", named("parts"), "uploadId must not be null"),
  complete.check(
    "uploadId",
    "parts must all be there, and large enough",
    async (api) => {
      const { uploadId, uploadUrls } = await begun(api, 3);
      const message = async () => (await completed(api, uploadId)).body["error"].message;
      expect(await message()).toBe("No part was uploaded.");
      await put(uploadUrls[0], "small");
      await put(uploadUrls[2], "last");
      expect(await message()).toBe("Part 2 was not uploaded.");
      await put(uploadUrls[1], "small");
      expect(await message()).toContain("Part 1 has 5 bytes");
    },
    400,
  ),
];

const downloads: readonly ContractCase[] = [
  download.check("items", "the link is good for 30 seconds", async (api) => {
    await put((await linkTo(api, "file"))["uploadUrl"], "content");
    const { items } = await api.ok("/files/downloadlink", item("file"));
    expect(items[0]).toMatchObject(named("file"));
    expect((await fetch(items[0].downloadUrl)).status).toBe(200);
    api.later(30_000);
    expect((await fetch(items[0].downloadUrl)).status).toBe(403);
  }),
  download.check("extendedExpiration", "the link is good for an hour", async (api) => {
    await put((await linkTo(api, "file"))["uploadUrl"], "content");
    const { items } = await api.ok("/files/downloadlink?extendedExpiration=true", item("file"));
    api.later(3_590_000);
    expect((await fetch(items[0].downloadUrl)).status).toBe(200);
    api.later(20_000);
    expect((await fetch(items[0].downloadUrl)).status).toBe(403);
  }),
  download.check(
    "extendedExpiration",
    "what is neither true nor false is refused",
    async (api) => {
      const { body } = await api.post("/files/downloadlink?extendedExpiration=1", item("file"), false);
      expect(body["error"].message).toContain("extendedExpiration must be true or false");
    },
    400,
  ),
  download.refuses("items", "unknown files", item("nobody"), "Ids not found"),
  download.refuses("items", "a file without content", item("empty"), "has no content yet"),
  download.refuses(
    "items",
    "more than 100",
    { items: Array(101).fill(named("file")) },
    "size must be between 1 and 100",
  ),
];

const names = ["file", "empty", "parts"];
const classic: readonly ContractCase[] = [
  byIds.accepts(
    "items",
    "tells of files by any of their ids",
    { items: [named("empty"), named("file")] },
    {
      items: [
        { ...named("empty"), name: "empty", mimeType: "image/png", uploaded: false },
        { ...named("file"), name: "Report", directory: "/reports", createdTime: expect.any(Number) },
      ],
    },
  ),
  byIds.refuses("items", "unknown ones", item("nobody"), "Ids not found"),
  byIds.accepts(
    "ignoreUnknownIds",
    "leaves unknown ones out",
    { items: [named("nobody"), named("file")], ignoreUnknownIds: true },
    { items: [named("file")] },
  ),
  list.check("cursor", "pages through all files", async (api) => {
    const first = await api.ok("/files/list", { limit: 2 });
    const second = await api.ok("/files/list", { limit: 2, cursor: first["nextCursor"] });
    expect([...first["items"], ...second["items"]].map((one) => one.instanceId.externalId)).toEqual(names);
    expect(second).not.toHaveProperty("nextCursor");
  }),
  list.check("filter", "null is as left out", async (api) => {
    const answer = await api.post("/files/list", { filter: { name: null }, limit: null, cursor: null }, false);
    expect(answer.body).toEqual(await api.ok("/files/list", {}));
  }),
  list.refuses("cursor", "that no list gave", { cursor: "x" }, "Invalid cursor"),
  ...(
    [
      [{ name: "Report" }, ["file"]],
      [{ mimeType: "image/png" }, ["empty"]],
      [{ directoryPrefix: "/rep" }, ["file"]],
      [{ uploaded: false }, ["empty"]],
    ] as const
  ).map(([filter, found]) =>
    list.accepts("filter", Object.keys(filter)[0] ?? "", { filter }, { items: found.map((name) => named(name)) }),
  ),
  list.refuses("filter", "anything else", { filter: { source: "x" } }, "Unexpected field - filter.source"),
  list.refuses("limit", "beyond 1,000", { limit: 1001 }, "limit must be between 1 and 1000"),
];

/** Contents of files (contract 11.2). */
export const files: ContractArea = {
  name: "files",
  world: makeDataWorld,
  cases: [...uploads, ...downloads, ...classic],
};
