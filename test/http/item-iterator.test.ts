import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ItemIterator } from "../../src/http/item-iterator.js";

interface Log {
  closed: number;
}

async function* pagesOf(lists: readonly (readonly number[])[], log: Log = { closed: 0 }) {
  try {
    for (const items of lists) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      yield { items };
    }
  } finally {
    log.closed += 1;
  }
}

describe("items of pages", () => {
  test("come in order, over empty pages too", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer(), { maxLength: 4 }), { maxLength: 5 }), async (lists) => {
        const found: number[] = [];
        for await (const item of new ItemIterator(pagesOf(lists))) found.push(item);
        expect(found).toEqual(lists.flat());
      }),
      { numRuns: 30 },
    );
  });

  test("calls that do not wait for each other are served in their order", async () => {
    const iterator = new ItemIterator(pagesOf([[1, 2], [], [3]]));
    const calls = Array.from({ length: 5 }, () => iterator.next());
    const results = await Promise.all(calls);
    expect(results).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: false, value: 3 },
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
  });

  test("a call made by the first to be served comes after those that wait", async () => {
    const iterator = new ItemIterator(pagesOf([[1, 2, 3]]));
    const order: unknown[] = [];
    const first = iterator.next().then(async ({ value }) => {
      order.push(value);
      order.push((await iterator.next()).value);
    });
    const second = iterator.next().then(({ value }) => order.push(value));
    await Promise.all([first, second]);
    expect(order).toEqual([1, 2, 3]);
  });

  test("leaving the loop closes the pages, and nothing comes after it", async () => {
    const log = { closed: 0 };
    const iterator = new ItemIterator(pagesOf([[1, 2], [3]], log));
    for await (const item of iterator) if (item === 1) break;
    expect(log.closed).toBe(1);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(await iterator.return()).toEqual({ done: true, value: undefined });
  });

  test("throw() closes the pages and rejects with what is thrown", async () => {
    const log = { closed: 0 };
    const iterator = new ItemIterator(pagesOf([[1, 2]], log));
    await iterator.next();
    await expect(iterator.throw(new Error("why"))).rejects.toThrow("why");
    expect(log.closed).toBe(1);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test("a page that fails ends it", async () => {
    async function* failing() {
      yield { items: [1] };
      throw new Error("down");
    }
    const iterator = new ItemIterator(failing());
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await expect(iterator.next()).rejects.toThrow("down");
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test("a signal stops between two items of a page, and closes the pages", async () => {
    const log = { closed: 0 };
    const controller = new AbortController();
    const iterator = new ItemIterator(pagesOf([[1, 2, 3]], log), controller.signal);
    await iterator.next();
    controller.abort(new Error("enough"));
    await expect(iterator.next()).rejects.toMatchObject({ code: "ABORT.SIGNAL", reason: new Error("enough") });
    expect(log.closed).toBe(1);
  });
});
