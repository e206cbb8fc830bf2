import { describe, expect, it } from "vitest";
import { ApiError } from "../../../src/errors/index.js";
import type { Instance, InstancesQueryResponse } from "../../../src/models/index.js";
import { PageSize } from "../../../src/runtime/execute/page-size.js";
import type { ReadCalls } from "../../../src/runtime/execute/read-calls.js";
import type { UntypedListArgs } from "../../../src/runtime/types/untyped.js";
import { listTurbines } from "../farm.js";

const outOfTime = new ApiError(408, "Graph query timed out. Reduce load or contention, or optimise your query.");

const instance = (index: number): Instance => ({
  instanceType: "node",
  space: "data",
  externalId: `T${index}`,
  version: 1,
  createdTime: 0,
  lastUpdatedTime: 0,
});

interface Asked {
  readonly from: number;
  readonly limit: number;
}

/** A service with so many nodes, that gives up on pages of more rows than it can do at that place. */
function slowService(total: number, mostAt: (from: number) => number) {
  const asked: Asked[] = [];
  const page = (cursor: string | null | undefined, limit: number) => {
    const from = Number(cursor ?? 0);
    asked.push({ from, limit });
    if (limit > mostAt(from)) throw outOfTime;
    const rows = Array.from({ length: Math.min(limit, total - from) }, (_, index) => instance(from + index));
    const next = from + rows.length;
    return { rows, next: next < total ? String(next) : undefined };
  };
  const list: ReadCalls["list"] = async ({ cursor, limit = 1_000 } = {}) => {
    const { rows, next } = page(cursor, limit);
    return { items: rows, ...(next === undefined ? {} : { nextCursor: next }) };
  };
  const query: ReadCalls["query"] = async (request): Promise<InstancesQueryResponse> => {
    const { rows, next } = page(request.cursors?.["root"], request.with["root"]?.limit ?? 0);
    return { items: { root: rows, "1_blades": [] }, nextCursor: next === undefined ? {} : { root: next } };
  };
  const retrieve = async (): Promise<never> => {
    throw new Error("not expected");
  };
  return { asked, calls: { list, query, retrieve } };
}

const listOn = (calls: ReadCalls, args: UntypedListArgs = {}) => listTurbines(calls, args, { rootPage: 16 });

const idsOf = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row["externalId"]);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => `T${index}`);

describe("E112, contract 2.4: a service that runs out of time", () => {
  it("is asked for half as many rows from the same place on, and goes on with them", async () => {
    const { asked, calls } = slowService(40, (from) => (from < 16 ? 16 : 5));
    expect(idsOf(await listOn(calls))).toEqual(upTo(40));
    expect(asked.slice(0, 5)).toEqual([
      { from: 0, limit: 16 },
      { from: 16, limit: 16 },
      { from: 16, limit: 8 },
      { from: 16, limit: 4 },
      { from: 20, limit: 4 },
    ]);
    expect(asked.slice(4).every(({ limit }) => limit === 4)).toBe(true);
  });

  it("gives what it gave in time, whatever the query and the limit", async () => {
    for (const args of [{ select: { name: true } }, { select: { blades: true } }, { limit: 23 }]) {
      const { calls } = slowService(50, (from) => 1 + (from % 7));
      const rows = await listOn(calls, args);
      expect(idsOf(rows)).toEqual(upTo("limit" in args ? 23 : 50));
    }
  });

  it("is asked for more again after pages that came in time, up to what was planned", async () => {
    const { asked, calls } = slowService(2_000, (from) => (from === 0 ? 4 : 16));
    expect(await listOn(calls)).toHaveLength(2_000);
    const limits = asked.map(({ limit }) => limit);
    expect(limits.slice(0, 3)).toEqual([16, 8, 4]);
    expect(Math.max(...limits.slice(3))).toBe(16);
    expect([...limits.slice(3)].sort((a, b) => a - b)).toEqual(limits.slice(3));
  });

  it("ends the list with its error where not even one row comes in time", async () => {
    const { asked, calls } = slowService(9, () => 0);
    await expect(listOn(calls)).rejects.toMatchObject({ code: "API.TIMEOUT", status: 408 });
    expect(asked.map(({ limit }) => limit)).toEqual([16, 8, 4, 2, 1]);
  });

  it("other errors end the list at once", async () => {
    const { asked, calls } = slowService(9, () => 16);
    const list: ReadCalls["list"] = async (request) => {
      await calls.list(request);
      throw new ApiError(400, "no");
    };
    await expect(listOn({ ...calls, list })).rejects.toMatchObject({ status: 400 });
    expect(asked).toHaveLength(1);
  });
});

describe("the size of pages", () => {
  it("waits longer with each time that the service ran out of time", () => {
    const size = new PageSize(100);
    const growth = (): number => {
      const before = size.rows;
      let pages = 0;
      while (size.rows === before) {
        size.succeeded();
        pages += 1;
      }
      return pages;
    };
    expect(size.halve(100)).toBe(true);
    const first = growth();
    expect(size.rows).toBe(100);
    expect(size.halve(100)).toBe(true);
    expect(growth()).toBe(2 * first);
  });

  it("counts a page that was asked for before the size fell as it was asked for", () => {
    const size = new PageSize(100);
    size.halve(100);
    size.halve(100);
    expect(size.rows).toBe(50);
    size.halve(50);
    expect(size.rows).toBe(25);
    expect(size.halve(1)).toBe(false);
    expect(size.rows).toBe(25);
  });
});
