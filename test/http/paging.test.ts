import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ApiError } from "../../src/errors/index.js";
import { collect, type PageFetch, paginate } from "../../src/http/index.js";

/** Pages over numbers from 0, as a service would give them. */
function numbers(total: number, calls: string[] = []): PageFetch<number> {
  return async (cursor, limit) => {
    calls.push(`${cursor ?? "start"}:${limit}`);
    const from = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(limit, total - from) }, (_, index) => from + index);
    const next = from + items.length;
    return next < total ? { items, nextCursor: String(next) } : { items, nextCursor: null };
  };
}

describe("paginate", () => {
  test("any total, page size, limit and start give exactly the items asked for", async () => {
    const upTo = (max: number, min = 0) => fc.integer({ min, max });
    await fc.assert(
      fc.asyncProperty(upTo(40), upTo(12, 1), upTo(50), upTo(40), async (total, pageSize, limit, start) => {
        const cursor = String(Math.min(start, total));
        const found = await collect(paginate(numbers(total), { pageSize, limit, cursor }));
        const all = Array.from({ length: total }, (_, index) => index);
        expect(found).toEqual(all.slice(Number(cursor)).slice(0, limit));
      }),
    );
  });

  test("nothing is fetched before it is asked for, then one page ahead, and none after the consumer stops", async () => {
    const calls: string[] = [];
    const paged = paginate(numbers(100, calls), { pageSize: 2 });
    expect(calls).toEqual([]);
    for await (const item of paged) if (item === 2) break;
    expect(calls).toEqual(["start:2", "2:2", "4:2"]);
  });

  test("leaving early aborts the request under way and waits until it is gone", async () => {
    const events: string[] = [];
    const paged = paginate<number>(
      (cursor, _limit, { signal }) =>
        cursor === undefined
          ? Promise.resolve({ items: [1], nextCursor: "a" })
          : (new Promise((_resolve, reject) => {
              signal.addEventListener("abort", () => {
                events.push("aborted");
                setTimeout(() => reject(signal.reason), 5);
              });
            }).finally(() => events.push("gone")) as Promise<never>),
      { pageSize: 1 },
    );
    for await (const _item of paged) break;
    expect(events).toEqual(["aborted", "gone"]);
  });

  test("a page ahead that fails is met only when it is asked for", async () => {
    const failure = new ApiError(500, "down");
    const paged = paginate<number>(
      (cursor) => (cursor === undefined ? Promise.resolve({ items: [1], nextCursor: "a" }) : Promise.reject(failure)),
      { pageSize: 1 },
    );
    const pages = paged.pages()[Symbol.asyncIterator]();
    expect(await pages.next()).toMatchObject({ value: { items: [1] } });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(pages.next()).rejects.toBe(failure);
  });

  test("contract 2.4: a page that is too much is asked for at half the size, and so are those after it", async () => {
    const calls: string[] = [];
    const all = numbers(20, calls);
    const slow: PageFetch<number> = async (cursor, limit, options) => {
      const page = await all(cursor, limit, options);
      if (limit > 5) throw new ApiError(408, "Graph query timed out");
      return page;
    };
    expect(await collect(paginate(slow, { pageSize: 16, limit: 12 }))).toHaveLength(12);
    expect(calls).toEqual(["start:12", "start:6", "start:3", "3:3", "6:3", "9:3"]);
  });

  test("a page of one that is too much ends the walk", async () => {
    let calls = 0;
    const paged = paginate<number>(
      () => {
        calls += 1;
        return Promise.reject(new ApiError(408, "Graph query timed out"));
      },
      { pageSize: 4 },
    );
    await expect(collect(paged)).rejects.toMatchObject({ code: "API.TIMEOUT" });
    expect(calls).toBe(3);
  });

  test("contract 1.6: a page that is empty but has a cursor is not the end", async () => {
    const pages = [{ items: [1], nextCursor: "a" }, { items: [], nextCursor: "b" }, { items: [2] }];
    const paged = paginate(async () => pages.shift() ?? { items: [] }, { pageSize: 10 });
    expect(await collect(paged)).toEqual([1, 2]);
  });

  test("a page's cursor resumes after it", async () => {
    const [first] = await firstPages(paginate(numbers(5), { pageSize: 2 }).pages(), 1);
    expect(first).toEqual({ items: [0, 1], nextCursor: "2" });
    expect(await collect(paginate(numbers(5), { pageSize: 2, cursor: first?.nextCursor ?? "" }))).toEqual([2, 3, 4]);
  });

  test("the last page has no cursor; a service that gives more than asked is cut", async () => {
    const paged = paginate(async () => ({ items: [1, 2, 3] }), { pageSize: 10, limit: 2 });
    expect(await firstPages(paged.pages(), 9)).toEqual([{ items: [1, 2] }]);
  });

  test.each([1, 2, 3, 7])("cursors that go round in %i steps are noticed", async (length) => {
    let calls = 0;
    const paged = paginate(async () => ({ items: [], nextCursor: `c${calls++ % length}` }), { pageSize: 1 });
    await expect(collect(paged)).rejects.toMatchObject({ code: "RESPONSE.PAGING" });
    expect(calls).toBeLessThanOrEqual(4 * length + 2);
  });

  test("a cursor that is the one it resumed from is noticed", async () => {
    const paged = paginate(async () => ({ items: [], nextCursor: "a" }), { pageSize: 1, cursor: "a" });
    await expect(collect(paged)).rejects.toMatchObject({ code: "RESPONSE.PAGING" });
  });

  test("an abort between pages ends the walk with its reason", async () => {
    const controller = new AbortController();
    const calls: string[] = [];
    const walk = async () => {
      for await (const _page of paginate(numbers(100, calls), { pageSize: 2, signal: controller.signal }).pages()) {
        controller.abort("enough");
      }
    };
    await expect(walk()).rejects.toMatchObject({ name: "AbortError", reason: "enough" });
    expect(calls).toHaveLength(2);
  });
});

async function firstPages<T>(pages: AsyncIterable<T>, count: number): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) {
    found.push(page);
    if (found.length === count) break;
  }
  return found;
}
