import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractArea, type ContractCase, casesOf } from "../case.js";
import { edge, makeSchema, node, nodes } from "./instances-world.js";

const write = casesOf("POST /models/instances");
const drop = casesOf("POST /models/instances/delete");
const list = casesOf("POST /models/instances/list");

const refused = (words: string) => ({
  status: 400,
  body: { error: { code: 400, message: expect.stringContaining(words) } },
});

/** A call whose body does not end before it is told to. */
async function held(api: Api, path: string, body: Json, during: () => Promise<void>): Promise<Response> {
  let end: () => void = () => undefined;
  const sent = new ReadableStream<Uint8Array>({
    start(controller) {
      const bytes = new TextEncoder().encode(JSON.stringify(body));
      controller.enqueue(bytes.subarray(0, 1));
      end = () => {
        controller.enqueue(bytes.subarray(1));
        controller.close();
      };
    },
  });
  const init = { method: "POST", body: sent, duplex: "half" };
  const call = api.raw(path, init);
  try {
    await during();
  } finally {
    end();
  }
  return call;
}

/** While as many calls run as may, another one is refused with 429; after them it is taken. */
function concurrency(maker: ReturnType<typeof casesOf>, path: string, most: number, body: Json): ContractCase {
  return maker.check(
    "calls",
    `more than ${most} at a time are refused`,
    async (api) => {
      const nested = async (left: number): Promise<void> => {
        if (left === 0) {
          await expect.poll(async () => (await api.post(path, body)).status).toBe(429);
          const { body: answer } = await api.post(path, body);
          expect(answer["error"].message).toContain(`at most ${most} calls of ${path}`);
          return;
        }
        const call = await held(api, path, body, () => nested(left - 1));
        expect(call.status).toBe(200);
      };
      await nested(most);
      expect((await api.post(path, body)).status).toBe(200);
    },
    429,
  );
}

/** What a project may hold and run, in an emulator with small limits. */
export const limits: ContractArea = {
  name: "limits",
  options: {
    concurrencyLimits: true,
    limits: { instances: 6, softDeletedInstances: 3, concurrentReads: 2, concurrentWrites: 1, concurrentDeletes: 1 },
  },
  world: async (api) => {
    await makeSchema(api);
    await api.ok("/models/instances", { items: [node("a"), node("b"), edge("ab", "a", "b")] });
  },
  cases: [
    write.check(
      "items",
      "more than a project may hold are refused, and nothing is written",
      async (api) => {
        const items = ["x1", "x2", "x3", "x4"].map((name) => node(name));
        expect(await api.post("/models/instances", { items })).toMatchObject(refused("at most 6 are allowed"));
        expect((await api.ok("/models/instances/list", {}))["items"]).toHaveLength(2);
      },
      400,
    ),
    write.check("delete", "makes room for what is written, cascaded edges too", async (api) => {
      await api.ok("/models/instances", { items: ["c", "d", "e"].map((name) => node(name)) });
      const items = ["x1", "x2"].map((name) => node(name));
      await api.ok("/models/instances", { items, delete: nodes("a") });
      await api.ok("/models/instances", { items: [node("a")], delete: nodes("x1") });
    }),
    drop.check(
      "items",
      "more deleted instances than a project may hold are refused until the older ones are gone",
      async (api) => {
        // An edge and a node are among the deleted; the other node of before has come back.
        const path = "/models/instances/delete";
        const tooMany = refused("4 deleted instances: at most 3 are allowed");
        expect(await api.post(path, { items: nodes("b", "c") })).toMatchObject(tooMany);
        expect(await api.post("/models/instances", { items: [], delete: nodes("b", "c") })).toMatchObject(tooMany);
        await api.ok(path, { items: nodes("b") });
        api.later(4 * 24 * 3_600_000);
        await api.ok(path, { items: nodes("c", "d", "e") });
      },
      400,
    ),
    concurrency(list, "/models/instances/list", 2, {}),
    concurrency(write, "/models/instances", 1, { items: [] }),
    concurrency(drop, "/models/instances/delete", 1, { items: nodes("nobody") }),
  ],
};
