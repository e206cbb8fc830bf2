import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { ApiError, apiError, MultiRequestError } from "../../src/errors/index.js";

const first = apiError(503, "down", { requestId: "r1" });
const outcome = {
  succeeded: [1, 2],
  failed: [{ id: 3, error: apiError(400, "bad") }],
  unknown: [{ id: 4, error: first }],
  unsent: [5],
  errors: [first],
  remaining: ["c", "d", "e"],
};

describe("an error of several requests", () => {
  test("has its lists, says how long they are, and shares the facts of the first error", () => {
    const error = new MultiRequestError(outcome);
    expect(error).toMatchObject({ ...outcome, cause: first, status: 503, requestId: "r1" });
    expect(error.counts).toEqual({ succeeded: 2, failed: 1, unknown: 1, unsent: 1 });
    expect(error.message).toBe("A part failed: 2 succeeded, 1 failed, 1 unknown, 1 unsent. First error: down");
    expect(error.toJSON()).toMatchObject({
      code: "MULTI_REQUEST.PARTIAL",
      status: 503,
      counts: { succeeded: 2, failed: 1, unknown: 1, unsent: 1 },
      cause: { name: "ServerError", code: "API.SERVER", message: "down" },
    });
  });

  test("stays small with 100,000 items and an error that names a thousand of them", () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => ({
      instanceType: "node",
      space: "s",
      externalId: `n${index}`,
    }));
    const cause = apiError(400, "x".repeat(100_000), { missing: ids.slice(0, 1_000) });
    const failures = ids.map((id) => ({ id, error: cause }));
    const error = new MultiRequestError({
      succeeded: ids,
      failed: failures,
      unknown: failures,
      unsent: ids,
      errors: Array.from({ length: 100 }, () => cause),
      remaining: ids,
    });
    expect(error.message.length).toBeLessThan(2_000);
    expect(JSON.stringify(error).length).toBeLessThan(4_000);
    expect(inspect(error).length).toBeLessThan(10_000);
    expect(Object.keys(error)).not.toContain("succeeded");
    expect(error.remaining).toHaveLength(100_000);
  });

  test("without a first error it still says what became of the items", () => {
    const error = new MultiRequestError({ ...outcome, errors: [] });
    expect(error.message).toBe("A part failed: 2 succeeded, 1 failed, 1 unknown, 1 unsent");
    expect(error.toJSON()).not.toHaveProperty("cause");
    expect(first).toBeInstanceOf(ApiError);
  });
});
