import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractArea, casesOf } from "../case.js";
import { edge, makeSchema, node, nodes } from "./instances-world.js";

const statistics = casesOf("GET /models/statistics");
const ofSpaces = casesOf("GET /models/statistics/spaces");
const byIds = casesOf("POST /models/statistics/spaces/byids");
const list = casesOf("POST /models/instances/list");
const token = casesOf("GET /token/inspect");
const spaces = casesOf("POST /models/spaces");

const gzip = async (text: string): Promise<ArrayBuffer> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
const headers = { authorization: "Bearer token", "content-type": "application/json" };
const errorOf = async (response: Response): Promise<Json> => ((await response.json()) as Json)["error"];
const sent = (api: Api, body: BodyInit, more: Record<string, string> = {}) =>
  api.raw("/models/instances/list", { method: "POST", body, headers: { ...headers, ...more } });

export const project: ContractArea = {
  name: "project",
  world: async (api) => {
    await makeSchema(api);
    await api.ok("/models/instances", { items: [node("a"), node("b"), node("gone"), edge("ab", "a", "b")] });
    await api.ok("/models/instances/delete", { items: nodes("gone") });
  },
  cases: [
    statistics.check("answer", "counts what is not the system's, with the limits", async (api) => {
      expect((await api.get("/models/statistics")).body).toMatchObject({
        spaces: { limit: 100 },
        containers: { count: 3, limit: 1000 },
        views: { count: 6, limit: 2000 },
        dataModels: { count: 0, limit: 500 },
        containerProperties: { count: 23, limit: 25_000 },
        instances: {
          nodes: 2,
          edges: 1,
          instances: 3,
          softDeletedNodes: 1,
          softDeletedEdges: 0,
          softDeletedInstances: 1,
          instancesLimit: 5_000_000,
        },
        concurrentReadLimit: 8,
        concurrentWriteLimit: 4,
        concurrentDeleteLimit: 2,
      });
    }),
    ofSpaces.accepts("answer", "tells of every space", "", {
      items: expect.arrayContaining([
        {
          space: "m",
          containers: 3,
          views: 6,
          dataModels: 0,
          nodes: 0,
          edges: 0,
          softDeletedNodes: 0,
          softDeletedEdges: 0,
        },
      ]),
    }),
    byIds.accepts(
      "items",
      "leaves out unknown spaces",
      { items: [{ space: "d" }, { space: "none" }] },
      { items: [{ space: "d", nodes: 2, edges: 1, softDeletedNodes: 1 }] },
    ),
    byIds.refuses("items", "none", { items: [] }, "size must be between 1 and 100"),

    token.check("answer", "tells the subject, the projects and the capabilities of a token", async (api) => {
      expect((await api.get("/../../token/inspect")).body).toMatchObject({
        subject: "emulator",
        projects: expect.arrayContaining([{ projectUrlName: "project", groups: [1] }]),
        capabilities: expect.arrayContaining([
          { dataModelsAcl: { actions: ["READ", "WRITE"], scope: { all: {} } }, projectScope: { allProjects: {} } },
        ]),
      });
    }),
    token.check(
      "token",
      "a missing one is 401",
      async (api) => {
        expect((await api.raw("/../../token/inspect", { headers: {} })).status).toBe(401);
      },
      401,
    ),
    list.check("body", "packed with gzip", async (api) => {
      expect((await sent(api, await gzip("{}"), { "content-encoding": "gzip" })).status).toBe(200);
    }),
    list.check(
      "body",
      "that is no JSON is refused",
      async (api) => {
        const answer = await sent(api, "{");
        expect([answer.status, (await errorOf(answer))["message"]]).toEqual([
          400,
          expect.stringContaining("not valid JSON"),
        ]);
      },
      400,
    ),
    list.check(
      "body",
      "that is empty is refused",
      async (api) => {
        expect((await sent(api, "")).status).toBe(400);
      },
      400,
    ),
    list.check(
      "body",
      "unknown fields are refused, with their path",
      async (api) => {
        const answer = await api.post(
          "/models/instances/query",
          { with: { n: { nodes: { limit: 1 } } }, select: { n: {} } },
          false,
        );
        expect(answer.body["error"].message).toBe("Unexpected field - with.n.nodes.limit");
      },
      400,
    ),
    list.check(
      "token",
      "a missing one is 401",
      async (api) => {
        const answer = await api.raw("/models/instances/list", { method: "POST", body: "{}", headers: {} });
        expect([answer.status, (await errorOf(answer))["code"]]).toEqual([401, 401]);
      },
      401,
    ),
    list.check(
      "headers",
      "every answer has an x-request-id, and errors say whether to try again",
      async (api) => {
        const answer = await sent(api, "{");
        expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
        expect(answer.headers.get("cdf-is-auto-retryable")).toBe("false");
      },
      400,
    ),
    spaces.check(
      "path",
      "an unknown one is 404",
      async (api) => {
        expect((await api.raw("/models/spacez", { method: "POST", body: "{}" })).status).toBe(404);
      },
      404,
    ),
    spaces.check(
      "items",
      "more than a project may hold are refused",
      async (api) => {
        const names = Array.from({ length: 98 }, (_, index) => ({ space: `s${index}` }));
        const answer = await api.post("/models/spaces", { items: names });
        expect(answer).toMatchObject({
          status: 400,
          body: { error: { message: expect.stringContaining("at most 100 are allowed") } },
        });
      },
      400,
    ),
  ],
};
