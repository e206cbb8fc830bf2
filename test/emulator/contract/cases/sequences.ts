import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractArea, type ContractCase, casesOf } from "../case.js";
import { makeDataWorld } from "./data-world.js";

const create = casesOf("POST /sequences").as("differs", "names and columns alone");
const insert = casesOf("POST /sequences/data");
const list = casesOf("POST /sequences/data/list");
const latest = casesOf("POST /sequences/data/latest");
const drop = casesOf("POST /sequences/data/delete");

const columns = [
  { externalId: "a", valueType: "DOUBLE" },
  { externalId: "b", valueType: "STRING" },
  { externalId: "c", valueType: "LONG" },
];
const LIST = "/sequences/data/list";
const externalId = "depths";
const row = (rowNumber: number, ...values: readonly unknown[]) => ({ rowNumber, values });
const writing = (names: readonly string[], ...rows: readonly Json[]) => ({
  items: [{ externalId: "writes", columns: names, rows }],
});
const numbers = (answer: Json) => answer["rows"].map((one: Json) => one["rowNumber"]);
const wide = (count: number, width: number) => ({
  externalId: "writes",
  columns: Array.from({ length: width }, (_, place) => `c${place}`),
  rows: Array.from({ length: count }, (_, rowNumber) => ({ rowNumber, values: Array(width).fill(1) })),
});

const creates: readonly ContractCase[] = [
  create.accepts(
    "items",
    "of names and columns; these hold numbers unless they say",
    { items: [{ externalId: "s", name: "S", columns: [{ externalId: "a" }] }] },
    {
      items: [
        { id: expect.any(Number), externalId: "s", name: "S", columns: [{ externalId: "a", valueType: "DOUBLE" }] },
      ],
    },
    201,
  ),
  create.check(
    "items",
    "that exist are refused with duplicated",
    async (api) => {
      const items = ["new", externalId].map((name) => ({ externalId: name, columns }));
      expect(await api.post("/sequences", { items })).toMatchObject({
        status: 409,
        body: { error: { duplicated: [{ externalId }] } },
      });
    },
    409,
  ),
  create.refuses(
    "items",
    "a column twice",
    { items: [{ externalId: "t", columns: [{ externalId: "a" }, { externalId: "a" }] }] },
    "column twice",
  ),
];

const inserts: readonly ContractCase[] = [
  insert.check("items", "only the columns named are written, and null clears", async (api) => {
    await api.ok("/sequences/data", writing(["a", "b"], row(1, 1, "x")));
    await api.ok("/sequences/data", writing(["c", "b"], row(1, 5, null)));
    expect(await api.ok(LIST, { externalId: "writes" })).toMatchObject({ rows: [row(1, 1, null, 5)] });
  }),
  insert
    .as("differs", "what a property names comes into being on first write")
    .accepts(
      "items",
      "of a sequence that a property names",
      { items: [{ externalId: "table", columns: ["depth"], rows: [row(0, 1.5)] }] },
      {},
    ),
  insert.refuses(
    "items",
    "of a sequence that no property names",
    { items: [{ ...wide(1, 1), externalId: "nobody" }] },
    "Ids not found",
  ),
  insert.refuses(
    "items",
    "by instanceId: no sequence is a node",
    { items: [{ instanceId: { space: "data", externalId: "x" }, columns: ["a"], rows: [] }] },
    "Unexpected field - items[0].instanceId",
  ),
  ...(
    [
      [["a", "d"], [1, 1], "Unknown columns: 'd'"],
      [["a", "b"], [1], "Row 0 has 1 values for 2 columns"],
      [["a"], ["x"], "Expected a DOUBLE for column 'a' in row 0"],
      [["b"], [1], "Expected a STRING for column 'b' in row 0"],
      [["c"], [1.5], "Expected a LONG for column 'c' in row 0"],
      [["b"], ["x".repeat(257)], "size must be between 0 and 256"],
    ] as const
  ).map(([named, values, words]) =>
    insert.refuses("rows", words.replace(/: .*/, ""), writing(named, row(0, ...values)), words),
  ),
  insert.refuses("rows", "more than 10,000 together", { items: [wide(6000, 1), wide(6000, 1)] }, "at most 10000 rows"),
  insert.refuses("rows", "more than 100,000 values together", { items: [wide(5001, 20)] }, "at most 100000 values"),
  insert.refuses("columns", "more than 200", { items: [wide(1, 201)] }, "size must be between 1 and 200"),
];

const reads: readonly ContractCase[] = [
  list.accepts(
    "externalId",
    "gives columns and rows in order",
    { externalId },
    {
      externalId,
      columns,
      rows: [row(0, 0.5, "r0", 0), row(1, 1.5, "r1", 1), row(2, 2.5, "r2", 2)],
    },
  ),
  list.check("externalId", "null is as left out", async (api) => {
    const nulls = { id: null, start: null, end: null, limit: null, cursor: null, columns: null };
    const answer = await api.post(LIST, { externalId, ...nulls }, false);
    expect(answer.body).toEqual(await api.ok(LIST, { externalId }));
  }),
  list.check("id", "names the same sequence", async (api) => {
    const { id } = await api.ok(LIST, { externalId });
    expect(await api.ok(LIST, { id })).toMatchObject({ externalId });
  }),
  list.refuses("externalId", "that is unknown", { externalId: "nobody" }, "Ids not found"),
  list.refuses("id", "that is unknown", { id: 999 }, "Ids not found"),
  list.accepts("start", "is included", { externalId, start: 1 }, { rows: [{ rowNumber: 1 }, { rowNumber: 2 }] }),
  list.accepts("end", "is not included", { externalId, end: 1 }, { rows: [{ rowNumber: 0 }] }),
  list.accepts(
    "columns",
    "in the order asked for",
    { externalId, columns: ["c", "a"], end: 1 },
    {
      columns: [{ externalId: "c" }, { externalId: "a" }],
      rows: [row(0, 0, 0.5)],
    },
  ),
  list.refuses("columns", "that are unknown", { externalId, columns: ["x"] }, "Unknown columns: 'x'"),
  list.refuses(
    "columns",
    "more than 400",
    { externalId, columns: Array(401).fill("a") },
    "size must be between 1 and 400",
  ),
  list.check("limit", "is 100 when left out", async (api) => {
    await api.ok("/sequences/data", {
      items: [{ externalId: "many", columns: ["a"], rows: Array.from({ length: 101 }, (_, at) => row(at, at)) }],
    });
    expect((await api.ok(LIST, { externalId: "many" }))["rows"]).toHaveLength(100);
  }),
  list.refuses("limit", "beyond 10,000", { externalId, limit: 10_001 }, "limit must be between 1 and 10000"),
  list.check("cursor", "leads on", async (api) => {
    const first = await api.ok(LIST, { externalId, limit: 2 });
    const second = await api.ok(LIST, { externalId, limit: 2, cursor: first["nextCursor"] });
    expect([numbers(first), numbers(second), "nextCursor" in second]).toEqual([[0, 1], [2], false]);
  }),
  list.refuses("cursor", "that no read gave", { externalId, cursor: "x" }, "Invalid cursor"),
  latest.accepts("externalId", "gives the last row", { externalId }, { rows: [{ rowNumber: 2 }] }),
  latest.refuses("externalId", "that is unknown", { externalId: "nobody" }, "Ids not found"),
  latest.check("id", "names the same sequence", async (api) => {
    const { id } = await api.ok(LIST, { externalId });
    expect(await api.ok("/sequences/data/latest", { id })).toMatchObject({ externalId });
  }),
  latest.accepts("before", "is not included", { externalId, before: 2 }, { rows: [{ rowNumber: 1 }] }),
  latest.refuses("before", "0", { externalId, before: 0 }, "before must be between"),
  latest.accepts("columns", "in the order asked for", { externalId, columns: ["b"] }, { rows: [row(2, "r2")] }),
];

const deletes: readonly ContractCase[] = [
  drop.check("items", "the rows named, and none that are not there", async (api: Api) => {
    const rows = [1, 2, 3].map((at) => row(at, at));
    await api.ok("/sequences/data", { items: [{ externalId: "gone", columns: ["a"], rows }] });
    await api.ok("/sequences/data/delete", { items: [{ externalId: "gone", rows: [2, 9] }] });
    expect(numbers(await api.ok(LIST, { externalId: "gone" }))).toEqual([1, 3]);
  }),
  drop.refuses("items", "unknown sequences", { items: [{ externalId: "nobody", rows: [1] }] }, "Ids not found"),
  drop.refuses("items", "rows below 0", { items: [{ externalId, rows: [-1] }] }, "items[0].rows[0] must be between"),
  drop.refuses(
    "items",
    "more than 10,000 rows together",
    { items: Array(2).fill({ externalId, rows: Array.from({ length: 6000 }, (_, at) => at) }) },
    "at most 10000 rows",
  ),
];

/** Rows of sequences (contract 11.3). */
export const sequences: ContractArea = {
  name: "sequences",
  world: async (api) => {
    await makeDataWorld(api);
    const names = [externalId, "writes", "many", "gone"];
    const made = await api.post("/sequences", { items: names.map((name) => ({ externalId: name, columns })) });
    expect(made.status).toBe(201);
    const rows = [0, 1, 2].map((at) => row(at, at + 0.5, `r${at}`, at));
    await api.ok("/sequences/data", { items: [{ externalId, columns: ["a", "b", "c"], rows }] });
  },
  cases: [...creates, ...inserts, ...reads, ...deletes],
};
