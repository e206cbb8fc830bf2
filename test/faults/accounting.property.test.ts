import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMultiRequestError, isPygenError } from "../../src/errors/index.js";
import type { FaultEntry } from "../tools/fault-server.js";
import { clientOf, nodeOf, nodes, sharedServer } from "./setup.js";
import { clientReport } from "./watch.js";

const server = sharedServer();

const rates = fc.record({
  "429": fc.double({ min: 0, max: 0.15, noNaN: true }),
  "503": fc.double({ min: 0, max: 0.15, noNaN: true }),
  "reset-before": fc.double({ min: 0, max: 0.1, noNaN: true }),
  "reset-after": fc.double({ min: 0, max: 0.1, noNaN: true }),
  truncated: fc.double({ min: 0, max: 0.1, noNaN: true }),
});

/** Which nodes are asked for, in which order; how many items pass; how much goes wrong. */
const runs = fc.record({
  seed: fc.nat(),
  numbers: fc.array(fc.nat({ max: 60 }), { maxLength: 60 }),
  itemLimit: fc.integer({ min: 1, max: 70 }),
  pageSize: fc.integer({ min: 1, max: 70 }),
  rates,
});

const idOf = (number: number) => ({ instanceType: "node" as const, space: "faults", externalId: `n${number}` });
const nameOf = (id: unknown) => (id as { externalId: string }).externalId;
const faulty = (entries: readonly FaultEntry[]) => entries.filter(({ fault }) => fault !== undefined).length;

describe("any ids, any size of requests, any pattern of faults", () => {
  it("keep order and lose nothing", async () => {
    await fc.assert(
      fc.asyncProperty(runs, async ({ seed, numbers, itemLimit, pageSize, rates }) => {
        const report = clientReport();
        await server.current.configure({ seed, rates, itemLimit });
        const client = clientOf(server.current, {
          retry: { attempts: 40, baseDelay: 1, maxDelay: 4 },
          hooks: report.hooks,
        });
        const distinct = [...new Set(numbers)];
        const names = distinct.map((number) => `n${number}`);

        const written = await client.instances.upsert(distinct.map((number) => nodeOf(number)));
        expect(written.map(nameOf)).toEqual(names);
        expect((await server.current.ids()).sort()).toEqual([...names].sort());

        // A third of the ids asked for is not there.
        const asked = [...numbers, ...numbers.map((number) => number + 1_000), ...numbers];
        const read = await client.instances.retrieve(asked.map(idOf));
        expect(read.map(nameOf)).toEqual(names);

        const seen: string[] = [];
        for await (const node of client.instances.iterate({ pageSize })) seen.push(node.externalId);
        expect(seen).toEqual(await server.current.ids());

        const deleted = await client.instances.delete(distinct.slice(1).map(idOf));
        expect(await server.current.ids()).toEqual(names.slice(0, 1));
        // What a lost answer told to be deleted, a later one cannot tell again.
        const order = deleted.map((id) => names.indexOf(nameOf(id)));
        expect(order).toEqual([...order].sort((a, b) => a - b));

        const { requests } = await server.current.record();
        expect(report.sent()).toBe(requests.length);
        expect(requests.filter(({ fault }) => fault === undefined).every((entry) => entry.applied)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it("account for every item where attempts run out", async () => {
    const all = nodes(4_500);
    await fc.assert(
      fc.asyncProperty(fc.nat(), rates, fc.integer({ min: 1, max: 3 }), async (seed, rates, attempts) => {
        await server.current.configure({ seed, rates });
        const client = clientOf(server.current, { retry: { attempts, baseDelay: 1 } });
        const outcome = await client.instances.upsert(all).then(
          (written) => ({ succeeded: written as readonly unknown[], failed: [], unknown: [], unsent: [] }),
          (error: unknown) => {
            if (!isMultiRequestError(error)) throw error;
            const idsOf = (list: readonly { readonly id: unknown }[]) => list.map(({ id }) => id);
            const { succeeded, unsent } = error;
            return { succeeded, unsent, failed: idsOf(error.failed), unknown: idsOf(error.unknown), error };
          },
        );
        const { requests } = await server.current.record();
        const stored = new Set(await server.current.ids());
        const { succeeded, failed, unknown, unsent } = outcome;
        const names = [...succeeded, ...failed, ...unknown, ...unsent].map(nameOf);
        expect(names).toHaveLength(all.length);
        expect(new Set(names).size).toBe(all.length);
        expect(succeeded.every((id) => stored.has(nameOf(id)))).toBe(true);
        expect([...failed, ...unsent].some((id) => stored.has(nameOf(id)))).toBe(false);
        // Nothing is sent again but what had failed.
        expect(faulty(requests)).toBeGreaterThanOrEqual(repeated(requests));

        if (!("error" in outcome)) return;
        await server.current.configure({ keep: true });
        await clientOf(server.current).instances.upsert(outcome.error.remaining as typeof all);
        expect((await server.current.ids()).sort()).toEqual(all.map(nameOf).sort());
      }),
      { numRuns: 8 },
    );
  });

  it("never end in anything but a result or an error of ours", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const some = 0.06;
        await server.current.configure({
          seed,
          rates: {
            "400": some,
            "500": some,
            "502": some,
            "504": some,
            corrupt: some,
            empty: some,
            "reset-within": some,
          },
        });
        const client = clientOf(server.current, { retry: { attempts: 3, baseDelay: 1 } });
        const calls = Array.from({ length: 30 }, async (_, number) => client.instances.upsert([nodeOf(number)]));
        const outcomes = await Promise.allSettled(calls);
        const stored = new Set(await server.current.ids());
        for (const [number, outcome] of outcomes.entries()) {
          if (outcome.status === "fulfilled") expect(stored.has(`n${number}`)).toBe(true);
          else expect(isPygenError(outcome.reason)).toBe(true);
        }
      }),
      { numRuns: 8 },
    );
  });
});

/** Requests that repeat one before them. */
function repeated(requests: readonly FaultEntry[]): number {
  return requests.filter(({ attempt }) => attempt > 1).length;
}
