import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { isMultiRequestError } from "../../src/errors/index.js";
import type { Fault } from "../tools/fault-server.js";
import { clientOf, ids, nodes, rejection, sharedServer } from "./setup.js";

const server = sharedServer();
const total = 1_000;
const count = 100_000;
const items = nodes(count);

/** Nothing of an error may grow with the number of items. */
function expectSmall(error: unknown): void {
  expect(error).toBeInstanceOf(Error);
  const { message, stack = "" } = error as Error;
  expect(message.length).toBeLessThan(1_000);
  expect(stack.length).toBeLessThan(10_000);
  expect(String(error).length).toBeLessThan(1_000);
  expect(inspect(error).length).toBeLessThan(20_000);
  expect(JSON.stringify(error).length).toBeLessThan(10_000);
}

const faults: readonly (readonly [Fault, number, string])[] = [
  ["503", 1, "API.SERVER"],
  ["429", 1, "API.RATE_LIMITED"],
  ["429-retry-after", 3_600, "API.RATE_LIMITED"],
  ["503-retry-after", 0.2, "API.SERVER"],
  ["reset-before", 1, "NETWORK.FAILED"],
  ["stall-headers", 1, "TIMEOUT."],
  ["stall-body", 1, "TIMEOUT."],
];

describe.each(faults)("a server that only ever answers %s (%d s)", (fault, retryAfter, code) => {
  it("ends a write of 100,000 items within its total time, with an error that is small and accounts for all", async () => {
    await server.current.configure({ rates: { [fault]: 1 }, retryAfter });
    const client = clientOf(server.current, {
      timeout: { attempt: 300, total },
      retry: { attempts: 1_000, baseDelay: 50 },
    });
    const started = performance.now();
    const error = await rejection(client.instances.upsert(items));
    // Lanes of four: each of the first requests has its total time, and no further ones are begun.
    expect(performance.now() - started).toBeLessThan(total * 2 + 2_000);
    expectSmall(error);
    if (!isMultiRequestError(error)) throw error;
    expect(error.errors[0]?.code).toContain(code);
    const { succeeded, failed, unknown, unsent } = error;
    expect(succeeded).toHaveLength(0);
    expect(failed.length + unknown.length + unsent.length).toBe(count);
    const { requests } = await server.current.record();
    const sent = new Set(requests.map(({ hash }) => hash)).size;
    expect(failed.length + unknown.length).toBe(sent * 1_000);
    expect(error.remaining).toHaveLength(count);
    expect(requests.every(({ early }) => early === 0)).toBe(true);
    // A refusal is known to have applied nothing; what got no answer, or one of a gateway, may have been.
    expect(error[fault.startsWith("429") ? "failed" : "unknown"]).toHaveLength(sent * 1_000);
  });
});

describe("a server that never recovers", () => {
  it("ends a walk, a read by id and a delete within the total time with the error of the last attempt", async () => {
    await server.current.configure({ rates: { "503": 1 } });
    const client = clientOf(server.current, { timeout: { total }, retry: { attempts: 1_000, baseDelay: 50 } });
    const started = performance.now();
    const walk = async () => {
      for await (const _ of client.instances.iterate()) throw new Error("an item came");
    };
    const errors = await Promise.all([
      rejection(walk()),
      rejection(client.instances.retrieve(ids(5_000))),
      rejection(client.instances.delete(ids(5_000))),
    ]);
    expect(performance.now() - started).toBeLessThan(total * 2 + 2_000);
    for (const error of errors) expectSmall(error);
    expect(errors[0]).toMatchObject({
      name: "ServerError",
      status: 503,
      hint: expect.stringMatching(/Sent \d+ times/),
    });
    expect(errors[1]).toMatchObject({ name: "ServerError", status: 503 });
    expect(errors[2]).toMatchObject({ name: "MultiRequestError", status: 503 });
  });
});
