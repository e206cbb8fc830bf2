import { describe, expect, it } from "vitest";
import {
  isInputError,
  isMultiRequestError,
  type PygenClient,
  parseJson,
  type SequenceRowsInsert,
  SequencesAPI,
} from "../../src/index.js";
import { clientOf as scriptedClient } from "../tools/with-server.js";
import { clientOf, dataPlane } from "./data-plane.js";

const curve = { externalId: "curve" };
const columns = [
  { externalId: "flow", valueType: "DOUBLE" },
  { externalId: "label", valueType: "STRING", name: "Label" },
  { externalId: "count", valueType: "LONG" },
] as const;

/** Creates sequences; the service has a call for it that this package has no method for. */
async function create(client: PygenClient, ...externalIds: readonly string[]): Promise<SequencesAPI> {
  await client.http.request({
    method: "POST",
    path: "/sequences",
    body: { items: externalIds.map((externalId) => ({ externalId, columns })) },
  });
  return new SequencesAPI(client);
}

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, place) => ({ rowNumber: from + place, values: [from + place] }));

describe("rows of sequences", () => {
  it("contract 11.3: are written and read, by external and by internal id", async () => {
    const { client } = await dataPlane();
    const sequences = await create(client, "curve");
    await sequences.insert([
      {
        ...curve,
        columns: ["flow", "label"],
        rows: [
          { rowNumber: 2, values: [1.5, "b"] },
          { rowNumber: 0, values: [null, "a"] },
        ],
      },
    ]);
    await sequences.insert([{ ...curve, columns: ["count"], rows: [{ rowNumber: 2, values: [7] }] }]);
    const all = await sequences.retrieve(curve);
    expect(all).toEqual({
      id: all.id,
      externalId: "curve",
      columns,
      rows: [
        { rowNumber: 0, values: [null, "a", null] },
        { rowNumber: 2, values: [1.5, "b", 7] },
      ],
    });
    expect(await sequences.retrieve({ id: all.id })).toEqual(all);
    const some = await sequences.retrieve(curve, { start: 1, end: 3, columns: ["label"] });
    expect(some.rows).toEqual([{ rowNumber: 2, values: ["b"] }]);
    expect(await sequences.latest(curve, { columns: ["label"] })).toMatchObject({
      rows: [{ rowNumber: 2, values: ["b"] }],
    });
    expect((await sequences.latest(curve, { before: 2 })).rows).toEqual([{ rowNumber: 0, values: [null, "a", null] }]);
    await sequences.insert([{ ...curve, columns: ["label"], rows: [{ rowNumber: 2, values: [null] }] }]);
    await sequences.delete([{ ...curve, rows: [0, 99] }]);
    expect((await sequences.retrieve(curve)).rows).toEqual([{ rowNumber: 2, values: [1.5, null, 7] }]);
    await sequences.delete([{ id: all.id, rows: [2] }]);
    expect((await sequences.latest(curve)).rows).toEqual([]);
  });

  it("keep integers beyond 2^53 where they are read exactly", async () => {
    const { client } = await dataPlane();
    const sequences = await create(client, "curve");
    const values = [2n ** 60n + 1n];
    await sequences.insert([{ ...curve, columns: ["count"], rows: [{ rowNumber: 0, values }] }]);
    const exact = await sequences.retrieve(curve, { columns: ["count"] }, { parse: parseJson });
    expect(exact.rows).toEqual([{ rowNumber: 0, values }]);
  });

  it("go in and out in any number", async () => {
    const { client } = await dataPlane({ fetch: globalThis.fetch });
    const sequences = await create(client, "curve", "other");
    await sequences.insert([
      { ...curve, columns: ["flow"], rows: rows(25_000) },
      { externalId: "other", columns: ["count"], rows: rows(3) },
    ]);
    expect((await sequences.retrieve(curve)).rows.map(({ rowNumber }) => rowNumber)).toEqual(
      Array.from({ length: 25_000 }, (_, place) => place),
    );
    expect((await sequences.retrieve(curve, { limit: 10_500 })).rows).toHaveLength(10_500);
    expect((await sequences.retrieve(curve, { limit: 7 })).rows).toHaveLength(7);
    const pages: [number, string | undefined][] = [];
    for await (const page of sequences.iterate(curve, { columns: ["flow"] }).pages()) {
      pages.push([page.items.length, page.nextCursor ?? undefined]);
    }
    expect(pages.map(([count]) => count)).toEqual([10_000, 10_000, 5_000]);
    const rest: unknown[] = [];
    const cursor = pages[1]![1]!;
    for await (const { rowNumber } of sequences.iterate(curve, { columns: ["flow"], cursor, limit: 2 }))
      rest.push(rowNumber);
    expect(rest).toEqual([20_000, 20_001]);
    await sequences.delete([{ ...curve, rows: rows(24_999).map(({ rowNumber }) => rowNumber) }]);
    expect((await sequences.retrieve(curve)).rows.map(({ rowNumber }) => rowNumber)).toEqual([24_999]);
  });

  it("are accounted for when a part of a write fails", async () => {
    const { client } = await dataPlane({ concurrency: { datapoints: 1 } });
    const sequences = await create(client, "curve");
    const given: SequenceRowsInsert[] = [
      { ...curve, columns: ["flow"], rows: rows(10_000) },
      { externalId: "nobody", columns: ["flow"], rows: rows(10_000) },
      { ...curve, columns: ["count"], rows: rows(1) },
    ];
    const error: unknown = await sequences.insert(given).catch((reason: unknown) => reason);
    if (!isMultiRequestError(error)) throw error;
    expect(error.succeeded).toEqual([curve]);
    expect(error.failed).toMatchObject([
      { id: { externalId: "nobody" }, error: { missing: [{ externalId: "nobody" }] } },
    ]);
    expect(error.remaining).toEqual(given.slice(1));
  });

  it("are refused by name where the sequence does not exist", async () => {
    const { client } = await dataPlane();
    const sequences = await create(client, "curve");
    const refused = { status: 400, missing: [{ id: 77 }] };
    await expect(sequences.retrieve({ id: 77 })).rejects.toMatchObject(refused);
    await expect(sequences.latest({ id: 77 })).rejects.toMatchObject(refused);
    await expect(sequences.delete([{ id: 77, rows: [1] }])).rejects.toMatchObject(refused);
  });

  it("are written again when the connection breaks", async () => {
    const { http, server } = await scriptedClient([{ cut: "before" }, { body: {} }]);
    await new SequencesAPI({ http }).insert([{ ...curve, columns: ["a"], rows: rows(1) }]);
    expect(server.received).toHaveLength(2);
  });

  it("are checked when they come", async () => {
    const { http } = await scriptedClient([{ body: { id: 1, columns: [], rows: [{ rowNumber: 1 }] } }]);
    await expect(new SequencesAPI({ http }).retrieve(curve)).rejects.toMatchObject({
      code: "RESPONSE.SCHEMA",
      path: "rows",
    });
  });
});

describe("wrong arguments", () => {
  const api = () => new SequencesAPI(clientOf("http://127.0.0.1:1"));
  const insert = (item: object) => () => api().insert([{ ...curve, columns: ["a"], rows: [], ...item }]);
  it.each([
    ["a node's id", () => api().retrieve({ instanceId: { space: "s", externalId: "x" } } as never), "id"],
    ["no columns", insert({ columns: [] }), "items[0].columns"],
    ["a value too few", insert({ rows: [{ rowNumber: 0, values: [] }] }), "items[0].rows[0]"],
    ["a row number that is none", insert({ rows: [{ rowNumber: -1, values: [1] }] }), "items[0].rows[0].rowNumber"],
    ["an id that is none", () => api().delete([{ id: 0.5, rows: [1] }]), "items[0].id"],
    ["no list of sequences", () => api().insert(null as never), "items"],
    ["no sequence", () => api().insert([null as never]), "items[0]"],
    ["no list of rows", insert({ rows: undefined }), "items[0].rows"],
    ["no row", insert({ rows: [null] }), "items[0].rows[0].rowNumber"],
    ["no values", insert({ rows: [{ rowNumber: 0 }] }), "items[0].rows[0]"],
    ["no list of rows to delete", () => api().delete([curve as never]), "items[0].rows"],
    ["nothing to delete from", () => api().delete([null as never]), "items[0]"],
    ["a limit that is none", () => api().retrieve(curve, { limit: -1 }), "limit"],
  ])("are found before anything is sent: %s", async (_what, call, path) => {
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ path });
    expect(isInputError(error)).toBe(true);
  });
});
