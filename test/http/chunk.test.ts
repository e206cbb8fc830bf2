import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ApiError, type BatchError, CredentialsError, NetworkError, ResponseError } from "../../src/errors/index.js";
import { type Batch, runBatch } from "../../src/http/index.js";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const batch = (more: Partial<Batch<number, number>>): Batch<number, number> => ({
  stages: [numbers(10)],
  size: 2,
  concurrency: 3,
  idOf: (item) => item,
  send: async (items) => items.map((item) => item * 10),
  ...more,
});

const caught = async (run: Promise<unknown>): Promise<BatchError> => {
  try {
    await run;
  } catch (error) {
    return error as BatchError;
  }
  throw new Error("no error");
};

describe("runBatch", () => {
  test("any sizes and delays keep the order and the concurrency", async () => {
    const small = fc.integer({ min: 1, max: 7 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(40),
        small,
        small,
        fc.infiniteStream(fc.nat(3)),
        async (count, size, concurrency, delays) => {
          let active = 0;
          const send = async (items: readonly number[]) => {
            active += 1;
            expect(active).toBeLessThanOrEqual(concurrency);
            expect(items.length).toBeLessThanOrEqual(size);
            for (let turns = delays.next().value; turns > 0; turns--) await Promise.resolve();
            active -= 1;
            return items;
          };
          expect(await runBatch(batch({ stages: [numbers(count)], size, concurrency, send }))).toEqual(numbers(count));
        },
      ),
    );
  });

  test("every item of a batch that fails is accounted for exactly once, whatever fails", async () => {
    const outcomes = fc.array(fc.constantFrom("ok", "refused", "lost"), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(outcomes, fc.integer({ min: 1, max: 4 }), async (plan, concurrency) => {
        const sent = new Map<number, string>();
        const send = async (items: readonly number[]) => {
          const what = plan[(items[0] ?? 0) / 2] ?? "ok";
          for (const item of items) sent.set(item, what);
          await Promise.resolve();
          if (what === "refused") throw new ApiError(400, "no");
          if (what === "lost") throw new NetworkError("NETWORK.FAILED", "cut");
          return items;
        };
        const items = numbers(plan.length * 2);
        const run = runBatch(batch({ stages: [items], concurrency, send }));
        if (plan.every((what) => what === "ok")) {
          expect(await run).toEqual(items);
          return;
        }
        const error = await caught(run);
        expect(error.code).toBe("BATCH.PARTIAL");
        const of = (what: string | undefined) => items.filter((item) => sent.get(item) === what);
        expect(error).toMatchObject({
          succeeded: of("ok"),
          failed: of("refused"),
          unknown: of("lost"),
          unsent: of(undefined),
        });
      }),
    );
  });

  test.each([
    [new ApiError(429, "x"), "failed"],
    [new CredentialsError("CREDENTIALS.FAILED", "x"), "failed"],
    [new ApiError(408, "x"), "unknown"],
    [new ApiError(500, "x"), "unknown"],
    [new ResponseError("RESPONSE.NOT_JSON", "x"), "unknown"],
  ] as const)("after %s the items are %s", async (failure, list) => {
    const error = await caught(runBatch(batch({ concurrency: 1, send: () => Promise.reject(failure) })));
    expect(error).toMatchObject({ [list]: [0, 1], unsent: [2, 3, 4, 5, 6, 7, 8, 9], errors: [failure] });
  });

  test("a stage begins when the one before is done, and not after a failure", async () => {
    const sent: (readonly number[])[] = [];
    const send = async (items: readonly number[]) => {
      sent.push(items);
      if (items.includes(3)) throw new ApiError(400, "no");
      return items;
    };
    expect(await runBatch(batch({ stages: [[1, 2, 4], [5]], send }))).toEqual([1, 2, 4, 5]);
    expect(sent).toEqual([[1, 2], [4], [5]]);
    expect(await caught(runBatch(batch({ stages: [[3], [5]], send })))).toMatchObject({ failed: [3], unsent: [5] });
  });

  test("one chunk, or a read, fails with its own error", async () => {
    const failure = new ApiError(400, "no");
    const send = () => Promise.reject(failure);
    await expect(runBatch(batch({ stages: [[1]], send }))).rejects.toBe(failure);
    await expect(runBatch(batch({ idOf: undefined, send }))).rejects.toBe(failure);
  });

  test("no items, no request", async () => {
    expect(await runBatch(batch({ stages: [[]], send: () => Promise.reject(new Error("sent")) }))).toEqual([]);
  });

  test("an abort ends it with its reason and sends nothing more", async () => {
    const controller = new AbortController();
    let sent = 0;
    const send = async (items: readonly number[]) => {
      sent += 1;
      controller.abort("enough");
      return items;
    };
    await expect(runBatch(batch({ concurrency: 1, signal: controller.signal, send }))).rejects.toBe("enough");
    expect(sent).toBe(1);
    const rejecting = () => Promise.reject(new NetworkError("NETWORK.FAILED", "x"));
    await expect(runBatch(batch({ signal: controller.signal, send: rejecting }))).rejects.toBe("enough");
  });

  test("an error that is none of ours comes through as it is", async () => {
    const bug = new TypeError("bug");
    await expect(runBatch(batch({ send: () => Promise.reject(bug) }))).rejects.toBe(bug);
  });

  test("a chunk is sent when those that it waits for are done, while others go on", async () => {
    const events: string[] = [];
    const send = async (items: readonly number[]) => {
      events.push(`start ${items[0]}`);
      for (let turns = items[0] === 1 ? 20 : 1; turns > 0; turns--) await Promise.resolve();
      events.push(`end ${items[0]}`);
      return items;
    };
    const waitsFor = () => [[], [], [0], []];
    const stages = [[1, 2, 3, 4]];
    expect(await runBatch(batch({ stages, size: 1, concurrency: 2, send, waitsFor }))).toEqual([1, 2, 3, 4]);
    expect(events.indexOf("end 1")).toBeLessThan(events.indexOf("start 3"));
    expect(events.indexOf("end 2")).toBeLessThan(events.indexOf("end 1"));
  });

  test("what waits for a chunk that fails is not sent", async () => {
    const send = async ([item]: readonly number[]) => {
      await Promise.resolve();
      if (item === 1) throw new ApiError(400, "no");
      return [item ?? 0];
    };
    const run = runBatch(batch({ stages: [[1, 2, 3]], size: 1, concurrency: 3, send, waitsFor: () => [[], [], [0]] }));
    expect(await caught(run)).toMatchObject({ succeeded: [2], failed: [1], unsent: [3] });
  });
});
