import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { type Lane, Lanes } from "../../src/http/lanes.js";
import { stopClock } from "../tools/stopped-clock.js";
import { clientOf } from "../tools/with-server.js";

const pause = (milliseconds = 0) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** An attempt that ends when it is told to. */
function held(): { readonly attempt: () => Promise<void>; readonly end: () => void } {
  let end = () => {};
  const until = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { attempt: () => until, end };
}

describe("lanes", () => {
  test("contract 3.1: have the service's limits unless told otherwise", () => {
    const lanes = new Lanes({ write: 16 });
    const names: readonly Lane[] = ["schema", "read", "write", "delete", "search", "datapoints", "files"];
    expect(names.map((lane) => lanes.concurrency(lane))).toEqual([2, 8, 16, 2, 2, 5, 4]);
  });

  test("any attempts, delays, repeats and aborts: never more than the limit, each run once or aborted, in order", async () => {
    const call = fc.record({ turns: fc.nat(5), urgent: fc.boolean(), abort: fc.option(fc.nat(8)) });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), async (calls, limit) => {
        const lanes = new Lanes({ read: limit });
        const order: number[] = [];
        let active = 0;
        let peak = 0;
        const outcomes = await Promise.allSettled(
          calls.map(async ({ turns, urgent, abort }, number) => {
            const controller = new AbortController();
            const run = lanes.run("read", { signal: controller.signal, urgent }, async () => {
              order.push(number);
              active += 1;
              peak = Math.max(peak, active);
              for (let left = turns; left > 0; left--) await Promise.resolve();
              active -= 1;
              return number;
            });
            if (abort !== null) {
              run.catch(() => {});
              for (let left = abort; left > 0; left--) await Promise.resolve();
              controller.abort("enough");
            }
            return run;
          }),
        );
        expect(peak).toBeLessThanOrEqual(limit);
        expect(new Set(order).size).toBe(order.length);
        for (const [number, outcome] of outcomes.entries()) {
          const ran = outcome.status === "fulfilled";
          expect(order.includes(number)).toBe(ran);
          if (!ran) expect(outcome.reason).toBe("enough");
        }
        // All asked at once, so after the first ones repeats go first, each group in its order.
        const queued = order.slice(limit).filter((number) => calls[number]?.abort === null);
        const rank = (number: number) => (calls[number]?.urgent ? number : number + calls.length);
        expect(queued).toEqual([...queued].sort((a, b) => rank(a) - rank(b)));
      }),
    );
  });

  test("who is aborted while waiting leaves at once and never runs; others go on", async () => {
    const lanes = new Lanes({ write: 1 });
    const first = held();
    const running = lanes.run("write", {}, first.attempt);
    const controller = new AbortController();
    let ran = false;
    const waiting = Array.from({ length: 1_000 }, () =>
      lanes.run("write", { signal: controller.signal }, async () => {
        ran = true;
      }),
    );
    const last = lanes.run("write", {}, async () => "last");
    controller.abort("enough");
    for (const gone of waiting) await expect(gone).rejects.toBe("enough");
    await expect(lanes.run("write", { signal: controller.signal }, async () => {})).rejects.toBe("enough");
    first.end();
    await running;
    expect(await last).toBe("last");
    expect(ran).toBe(false);
  });

  test("an attempt may wait for one of another lane, whose places are all taken by attempts that wait for a third", async () => {
    const lanes = new Lanes({ write: 1, read: 1, schema: 1 });
    const nested = () =>
      lanes.run("write", {}, () => lanes.run("read", {}, () => lanes.run("schema", {}, async () => "done")));
    expect(await Promise.all(Array.from({ length: 20 }, nested))).toEqual(Array(20).fill("done"));
  });

  test("an attempt that fails gives its place back", async () => {
    const lanes = new Lanes({ write: 1 });
    await expect(lanes.run("write", {}, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await lanes.run("write", {}, async () => "next")).toBe("next");
  });

  test("100,000 waiting calls take their turn in little time", async () => {
    const lanes = new Lanes({ write: 4 });
    let ran = 0;
    const calls = Array.from({ length: 100_000 }, () => lanes.run("write", {}, async () => (ran += 1)));
    expect((await Promise.all(calls)).at(-1)).toBe(100_000);
  });

  test("after a 429 no more run than were admitted, until more succeed", async () => {
    const lanes = new Lanes({ write: 6 });
    let active = 0;
    const seen: number[] = [];
    const attempts = Array.from({ length: 6 }, held);
    const running = attempts.map(({ attempt }) => lanes.run("write", {}, attempt));
    await pause();
    const throttled: boolean[] = [];
    const queued = Array.from({ length: 40 }, () =>
      lanes.run("write", {}, async () => {
        active += 1;
        seen.push(active);
        await pause();
        lanes.succeeded("write");
        active -= 1;
      }),
    );
    for (const { end } of attempts.slice(2)) {
      throttled.push(lanes.throttled("write"));
      end();
      await pause();
    }
    for (const { end } of attempts) end();
    await Promise.all([...running, ...queued]);
    expect(throttled).toEqual([true, true, true, true]);
    expect(Math.max(...seen.slice(0, 16))).toBe(2);
    expect(Math.max(...seen)).toBeGreaterThan(2);
    expect(lanes.concurrency("write")).toBe(6);
  });

  test("the only attempt of a lane is held back by nobody", async () => {
    const lanes = new Lanes();
    expect(await lanes.run("write", {}, async () => lanes.throttled("write"))).toBe(false);
  });

  test("the rate holds over all lanes, and who is aborted while waiting for it never runs", async () => {
    stopClock();
    const lanes = new Lanes({}, { perSecond: 100 });
    const controller = new AbortController();
    const started = performance.now();
    const run = (lane: Lane) => lanes.run(lane, {}, async () => performance.now() - started);
    const first = run("read");
    const gone = lanes.run("write", { signal: controller.signal }, () => Promise.reject(new Error("ran")));
    controller.abort("enough");
    await expect(gone).rejects.toBe("enough");
    const later = [run("read"), run("write"), run("schema")];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all([first, ...later])).toEqual([0, 10, 20, 30]);
  });
});

describe("a server that works on some requests at once and answers 429 to more", () => {
  test.each([2, 4, 8])(
    "admits %d at once, 100 ms each: a lane of 16 sends at most 120 for 100, and no more than 16 at once",
    async (admits) => {
      let working = 0;
      const { http, server } = await clientOf(
        async () => {
          if (working >= admits) return { status: 429, body: { error: { code: 429, message: "too many" } } };
          working += 1;
          await pause(100);
          working -= 1;
          return { body: { items: [] } };
        },
        { concurrency: { write: 16 }, retry: {} },
      );
      const call = () => http.request({ method: "POST", path: "/models/instances", body: { items: [] } });
      const answers = await Promise.all(Array.from({ length: 100 }, call));
      expect(answers).toHaveLength(100);
      expect(server.received.length).toBeLessThanOrEqual(120);
      expect(server.peak()).toBeLessThanOrEqual(16);
    },
  );
});
