import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cursorAtEnd, turn } from "../../src/http/early-cursor.js";

const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ externalId: `node ${index}`, nextCursor: "no" }));

describe("the cursor at the end of an answer", () => {
  test("is what reading the answer gives, whatever characters it has", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 0, max: 40 }), (cursor, count) => {
        expect(cursorAtEnd(JSON.stringify({ items: items(count), nextCursor: cursor }))).toBe(cursor);
        expect(cursorAtEnd(JSON.stringify({ items: items(count), nextCursor: cursor }, null, 2))).toBe(cursor);
      }),
    );
  });

  test("of a query, is an object by set", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.option(fc.string())), (nextCursor) => {
        expect(cursorAtEnd(JSON.stringify({ items: { root: items(3) }, nextCursor }))).toEqual({ ...nextCursor });
      }),
    );
  });

  test("is found in front of small facts, and not where it is something else or too far from the end", () => {
    expect(cursorAtEnd('{"items":[],"nextCursor":"a","debug":{"notices":[]}}')).toBe("a");
    expect(cursorAtEnd('{"items":[{"properties":{"nextCursor":"a"}}]}')).toBeUndefined();
    expect(cursorAtEnd('{"items":[],"debug":{"nextCursor":"a"}}')).toBeUndefined();
    expect(cursorAtEnd('{"items":["\\"nextCursor\\":\\"a\\"}"]}')).toBeUndefined();
    expect(cursorAtEnd(JSON.stringify({ nextCursor: "a", items: items(1_000) }))).toBeUndefined();
    expect(cursorAtEnd('{"items":[],"nextCursor":null}')).toBeNull();
    expect(cursorAtEnd("")).toBeUndefined();
    expect(cursorAtEnd('<html>"nextCursor"')).toBeUndefined();
  });

  test("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        cursorAtEnd(`${before}"nextCursor"${after}`);
      }),
    );
  });
});

describe("a turn of the event loop", () => {
  afterEach(() => vi.unstubAllGlobals());

  test.each(["setImmediate", "MessageChannel"])("lets what is due go first, by %s", async (means) => {
    if (means === "MessageChannel") vi.stubGlobal("setImmediate", undefined);
    const order: string[] = [];
    queueMicrotask(() => order.push("microtask"));
    await turn().then(() => order.push("turn"));
    expect(order).toEqual(["microtask", "turn"]);
  });
});
