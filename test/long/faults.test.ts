import { describe, expect, it } from "vitest";
import { isMultiRequestError } from "../../src/errors/index.js";
import type { InstanceId, InstanceWrite } from "../../src/models/index.js";
import { clientOf, ids, nodes } from "../faults/setup.js";
import { type ClientReport, clientReport, codesOf } from "../faults/watch.js";
import { type FaultEntry, type FaultPlan, type FaultServer, faultServer } from "../tools/fault-server.js";

const count = 100_000;
const requestsNeeded = count / 1_000;
const names = ids(count).map(({ externalId }) => externalId);

/** So many of a hundred requests, and the same again four times as often. */
const storms: Readonly<Record<string, Pick<FaultPlan, "rates" | "retryAfter">>> = {
  "5 % 429, 5 % 503, 1 % resets": {
    rates: { "429-retry-after": 0.05, "503": 0.05, "reset-before": 0.005, "reset-after": 0.005 },
  },
  "20 % 429, 20 % 503, 4 % resets": {
    rates: { "429-retry-after": 0.2, "503": 0.2, "reset-before": 0.02, "reset-after": 0.02 },
  },
};

interface Step {
  readonly report: ClientReport;
  readonly requests: readonly FaultEntry[];
}

/** Does one thing in a storm, and holds what the client told of it against what the server saw. */
async function step<T>(
  server: FaultServer,
  plan: FaultPlan,
  work: (client: ReturnType<typeof clientOf>) => Promise<T>,
): Promise<Step & { readonly value: T }> {
  const report = clientReport();
  await server.configure({ ...plan, keep: true });
  const client = clientOf(server, { retry: { attempts: 25, baseDelay: 100, maxDelay: 2_000 }, hooks: report.hooks });
  const value = await work(client);
  const { requests } = await server.record();
  const faults = requests.filter(({ fault }) => fault !== undefined);
  expect(requests).toHaveLength(requestsNeeded + faults.length);
  expect(requests.filter(({ early }) => early > 0)).toEqual([]);
  expect(report.sent()).toBe(requests.length);
  expect(report.repeated()).toEqual(codesOf(requests));
  expect(report.ended()).toEqual({ calls: requestsNeeded, attempts: requests.length, errors: 0 });
  return { value, report, requests };
}

describe.each(Object.entries(storms))("100,000 items at %s", (name, storm) => {
  it("are written, walked, read and deleted: none lost, none twice, not one request too many", async () => {
    const server = await faultServer();
    const told: string[] = [];
    const tell = (what: string, { requests }: Step) =>
      told.push(`${what}: ${requests.length} requests, ${JSON.stringify(codesOf(requests))}`);

    const upsert = await step(server, { ...storm, seed: 11 }, (client) => client.instances.upsert(nodes(count)));
    expect(upsert.value.map(({ externalId }) => externalId)).toEqual(names);
    expect((await server.ids()).length).toBe(count);
    expect(new Set(await server.ids()).size).toBe(count);
    tell("upsert", upsert);

    const walk = await step(server, { ...storm, seed: 12 }, async (client) => {
      const seen: string[] = [];
      for await (const page of client.instances.iterate().pages())
        seen.push(...page.items.map(({ externalId }) => externalId));
      return seen;
    });
    expect(walk.value).toEqual(await server.ids());
    tell("walk", walk);

    const read = await step(server, { ...storm, seed: 13 }, (client) => client.instances.retrieve(ids(count)));
    expect(read.value.map(({ externalId }) => externalId)).toEqual(names);
    tell("byids", read);

    const deleted = await step(server, { ...storm, seed: 14 }, (client) => client.instances.delete(ids(count)));
    expect(await server.ids()).toEqual([]);
    // An answer that was lost cannot be had again: what it deleted is gone, and a second delete names nothing.
    const lost = deleted.requests.filter(({ applied, fault }) => applied && fault !== undefined);
    expect(deleted.value.length).toBe(count - lost.reduce((sum, { items }) => sum + items, 0));
    tell("delete", deleted);
    console.log(`${name}\n  ${told.join("\n  ")}`);
  });
});

describe("100,000 upserts with too few attempts", () => {
  it("end in an error that accounts for every item as the server's record does, and can be resumed to the end", async () => {
    const server = await faultServer();
    const rates = { "503": 0.2, "reset-before": 0.1, "reset-after": 0.1, "429": 0.1 };
    let remaining: readonly InstanceWrite[] = nodes(count);
    let rounds = 0;
    while (remaining.length > 0 && rounds < 200) {
      rounds += 1;
      await server.configure({ rates, seed: rounds, keep: true });
      const before = new Set(await server.ids());
      const client = clientOf(server, { retry: { attempts: 3, baseDelay: 5 } });
      const outcome = await client.instances.upsert(remaining).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (outcome === undefined) break;
      remaining = check(outcome, remaining, before, new Set(await server.ids()));
    }
    expect(await server.ids()).toHaveLength(count);
    expect(new Set(await server.ids())).toEqual(new Set(names));
    console.log(`100,000 upserts with 3 attempts: complete after ${rounds} rounds`);
  });
});

/** Holds an error's lists against what the server stored in that round; gives what is left to do. */
function check(
  error: unknown,
  given: readonly InstanceWrite[],
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly InstanceWrite[] {
  if (!isMultiRequestError(error)) throw error;
  const nameOf = (id: unknown) => (id as InstanceId).externalId;
  const failed = error.failed.map(({ id }) => nameOf(id));
  const unknown = error.unknown.map(({ id }) => nameOf(id));
  const unsent = error.unsent.map(nameOf);
  const succeeded = error.succeeded.map(nameOf);
  const all = [...succeeded, ...failed, ...unknown, ...unsent];
  expect(all).toHaveLength(given.length);
  expect(new Set(all)).toEqual(new Set(given.map(({ externalId }) => externalId)));
  expect(succeeded.filter((name) => !after.has(name))).toEqual([]);
  expect([...failed, ...unsent].filter((name) => after.has(name) && !before.has(name))).toEqual([]);
  expect(error.message.length).toBeLessThan(1_000);
  const left = new Set([...failed, ...unknown, ...unsent]);
  expect(error.remaining).toEqual(given.filter(({ externalId }) => left.has(externalId)));
  return error.remaining as readonly InstanceWrite[];
}
