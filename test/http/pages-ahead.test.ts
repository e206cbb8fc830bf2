import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { throwIfAborted } from "../../src/http/aborted.js";
import { type PageOptions, pagesAhead } from "../../src/http/pages-ahead.js";

interface Page {
  readonly number: number;
  readonly next: string | undefined;
}

/** Long enough for its cursor to be looked for before it is read. */
const filler = "x".repeat(30_000);
const bodyOf = (cursor: string | undefined): string => JSON.stringify({ items: filler, nextCursor: cursor });

/** A service of so many pages whose answers end with the cursor that `tell` says. */
class Service {
  readonly asked: (string | undefined)[] = [];
  readonly aborted: (string | undefined)[] = [];
  underWay = 0;
  most = 0;
  readonly #pages: number;
  readonly #tell: (next: string | undefined) => string | undefined;

  constructor(pages: number, tell: (next: string | undefined) => string | undefined = (next) => next) {
    this.#pages = pages;
    this.#tell = tell;
  }

  readonly fetch = async (cursor: string | undefined, { signal, onBody }: PageOptions): Promise<Page> => {
    this.asked.push(cursor);
    signal.addEventListener("abort", () => this.aborted.push(cursor));
    this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.underWay -= 1;
    throwIfAborted(signal);
    const number = Number(cursor ?? 0);
    const next = number + 1 < this.#pages ? String(number + 1) : undefined;
    await onBody(bodyOf(this.#tell(next)));
    return { number, next };
  };
}

const next = (page: Page) => page.next;

describe("pages, one ahead", () => {
  test("whatever answers end with, all pages come once and in order", async () => {
    const guesses = fc.array(fc.option(fc.constantFrom("1", "2", "7", "")), { minLength: 7, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), guesses, async (count, wrong) => {
        const service = new Service(count, (cursor) => wrong[Number(cursor ?? 0)] ?? cursor);
        const numbers: number[] = [];
        for await (const page of pagesAhead({ fetch: service.fetch, next })) numbers.push(page.number);
        expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
      { numRuns: 40 },
    );
  });

  test("the next page is asked for before an answer is read, and the one after it only when it is asked for", async () => {
    const service = new Service(5);
    const seen: (readonly (string | undefined)[])[] = [];
    const read = async (cursor: string | undefined, options: PageOptions): Promise<Page> => {
      const page = await service.fetch(cursor, options);
      seen.push([...service.asked]);
      return page;
    };
    for await (const { number } of pagesAhead({ fetch: read, next })) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(service.asked).toHaveLength(Math.min(number + 2, 5));
    }
    expect(seen[0]).toEqual([undefined, "1"]);
    expect(service.asked).toEqual([undefined, "1", "2", "3", "4"]);
    expect(service.aborted.slice(0, -1)).toEqual([]);
  });

  test("a guess that is wrong is aborted and dropped, also when it fails", async () => {
    const service = new Service(3, (cursor) => (cursor === "1" ? "wrong" : cursor));
    const fetch = (cursor: string | undefined, options: PageOptions): Promise<Page> =>
      cursor === "wrong"
        ? service.fetch("9", options).then(() => Promise.reject(new Error("no such page")))
        : service.fetch(cursor, options);
    const numbers: number[] = [];
    for await (const { number } of pagesAhead({ fetch, next })) numbers.push(number);
    expect(numbers).toEqual([0, 1, 2]);
    expect(service.aborted[0]).toBe("9");
  });

  test("a body that comes twice, because the first was cut off, asks for one page", async () => {
    const service = new Service(2);
    const fetch = async (cursor: string | undefined, options: PageOptions): Promise<Page> => {
      if (cursor === undefined) await options.onBody(bodyOf("1"));
      return service.fetch(cursor, options);
    };
    const numbers: number[] = [];
    for await (const { number } of pagesAhead({ fetch, next })) numbers.push(number);
    expect(numbers).toEqual([0, 1]);
    expect(service.asked.sort()).toEqual(["1", undefined]);
  });

  test("short answers are read first: nothing is won by a guess", async () => {
    const asked: (string | undefined)[] = [];
    const fetch = async (cursor: string | undefined, { onBody }: PageOptions): Promise<Page> => {
      asked.push(cursor);
      await onBody('{"items":[],"nextCursor":"wrong"}');
      return { number: asked.length, next: undefined };
    };
    for await (const _ of pagesAhead({ fetch, next }));
    expect(asked).toEqual([undefined]);
  });

  test("leaving early aborts what is under way and waits until it is gone", async () => {
    const service = new Service(9);
    for await (const { number } of pagesAhead({ fetch: service.fetch, next })) if (number === 2) break;
    expect(service.asked).toEqual([undefined, "1", "2", "3"]);
    expect(service.aborted).toContain("3");
    expect(service.underWay).toBe(0);
    expect(service.most).toBeLessThanOrEqual(2);
  });

  test("the caller's signal stops the request under way with its reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const service = new Service(9);
    const walk = (async () => {
      for await (const { number } of pagesAhead({ fetch: service.fetch, next, signal: controller.signal })) {
        if (number === 1) controller.abort(reason);
      }
    })();
    await expect(walk).rejects.toMatchObject({ code: "ABORT.SIGNAL", reason });
    expect(service.underWay).toBe(0);
    const before = pagesAhead({ fetch: service.fetch, next, signal: controller.signal }).next();
    await expect(before).rejects.toMatchObject({ code: "ABORT.SIGNAL", reason });
  });

  test("E118: cursors that go round in circles are noticed", async () => {
    const fetch = async (cursor: string | undefined): Promise<Page> => ({
      number: 0,
      next: String((Number(cursor ?? 0) + 1) % 3),
    });
    const walk = (async () => {
      for await (const _ of pagesAhead({ fetch, next }));
    })();
    await expect(walk).rejects.toMatchObject({ code: "RESPONSE.PAGING" });
  });

  test("a page that fails is met when it is asked for", async () => {
    const service = new Service(3);
    const fetch = (cursor: string | undefined, options: PageOptions): Promise<Page> =>
      cursor === "1" ? Promise.reject(new Error("down")) : service.fetch(cursor, options);
    const pages = pagesAhead({ fetch, next });
    expect(await pages.next()).toMatchObject({ value: { number: 0 } });
    await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(pages.next()).rejects.toThrow("down");
    expect(await pages.next()).toEqual({ done: true, value: undefined });
  });
});
