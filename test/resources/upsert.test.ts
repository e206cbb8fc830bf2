import { describe, expect, test } from "vitest";
import type { HTTPClientOptions } from "../../src/http/index.js";
import type { Instance, InstanceWrite, JsonValue, UpsertOptions } from "../../src/models/index.js";
import { InstancesAPI } from "../../src/resources/index.js";
import type { Received, Reply } from "../tools/scripted-server.js";
import { clientOf } from "../tools/with-server.js";

const view = { type: "view", space: "m", externalId: "V", version: "v1" } as const;
const container = { type: "container", space: "m", externalId: "C" } as const;
const id = (externalId: string) => ({ instanceType: "node" as const, space: "d", externalId });
const write = (externalId: string, existingVersion: number, properties: Record<string, JsonValue>): InstanceWrite => ({
  ...id(externalId),
  existingVersion,
  sources: [{ source: view, properties }],
});
const stored = (externalId: string, version: number, properties: Record<string, JsonValue>): Instance => ({
  ...id(externalId),
  version,
  createdTime: 1,
  lastUpdatedTime: version,
  properties: { m: { "V/v1": properties } },
});
const result = (externalId: string, version: number, wasModified = true) => ({
  ...id(externalId),
  version,
  wasModified,
  createdTime: 1,
  lastUpdatedTime: version,
});
const conflict = {
  status: 409,
  body: { error: { code: 409, message: "A version conflict caused the ingest to fail." } },
};
const tooMuch = { status: 408, body: { error: { code: 408, message: "Graph query timed out" } } };
const answer = (...items: unknown[]): Reply => ({ body: { items } });
const isRead = ({ url }: Received) => url.endsWith("/byids");

/** Writes against a server that answers writes and reads by lists of their own, in order; the last one for the rest. */
async function run(
  items: readonly InstanceWrite[],
  { writes, reads }: { readonly writes: readonly Reply[]; readonly reads: readonly Reply[] },
  args: UpsertOptions = {},
  options: Partial<HTTPClientOptions> = {},
) {
  const next = { writes: 0, reads: 0 };
  const { http, server } = await clientOf((request) => {
    const kind = isRead(request) ? "reads" : "writes";
    const list = kind === "reads" ? reads : writes;
    next[kind] += 1;
    return (
      list[Math.min(next[kind], list.length) - 1] ?? {
        status: 400,
        body: { error: { code: 400, message: "unexpected" } },
      }
    );
  }, options);
  const outcome = await new InstancesAPI(http).upsert(items, args).catch((error: unknown) => error);
  const calls = server.received.map((request) => (isRead(request) ? "read" : "write"));
  return { outcome, calls, received: server.received };
}

const lost: Reply = { cut: "before" };

describe("contract 7.2.8: an upsert with existingVersion whose answer was lost", () => {
  const one = [write("a", 3, { name: "A" })];

  test("that was applied is told as written, and not sent again", async () => {
    const { outcome, calls, received } = await run(one, {
      writes: [lost],
      reads: [answer(stored("a", 4, { name: "A", more: 1 }))],
    });
    expect(outcome).toEqual([result("a", 4)]);
    expect(calls).toEqual(["write", "read"]);
    expect(received[1]?.body).toEqual({ items: [id("a")], sources: [{ source: view }] });
  });

  test.each([
    ["older", [stored("a", 3, { name: "before" })]],
    ["not there", []],
  ])("that was not applied, what is stored being %s, is sent again", async (_name, found) => {
    const { outcome, calls } = await run(one, { writes: [lost, answer(result("a", 4))], reads: [answer(...found)] });
    expect(outcome).toEqual([result("a", 4)]);
    expect(calls).toEqual(["write", "read", "write"]);
  });

  test("that arrived late, after it was looked for, is no conflict with itself", async () => {
    const reads = [answer(stored("a", 3, { name: "before" })), answer(stored("a", 4, { name: "A" }))];
    const { outcome, calls } = await run(one, { writes: [lost, conflict], reads });
    expect(outcome).toEqual([result("a", 4)]);
    expect(calls).toEqual(["write", "read", "write", "read"]);
  });

  test("and that others changed meanwhile is a conflict with an unknown outcome", async () => {
    const { outcome } = await run(one, {
      writes: [lost, conflict],
      reads: [answer(stored("a", 5, { name: "theirs" }))],
    });
    expect(outcome).toMatchObject({
      name: "ConflictError",
      outcome: "unknown",
      hint: expect.stringContaining("may have been applied"),
    });
  });

  test("and whose values go through a container, which cannot be read, neither", async () => {
    const items = [{ ...id("a"), existingVersion: 3, sources: [{ source: container, properties: { name: "A" } }] }];
    const { outcome, calls } = await run(items, { writes: [lost, conflict], reads: [] });
    expect(outcome).toMatchObject({ name: "ConflictError", outcome: "unknown" });
    expect(calls).toEqual(["write", "write"]);
  });

  test("and cannot be read either is sent again, which its version makes harmless", async () => {
    const refused = { status: 400, body: { error: { code: 400, message: "no" } } };
    const { outcome, calls } = await run(one, { writes: [lost, answer(result("a", 4))], reads: [refused] });
    expect(outcome).toEqual([result("a", 4)]);
    expect(calls).toEqual(["write", "read", "write"]);
  });

  test("is looked for once more when attempts run out", async () => {
    const reads = [answer(stored("a", 4, { name: "A" }))];
    const once = { retry: { attempts: 1 } };
    expect(await run(one, { writes: [lost], reads }, {}, once)).toMatchObject({
      outcome: [result("a", 4)],
      calls: ["write", "read"],
    });
    const { outcome } = await run(one, { writes: [lost], reads: [answer()] }, {}, once);
    expect(outcome).toMatchObject({ code: "NETWORK.FAILED", outcome: "unknown" });
  });

  test("a conflict at the first attempt is one, and nothing is read", async () => {
    const { outcome, calls } = await run(one, { writes: [conflict], reads: [] });
    expect(outcome).toMatchObject({ name: "ConflictError", outcome: "refused" });
    expect(calls).toEqual(["write"]);
  });

  test("without versions it is just sent again", async () => {
    const { calls } = await run([id("a")], { writes: [lost, answer(result("a", 1))], reads: [] });
    expect(calls).toEqual(["write", "write"]);
  });

  test("of several sources each instance is read with its own", async () => {
    const other = { ...view, externalId: "W" };
    const items: InstanceWrite[] = [
      write("a", 1, { name: "A" }),
      { ...id("b"), existingVersion: 1, sources: [{ source: other, properties: { n: 1 } }] },
      { ...id("c"), type: { space: "d", externalId: "T" } },
    ];
    const b = { ...stored("b", 2, {}), properties: { m: { "W/v1": { n: 1 } } } };
    const c = { ...stored("c", 7, {}), type: { space: "d", externalId: "T" } };
    const { outcome, received } = await run(items, {
      writes: [lost],
      reads: [answer(stored("a", 2, { name: "A" })), answer(b), answer(c)],
    });
    expect(outcome).toEqual([result("a", 2), result("b", 2), result("c", 7)]);
    expect(received.filter(isRead).map(({ body }) => body)).toEqual([
      { items: [id("a")], sources: [{ source: view }] },
      { items: [id("b")], sources: [{ source: other }] },
      { items: [id("c")] },
    ]);
  });
});

describe("contract 2.4: halves of a write that was too much", () => {
  const items = [write("a", 1, { n: 1 }), write("b", 1, { n: 2 })];

  test("of which one was applied after all are no conflict with it", async () => {
    const { outcome, calls } = await run(items, {
      writes: [tooMuch, conflict, answer(result("b", 2))],
      reads: [answer(stored("a", 1, { n: 0 }), stored("b", 1, { n: 0 })), answer(stored("a", 2, { n: 1 }))],
    });
    expect(outcome).toEqual([result("a", 2), result("b", 2)]);
    expect(calls).toEqual(["write", "read", "write", "read", "write"]);
  });

  test("that others changed are unknown", async () => {
    const { outcome } = await run(items, { writes: [tooMuch, conflict], reads: [answer(stored("a", 5, { n: 9 }))] });
    expect(outcome).toMatchObject({ code: "MULTI_REQUEST.PARTIAL", counts: { unknown: 2, unsent: 0, failed: 0 } });
  });
});

describe("an upsert that skips conflicts", () => {
  const items = [write("a", 1, { n: 1 }), write("b", 1, { n: 2 })];
  const skip = { skipOnVersionConflict: true };

  test("tells what a lost attempt had written as written, and what was skipped as skipped", async () => {
    const reads = [answer(stored("a", 2, { n: 1 }), stored("b", 5, { n: 9 }))];
    const writes = [lost, answer(result("a", 2, false), result("b", 5, false))];
    const { outcome, calls } = await run(items, { writes, reads }, skip);
    expect(outcome).toEqual([result("a", 2), result("b", 5, false)]);
    expect(calls).toEqual(["write", "read", "write", "read"]);
  });

  test("also where the answer leaves out what was skipped", async () => {
    const reads = [answer(stored("a", 2, { n: 1 }))];
    const { outcome } = await run(items, { writes: [lost, answer()], reads }, skip);
    expect(outcome).toEqual([result("a", 2)]);
  });

  test("asks nothing more when no answer was lost", async () => {
    const { calls } = await run(items, { writes: [answer(result("a", 2), result("b", 5, false))], reads: [] }, skip);
    expect(calls).toEqual(["write"]);
  });
});

describe("a value is taken for the one written", () => {
  const outcomeOf = async (written: JsonValue, found: Record<string, JsonValue>, args: UpsertOptions = {}) => {
    const writes = [lost, conflict];
    const { calls } = await run(
      [write("a", 1, { p: written })],
      { writes, reads: [answer(stored("a", 2, found))] },
      args,
    );
    return calls.length === 2 ? "applied" : "not";
  };

  test.each([
    ["a text", "x", "x"],
    ["an instant in another form", "2026-01-02T03:04:05Z", "2026-01-02T04:04:05.000+01:00"],
    ["a number that 32 bits round", 0.123456789, 0.12345679],
    ["a reference with its keys in another order", { space: "d", externalId: "x" }, { externalId: "x", space: "d" }],
    ["a list", [1, 2.5, { a: [null] }], [1, 2.5, { a: [null] }]],
    ["false", false, false],
  ])("%s", async (_name, written, found) => {
    expect(await outcomeOf(written, { p: found })).toBe("applied");
  });

  test.each([
    ["another text", "x", "y"],
    ["another instant", "2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z"],
    ["texts that look like years", "2026", "2026-01-01"],
    ["another whole number", 100_000_001, 100_000_000],
    ["a shorter list", [1, 2], [1]],
    ["an object with more in it", { a: 1 }, { a: 1, b: 2 }],
    ["an object with another key", { a: 1 }, { b: 1 }],
    ["a list for an object", { 0: 1 }, [1]],
    ["nothing", 1, null],
  ])("but not %s", async (_name, written, found) => {
    expect(await outcomeOf(written, { p: found })).toBe("not");
  });

  test("what was cleared is absent or null; what is on every object is not a value", async () => {
    expect(await outcomeOf(null, {})).toBe("applied");
    expect(await outcomeOf(null, { p: null })).toBe("applied");
    expect(await outcomeOf(null, { p: 0 })).toBe("not");
    const items = [write("a", 1, { constructor: null })];
    expect((await run(items, { writes: [lost], reads: [answer(stored("a", 2, {}))] })).calls).toHaveLength(2);
  });

  test("contract 7.2.5: with replace nothing else may be left", async () => {
    expect(await outcomeOf(1, { p: 1, q: 2 })).toBe("applied");
    expect(await outcomeOf(1, { p: 1, q: 2 }, { replace: true })).toBe("not");
    expect(await outcomeOf(1, { p: 1, q: null }, { replace: true })).toBe("applied");
  });

  test("type and ends count too", async () => {
    const ref = (externalId: string) => ({ space: "d", externalId });
    const edge = {
      instanceType: "edge",
      ...ref("e"),
      existingVersion: 1,
      type: ref("t"),
      startNode: ref("a"),
      endNode: ref("b"),
    } as const;
    const { existingVersion: _version, ...found } = { ...edge, version: 2, createdTime: 1, lastUpdatedTime: 2 };
    const callsOf = async (more: object) =>
      (await run([edge], { writes: [lost, conflict], reads: [answer({ ...found, ...more })] })).calls.length;
    expect(await callsOf({})).toBe(2);
    expect(await callsOf({ endNode: ref("c") })).toBe(4);
    expect(await callsOf({ type: ref("c") })).toBe(4);
  });

  test("E104: integers beyond 2^53 are compared exactly", async () => {
    const exact = (text: string) => JSON.parse(text, (_key, value) => (value === 7 ? 9007199254740993n : value));
    const { http, server } = await clientOf((request) => (isRead(request) ? answer(stored("a", 2, { p: 7 })) : lost));
    const items = [write("a", 1, { p: 9007199254740993n })];
    expect(await new InstancesAPI(http).upsert(items, {}, { parse: exact })).toMatchObject([{ version: 2 }]);
    expect(server.received).toHaveLength(2);
  });
});

test("an abort ends it as such, without a look at what is stored", async () => {
  const controller = new AbortController();
  const { http, server } = await clientOf(() => {
    controller.abort("enough");
    return { stall: true };
  });
  const run = new InstancesAPI(http).upsert([write("a", 1, { n: 1 })], {}, { signal: controller.signal });
  await expect(run).rejects.toMatchObject({ name: "AbortError", reason: "enough", outcome: "unknown" });
  expect(server.received).toHaveLength(1);
});

describe("what each request wrote", () => {
  async function told(writes: readonly Reply[], size = 1) {
    const { http } = await clientOf((_request, index) => writes[Math.min(index, writes.length - 1)] as Reply);
    const seen: [string[], boolean][] = [];
    const items = Array.from({ length: size }, (_, n): InstanceWrite => id(`n${n}`));
    const onWritten = (written: readonly { externalId: string }[], { lost }: { lost: boolean }) =>
      seen.push([written.map(({ externalId }) => externalId), lost]);
    await new InstancesAPI(http).upsert(items, {}, { onWritten });
    return seen;
  }

  test("is told once it is known, and whether an earlier answer to it was lost", async () => {
    expect(await told([answer(result("n0", 1))])).toEqual([[["n0"], false]]);
    expect(await told([lost, answer(result("n0", 1, false))])).toEqual([[["n0"], true]]);
    const busy = { status: 429, body: { error: { code: 429, message: "Too many requests" } } };
    expect(await told([busy, answer(result("n0", 1))])).toEqual([[["n0"], false]]);
  });

  test("of halves of a request that was too much, of which nobody knows whether it was applied", async () => {
    expect(await told([tooMuch, answer(result("n0", 1)), answer(result("n1", 1))], 2)).toEqual([
      [["n0"], true],
      [["n1"], true],
    ]);
  });
});
