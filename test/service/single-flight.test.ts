import { describe, expect, test } from "vitest";
import {
  createService,
  type JobResult,
  memoryStore,
  runJob,
  type ServedEvent,
  type ServiceStore,
  type Workers,
} from "../../src/service/index.js";
import { gate } from "../tools/gate.js";
import { plant, post, refusalOf } from "./asking.js";

const body = { model: { document: plant } };

/** A service whose work waits until it is let go. */
function waitingService() {
  const signals: AbortSignal[] = [];
  const events: ServedEvent[] = [];
  const { opened, open: letGo } = gate();
  let looked = 0;
  const store = memoryStore();
  const counting: ServiceStore = {
    ...store,
    get: (key) => {
      looked += 1;
      return store.get(key);
    },
  };
  const workers: Workers = {
    run: (job, { signal }) =>
      new Promise<JobResult>((resolve, reject) => {
        signals.push(signal);
        signal.addEventListener("abort", () => reject(signal.reason));
        opened.then(() => resolve(runJob(job)));
      }),
  };
  const service = createService({ workers, store: counting, onServed: (event) => events.push(event) });
  const ask = (signal?: AbortSignal) => service.fetch(post("/generate", body, {}, signal ? { signal } : {}));
  /** Resolves when so many requests have looked for a result that is kept, and wait for work since. */
  const arrived = async (requests: number) => {
    await expect.poll(() => looked, { interval: 5 }).toBe(requests);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { ask, signals, events, letGo, arrived };
}

describe("equal requests at a time", () => {
  test("are generated once, and each has the whole answer", async () => {
    const { ask, signals, events, letGo, arrived } = waitingService();
    const asked = Array.from({ length: 8 }, () => ask());
    await arrived(8);
    letGo();
    const answers = await Promise.all(asked);
    const bytes = await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(bytes.map((each) => Buffer.from(each).toString("hex"))).size).toBe(1);
    expect(signals.length).toBe(1);
    expect(events.map(({ cache }) => cache).sort()).toEqual(["miss", ...Array(7).fill("shared")]);
  });

  test("go on where one of them is given up, also the one that came first", async () => {
    const { ask, signals, letGo, arrived } = waitingService();
    const gone = new AbortController();
    const first = ask(gone.signal);
    const second = ask();
    await arrived(2);
    gone.abort();
    expect(await refusalOf(await first)).toEqual([408, "REQUEST.GONE"]);
    expect(signals[0]?.aborted).toBe(false);
    letGo();
    expect((await second).status).toBe(200);
    expect(signals.length).toBe(1);
  });

  test("are stopped once all of them are given up, and begin anew for the next", async () => {
    const { ask, signals, letGo, arrived } = waitingService();
    const gone = new AbortController();
    const asked = [ask(gone.signal), ask(gone.signal)];
    await arrived(2);
    gone.abort();
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([408, 408]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    letGo();
    expect((await ask()).status).toBe(200);
    expect(signals.length).toBe(2);
  });
});
