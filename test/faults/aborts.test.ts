import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Fault } from "../tools/fault-server.js";
import { clientOf, endless, ids, met, nodes, rejection, sharedServer } from "./setup.js";
import { clientReport } from "./watch.js";

const server = sharedServer();

/** Where a call is when its caller gives up. */
const moments: Readonly<Record<string, readonly Fault[]>> = {
  "before the headers": ["stall-headers"],
  "within the body": ["stall-body"],
  "while the body drips": ["drip"],
  "in the wait for Retry-After": ["429-retry-after"],
  "in the wait after a second failure": ["503", "503-retry-after"],
};

describe.each(Object.entries(moments))("aborted %s", (_moment, script) => {
  it.each(["read", "write"])("a %s rejects as aborted at once and is not sent again", async (kind) => {
    await server.current.configure({});
    await clientOf(server.current).instances.upsert(nodes(3));
    // Nothing of this would end within the time of a test: neither bytes one by one nor the wait.
    const drip = { pieces: 1_000_000, every: 2_000 };
    await server.current.configure({ script: [...script, ...script], retryAfter: 200, drip, keep: true });
    const report = clientReport();
    const client = clientOf(server.current, { hooks: report.hooks });
    const controller = new AbortController();
    const { signal } = controller;
    const call =
      kind === "read"
        ? client.instances.retrieve(ids(3), {}, { signal })
        : client.instances.upsert(nodes(3), {}, { signal });
    const rejected = rejection(call);
    await met(server.current, report, script);
    const reason = new Error("enough");
    controller.abort(reason);
    const error = await rejected;
    expect(error).toMatchObject({ name: "AbortError", code: "ABORT.SIGNAL", reason });
    await pause(150);
    expect((await server.current.record()).requests.map((entry) => entry.fault)).toEqual(script);
    if (!endless(script[0]!)) return;
    await expect.poll(async () => (await server.current.record()).requests[0]?.closedByClient).toBe(true);
  });
});

describe("time", () => {
  it("that runs out at the same moment as a stall is never reported as an abort", async () => {
    await server.current.configure({ script: ["stall-headers"] });
    const client = clientOf(server.current, { timeout: { attempt: 5_000, total: 60 } });
    const { signal } = new AbortController();
    const error = await rejection(client.instances.retrieve(ids(1), {}, { signal }));
    expect(error).toMatchObject({ name: "TimeoutError" });
  });

  it("of an AbortSignal.timeout of the caller's is an abort, not a timeout of ours", async () => {
    await server.current.configure({ script: ["stall-headers"] });
    const error = await rejection(
      clientOf(server.current).instances.retrieve(ids(1), {}, { signal: AbortSignal.timeout(100) }),
    );
    expect(error).toMatchObject({ name: "AbortError", code: "ABORT.SIGNAL" });
    expect((await server.current.record()).requests.length).toBeLessThanOrEqual(1);
  });
});

describe("a walk of pages", () => {
  it("aborted between two pages asks for no third one", async () => {
    await server.current.configure({});
    const client = clientOf(server.current);
    await client.instances.upsert(nodes(30));
    await server.current.configure({ keep: true });
    const controller = new AbortController();
    const seen: number[] = [];
    const walk = async () => {
      for await (const page of client.instances.iterate({ pageSize: 5 }, { signal: controller.signal }).pages()) {
        seen.push(page.items.length);
        if (seen.length === 2) controller.abort();
      }
    };
    expect(await rejection(walk())).toMatchObject({ name: "AbortError" });
    expect(seen).toEqual([5, 5]);
    // One page ahead may have been asked for.
    expect((await server.current.record()).requests.length).toBeLessThanOrEqual(3);
  });
});
