import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  AbortError,
  ApiError,
  CredentialsError,
  type MultiRequestError,
  NetworkError,
  type PygenError,
  ResponseError,
} from "../../src/errors/index.js";
import { type Batch, runBatch } from "../../src/http/index.js";
import { PreparedBody } from "../../src/http/payload.js";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const batch = (more: Partial<Batch<number, number>>): Batch<number, number> => ({
  stages: [numbers(10)],
  size: 2,
  concurrency: 3,
  idOf: (item) => item,
  send: async (items) => items.map((item) => item * 10),
  ...more,
});

const caught = async (run: Promise<unknown>): Promise<MultiRequestError<number, number>> => {
  try {
    await run;
  } catch (error) {
    return error as MultiRequestError<number, number>;
  }
  throw new Error("no error");
};

/** The lists of an error, by id alone. */
const listsOf = ({ succeeded, failed, unknown, unsent }: MultiRequestError<number, number>) => ({
  succeeded,
  failed: failed.map(({ id }) => id),
  unknown: unknown.map(({ id }) => id),
  unsent,
});

describe("runBatch", () => {
  describe("bodies made ready ahead", () => {
    const bodyOf = () => new PreparedBody(Promise.resolve({ body: "[]", headers: {}, bytes: 2, text: "[]" }));

    test("are of four requests more than are sent at once, and each goes with its own", async () => {
      const bodies = new Map<number | undefined, PreparedBody>();
      let sent = 0;
      const send = async (items: readonly number[], body?: PreparedBody) => {
        sent += 1;
        expect(body).toBe(bodies.get(items[0]));
        await expect.poll(() => bodies.size, { interval: 1 }).toBe(Math.min(sent + 4, 10));
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(bodies.size).toBe(Math.min(sent + 4, 10));
        return items;
      };
      const prepare = ([first]: readonly number[]) => {
        const body = bodyOf();
        bodies.set(first, body);
        return body;
      };
      expect(await runBatch(batch({ stages: [numbers(20)], concurrency: 1, prepare, send }))).toEqual(numbers(20));
    });

    test("are thrown away where their request is halved, or is sent no more", async () => {
      const sent: [number, boolean][] = [];
      const send = async (items: readonly number[], body?: PreparedBody) => {
        sent.push([items.length, body !== undefined]);
        if (items.length > 1) throw new ApiError(413, "too large");
        if (sent.length === 4) throw new ApiError(400, "no");
        return items;
      };
      await caught(runBatch(batch({ concurrency: 1, prepare: bodyOf, send })));
      expect(sent).toEqual([
        [2, true],
        [1, false],
        [1, false],
        [1, false],
      ]);
    });
  });

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
        expect(error.code).toBe("MULTI_REQUEST.PARTIAL");
        const of = (what: string | undefined) => items.filter((item) => sent.get(item) === what);
        expect(listsOf(error)).toEqual({
          succeeded: of("ok"),
          failed: of("refused"),
          unknown: of("lost"),
          unsent: of(undefined),
        });
        expect(error.remaining).toEqual(items.filter((item) => sent.get(item) !== "ok"));
      }),
    );
  });

  test.each([
    [new ApiError(429, "x"), "failed"],
    [new CredentialsError("CREDENTIALS.FAILED", "x", { outcome: "unsent" }), "failed"],
    [new NetworkError("NETWORK.FAILED", "x", { outcome: "unknown" }), "unknown"],
    [new ApiError(500, "x"), "unknown"],
    [new ResponseError("RESPONSE.NOT_JSON", "x"), "unknown"],
  ] as const)("after %s the items are %s", async (failure, list) => {
    const error = await caught(runBatch(batch({ concurrency: 1, send: () => Promise.reject(failure) })));
    expect(listsOf(error)).toMatchObject({ [list]: [0, 1], unsent: [2, 3, 4, 5, 6, 7, 8, 9] });
    expect(error[list]).toEqual([0, 1].map((id) => ({ id, error: failure })));
    expect(error.errors).toEqual([failure]);
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
    const error = await caught(runBatch(batch({ stages: [[3], [5]], send })));
    expect(listsOf(error)).toMatchObject({ failed: [3], unsent: [5] });
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

  test("an abort after something was sent tells what became of everything", async () => {
    const controller = new AbortController();
    const stop = batch({
      concurrency: 1,
      signal: controller.signal,
      send: async (items) => {
        if (items.includes(2)) controller.abort("enough");
        return items;
      },
    });
    const error = await caught(runBatch(stop));
    expect(listsOf(error)).toEqual({ succeeded: [0, 1, 2, 3], failed: [], unknown: [], unsent: [4, 5, 6, 7, 8, 9] });
    expect(error.errors).toMatchObject([{ name: "AbortError", code: "ABORT.SIGNAL", reason: "enough" }]);
    expect(error.remaining).toEqual([4, 5, 6, 7, 8, 9]);
  });

  test("what was under way when it was aborted is unknown, unless it had not left yet", async () => {
    const controller = new AbortController();
    const send = async (items: readonly number[]) => {
      controller.abort();
      throw new AbortError("ABORT.SIGNAL", "x", { outcome: items.includes(0) ? "unknown" : "unsent" });
    };
    const error = await caught(runBatch(batch({ concurrency: 2, signal: controller.signal, send })));
    expect(listsOf(error)).toMatchObject({ succeeded: [], failed: [], unknown: [0, 1], unsent: numbers(10).slice(2) });
    expect(error.errors[0]).toMatchObject({ name: "AbortError" });
  });

  test("an abort before anything was sent is nothing but that", async () => {
    const signal = AbortSignal.abort("no");
    const send = () => Promise.reject(new Error("sent"));
    await expect(runBatch(batch({ signal, send }))).rejects.toMatchObject({ reason: "no", outcome: "unsent" });
    const queued = () => Promise.reject(new AbortError("ABORT.CLOSED", "x", { outcome: "unsent" }));
    await expect(runBatch(batch({ send: queued }))).rejects.toMatchObject({ code: "ABORT.CLOSED" });
    expect(await runBatch(batch({ stages: [[]], signal }))).toEqual([]);
  });

  test("an abort when all was done already changes nothing", async () => {
    const controller = new AbortController();
    const send = async (items: readonly number[]) => {
      controller.abort();
      return items;
    };
    expect(await runBatch(batch({ stages: [[1, 2]], signal: controller.signal, send }))).toEqual([1, 2]);
  });

  test("an error that is none of ours comes through as it is", async () => {
    const bug = new TypeError("bug");
    await expect(runBatch(batch({ send: () => Promise.reject(bug) }))).rejects.toBe(bug);
    let done = 0;
    const send = async (items: readonly number[]) => {
      if (items.includes(0)) throw bug;
      for (let turns = 20; turns > 0; turns--) await Promise.resolve();
      done += 1;
      return items;
    };
    await expect(runBatch(batch({ send }))).rejects.toBe(bug);
    expect(done).toBe(2);
  });

  test("a chunk is sent when those that it waits for are done, while others go on", async () => {
    const events: string[] = [];
    const send = async (items: readonly number[]) => {
      events.push(`start ${items[0]}`);
      for (let turns = items[0] === 1 ? 20 : 1; turns > 0; turns--) await Promise.resolve();
      events.push(`end ${items[0]}`);
      return items;
    };
    const waitsFor = [[[], [], [0], []]];
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
    const run = runBatch(batch({ stages: [[1, 2, 3]], size: 1, concurrency: 3, send, waitsFor: [[[], [], [0]]] }));
    expect(listsOf(await caught(run))).toEqual({ succeeded: [2], failed: [1], unknown: [], unsent: [3] });
  });

  test("contract 2.4: a chunk that is too much is halved, and those after it are not tried whole", async () => {
    const sizes: number[] = [];
    const send = async (items: readonly number[]) => {
      sizes.push(items.length);
      if (items.length > 3) throw new ApiError(408, "Graph query timed out");
      return items;
    };
    expect(await runBatch(batch({ stages: [numbers(20)], size: 10, concurrency: 1, send }))).toEqual(numbers(20));
    expect(sizes).toEqual([10, 5, 3, 2, 3, 2, 3, 2, 3, 2]);
  });

  test("what was in a request that was too much is never told as not sent", async () => {
    const controller = new AbortController();
    const send = async (items: readonly number[]) => {
      if (items.length > 2) throw new ApiError(408, "Graph query timed out");
      controller.abort();
      return items;
    };
    const error = await caught(
      runBatch(batch({ stages: [numbers(6)], size: 4, concurrency: 1, signal: controller.signal, send })),
    );
    expect(listsOf(error)).toEqual({ succeeded: [0, 1], failed: [], unknown: [2, 3], unsent: [4, 5] });
  });

  test("a chunk that is too large is halved as well; one item that is, is refused", async () => {
    const send = async (items: readonly number[]) => {
      if (items.length > 2 || items.includes(9)) throw new ApiError(413, "too large");
      return items;
    };
    expect(await runBatch(batch({ stages: [numbers(9)], size: 9, send }))).toEqual(numbers(9));
    const error = await caught(runBatch(batch({ stages: [numbers(10)], size: 5, concurrency: 1, send })));
    expect(listsOf(error)).toMatchObject({ succeeded: numbers(9), failed: [9] });
    expect(error).toMatchObject({ status: 413, remaining: [9] });
  });

  test("one item that is too much ends it with that; of one chunk that was split every item is accounted for", async () => {
    const send = async (items: readonly number[]) => {
      if (items.includes(2)) throw new ApiError(408, "Graph query timed out");
      return items;
    };
    const error = await caught(runBatch(batch({ stages: [numbers(5)], size: 5, send })));
    expect(listsOf(error)).toEqual({ succeeded: [0, 1], failed: [], unknown: [2, 3, 4], unsent: [] });
    expect(error).toMatchObject({ status: 408, remaining: [2, 3, 4] });
    await expect(runBatch(batch({ stages: [[2]], send }))).rejects.toMatchObject({ code: "API.TIMEOUT" });
  });

  test("any ids, sizes and faults: every item in one list, results in order, and what remains completes it", async () => {
    const fault = fc.constantFrom("ok", "ok", "ok", "refused", "lost", "too much", "abort");
    const ids = fc.array(fc.nat(9), { maxLength: 30 });
    const small = fc.integer({ min: 1, max: 6 });
    await fc.assert(
      fc.asyncProperty(
        ids,
        small,
        small,
        fc.array(fault, { maxLength: 12 }),
        fc.nat(),
        async (given, size, concurrency, faults, mix) => {
          // Told apart by identity, as equal ids are where a caller gives one twice.
          const items = given.map((id) => ({ id }));
          // In groups, and in another order than given.
          const odd = items.filter(({ id }) => id % 2 === mix % 2);
          const stages = [odd, items.filter((item) => !odd.includes(item))];
          const applied = new Set<object>();
          const maybe = new Set<object>();
          const attempt = async (pending: typeof stages, kept: readonly { id: number }[], plan: string[]) => {
            const controller = new AbortController();
            return runBatch<{ id: number }, { id: number }>({
              stages: pending,
              given: kept,
              size,
              concurrency,
              idOf: (item) => item,
              signal: controller.signal,
              send: async (chunk) => {
                await Promise.resolve();
                const what = plan.shift() ?? "ok";
                if (what === "refused") throw new ApiError(400, "no");
                if (what === "too much") throw new ApiError(408, "Graph query timed out");
                for (const item of chunk) (what === "ok" ? applied : maybe).add(item);
                if (what === "ok") return chunk;
                if (what === "abort") controller.abort();
                throw what === "abort"
                  ? new AbortError("ABORT.SIGNAL", "x", { outcome: "unknown" })
                  : new NetworkError("NETWORK.FAILED", "cut", { outcome: "unknown" });
              },
            });
          };
          const outcome = await attempt(stages, items, [...faults]).catch(
            (error: unknown) => error as MultiRequestError<{ id: number }, { id: number }>,
          );
          if (Array.isArray(outcome)) {
            expect(outcome).toEqual(stages.flat());
            return;
          }
          if (outcome.code !== "MULTI_REQUEST.PARTIAL") {
            expect(applied.size).toBe(0);
            return;
          }
          const { succeeded, failed, unknown, unsent, remaining } = outcome;
          const lists = [...succeeded, ...failed.map(({ id }) => id), ...unknown.map(({ id }) => id), ...unsent];
          expect(new Set(lists)).toEqual(new Set(items));
          expect(lists).toHaveLength(items.length);
          expect(new Set(succeeded)).toEqual(applied);
          expect([...failed.map(({ id }) => id), ...unsent].some((item) => maybe.has(item) || applied.has(item))).toBe(
            false,
          );
          expect(remaining).toEqual(items.filter((item) => !applied.has(item)));
          expect(failed.every(({ error }: { error: PygenError }) => error.message === "no")).toBe(true);
          expect(await attempt([remaining as { id: number }[]], remaining, [])).toEqual(remaining);
          expect(applied).toEqual(new Set(items));
        },
      ),
      { numRuns: 300 },
    );
  });
});
