import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { isMultiRequestError, isTimeoutError } from "../../src/errors/index.js";
import type { Fault } from "../tools/fault-server.js";
import { clientOf, endless, ids, nodes, rejection, sharedServer } from "./setup.js";

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
    // A slow moment of the machine leaves some attempts answered, or even received, too late.
    const calls = new Set<string>();
    let unanswered = 0;
    const client = clientOf(server.current, {
      // An answer that comes after the client gave up tells it nothing, so the server could not say who is early.
      timeout: { attempt: endless(fault) ? 300 : Number.POSITIVE_INFINITY, total },
      retry: { attempts: 1_000, baseDelay: 50 },
      hooks: {
        onRequest: ({ call }) => {
          calls.add(call.id);
          unanswered += 1;
        },
        onResponse: () => {
          unanswered -= 1;
        },
      },
    });
    const error = await rejection(client.instances.upsert(items));
    // Lanes of four: each of the first requests has its total time, and no further ones are begun.
    expect(calls.size).toBeLessThanOrEqual(4);
    expectSmall(error);
    if (!isMultiRequestError(error)) throw error;
    const others = error.errors.filter((one) => !one.code.includes(code));
    expect(others.every(isTimeoutError)).toBe(true);
    expect(others.length).toBeLessThanOrEqual(unanswered);
    const { succeeded, failed, unknown, unsent } = error;
    expect(succeeded).toHaveLength(0);
    expect(failed.length + unknown.length + unsent.length).toBe(count);
    const { requests } = await server.current.record();
    const received = new Set(requests.map(({ hash }) => hash)).size;
    expect(received).toBeLessThanOrEqual(calls.size);
    expect(received).toBeGreaterThanOrEqual(calls.size - unanswered);
    expect(failed.length + unknown.length).toBe(calls.size * 1_000);
    expect(error.remaining).toHaveLength(count);
    expect(requests.every(({ early }) => early === 0)).toBe(true);
    // A refusal is known to have applied nothing; what got no answer, or one of a gateway, may have been.
    if (fault.startsWith("429")) expect(unknown.length).toBeLessThanOrEqual(unanswered * 1_000);
    else expect(unknown).toHaveLength(calls.size * 1_000);
  });
});

describe("a server that never recovers", () => {
  it("ends a walk, a read by id and a delete within the total time with the error of the last attempt", async () => {
    await server.current.configure({ rates: { "503": 1 } });
    // Long enough for some answers on a busy machine too; all attempts would take hours.
    const client = clientOf(server.current, { timeout: { total: 4_000 }, retry: { attempts: 1_000, baseDelay: 50 } });
    const walk = async () => {
      for await (const _ of client.instances.iterate()) throw new Error("an item came");
    };
    const errors = await Promise.all([
      rejection(walk()),
      rejection(client.instances.retrieve(ids(5_000))),
      rejection(client.instances.delete(ids(5_000))),
    ]);
    for (const error of errors) expectSmall(error);
    const [walked, read, deleted] = errors;
    if (!isMultiRequestError(deleted)) throw deleted;
    for (const error of [walked, read, ...deleted.errors].map(beforeItsTimeEnded)) {
      expect(error).toMatchObject({ name: "ServerError", status: 503 });
    }
    expect(walked).toMatchObject({ hint: expect.stringMatching(/Sent \d+ times/) });
  });
});

/** The total time may end while an attempt is on its way: the answer before is then the cause. */
function beforeItsTimeEnded(error: unknown): unknown {
  return isTimeoutError(error) && error.code === "TIMEOUT.TOTAL" ? error.cause : error;
}
