import { expect } from "vitest";
import { type ContractArea, type ContractCase, casesOf } from "../case.js";

/** Calls of the service next to data modeling that the emulator says it does not serve, and what to do instead. */
const unserved: readonly (readonly [note: string, ...operations: readonly string[]])[] = [
  [
    "streams and records are not served",
    ...["", "/delete", "/s/records", "/s/records/upsert", "/s/records/delete"].map((path) => `POST /streams${path}`),
  ],
  [
    "streams and records are not served",
    ...["/s/records/filter", "/s/records/sync", "/s/records/aggregate"].map((path) => `POST /streams${path}`),
  ],
  ["streams and records are not served", "GET /streams", "GET /streams/s"],
  [
    "files and time series are made and changed as nodes",
    ...["files", "timeseries"].flatMap((kind) =>
      ["", "/update", "/delete", "/search", "/aggregate"].map((path) => `POST /${kind}${path}`),
    ),
  ],
  [
    "sequences have names and columns alone",
    ...["byids", "list", "update", "delete", "search", "aggregate"].map((path) => `POST /sequences/${path}`),
  ],
];

const refused = (operation: string, note: string): ContractCase => {
  const [method = "", path = ""] = operation.split(" ");
  return casesOf(operation, "refused", note).check(
    "call",
    "is refused, and told from paths that are mistaken",
    async (api) => {
      const answer = await api.raw(path, { method, ...(method === "POST" ? { body: "{}" } : {}) });
      const { error } = (await answer.json()) as { readonly error: { readonly message: string } };
      expect([answer.status, error.message]).toEqual([404, expect.stringContaining("does not serve")]);
    },
    404,
  );
};

export const unservedCalls: ContractArea = {
  name: "unserved",
  world: async () => undefined,
  cases: unserved.flatMap(([note, ...operations]) => operations.map((operation) => refused(operation, note))),
};
