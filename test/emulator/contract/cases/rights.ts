import { expect } from "vitest";
import { type ContractArea, casesOf } from "../case.js";

const spaces = casesOf("POST /models/spaces");
const list = casesOf("GET /models/spaces");
const instances = casesOf("POST /models/instances");
const find = casesOf("POST /models/instances/list");

/** What a caller may not do, in an emulator that takes one token, serves one project, and lets nothing be written. */
export const rights: ContractArea = {
  name: "rights",
  options: { token: "token", project: "rights", readOnly: true },
  world: async () => undefined,
  cases: [
    list.accepts("token", "the one that is accepted", "", { items: [] }),
    find.accepts("body", "calls that read are open where nothing may be written", {}, { items: [] }),
    spaces.refuses("items", "where nothing may be written", { items: [{ space: "s" }] }, "is read only", 403),
    instances.refuses("items", "where nothing may be written", { items: [] }, "is read only", 403),
    list.check(
      "token",
      "another one is 401",
      async (api) => {
        const answer = await api.raw("/models/spaces", { headers: { authorization: "Bearer other" } });
        expect([answer.status, await answer.json()]).toMatchObject([401, { error: { code: 401 } }]);
      },
      401,
    ),
    list.check(
      "path",
      "another project is 403",
      async (api) => {
        const answer = await api.raw("/../other/models/spaces", {});
        expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: 403 } }]);
      },
      403,
    ),
    list.check(
      "path",
      "a method that it does not have is 405, with those that it has",
      async (api) => {
        const answer = await api.raw("/models/spaces", { method: "DELETE" });
        expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST, GET"]);
      },
      405,
    ),
  ],
};
