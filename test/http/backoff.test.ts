import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffDelay, defaultRetry, retryAfter, retrySettings } from "../../src/http/backoff.js";
import { policyOf } from "../../src/http/retry-policy.js";

describe("backoffDelay", () => {
  test("grows from attempt to attempt up to the longest wait", () => {
    const delays = [1, 2, 3, 20].map((attempt) => backoffDelay(attempt, defaultRetry, 1));
    expect(delays).toEqual([500, 1_000, 2_000, 30_000]);
  });

  test("is anything from nothing to the whole: full jitter", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = backoffDelay(attempt, defaultRetry, random);
        return delay >= 0 && delay <= defaultRetry.maxDelay;
      }),
    );
    expect(backoffDelay(3, defaultRetry, 0)).toBe(0);
  });

  test("what is left open comes from the base", () => {
    expect(retrySettings({ attempts: 2 })).toEqual({ ...defaultRetry, attempts: 2 });
    expect(retrySettings({ baseDelay: 1, maxDelay: undefined }, { attempts: 9, baseDelay: 8, maxDelay: 7 })).toEqual({
      attempts: 9,
      baseDelay: 1,
      maxDelay: 7,
    });
  });
});

describe("retryAfter", () => {
  const now = Date.parse("2030-01-01T00:00:00Z");

  test.each([
    ["3", 3_000],
    ["0", 0],
    [" 1.5 ", 1_500],
    ["Tue, 01 Jan 2030 00:00:10 GMT", 10_000],
    ["Mon, 31 Dec 2029 00:00:00 GMT", 0],
    ["", undefined],
    [null, undefined],
    ["-5", undefined],
    ["soon", undefined],
  ])("%j is %j ms", (header, milliseconds) => {
    expect(retryAfter(header, now)).toBe(milliseconds);
  });
});

describe("policyOf", () => {
  test.each([
    ["POST", "/models/instances", "write", true],
    ["POST", "/models/instances/delete", "delete", true],
    ["POST", "/models/instances/byids", "read", true],
    ["POST", "/models/instances/sync", "read", true],
    ["POST", "/models/instances/inspect", "read", true],
    ["POST", "/models/instances/search", "search", true],
    ["POST", "/models/instances/aggregate", "search", true],
    ["POST", "/models/containers/constraints/delete", "schema", true],
    ["POST", "/models/containers/indexes/delete", "schema", true],
    ["POST", "/models/containers/inspect", "schema", true],
    ["GET", "/models/statistics", "schema", true],
    ["POST", "/userapis/spaces/s/datamodels/M/versions/1/graphql", "read", false],
    ["POST", "/timeseries/data", "datapoints", true],
    ["POST", "/timeseries/data/delete", "datapoints", true],
    ["POST", "/sequences/data/list", "datapoints", true],
    ["POST", "/timeseries", "datapoints", false],
    ["POST", "/files/downloadlink", "files", true],
    ["POST", "/files/multiuploadlink", "files", true],
    ["POST", "/files", "files", false],
    ["GET", "/files/1", "files", true],
    ["POST", "/models/views", "schema", true],
    ["POST", "/models/datamodels/delete", "schema", true],
    ["POST", "/models/statistics/spaces/byids", "schema", true],
    ["GET", "/api/v1/token/inspect", "schema", true],
    ["POST", "/models/instances/later", "schema", false],
    ["PUT", "/models/views", "schema", false],
  ] as const)("%s %s goes in the lane %s, idempotent: %s", (method, path, lane, idempotent) => {
    expect(policyOf(method, path)).toMatchObject({ lane, idempotent });
  });
});
