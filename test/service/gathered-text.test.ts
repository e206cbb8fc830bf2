import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { GatheredText } from "../../src/service/gathered-text.js";
import { createService } from "../../src/service/index.js";
import { post, refusalOf } from "./asking.js";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
const byte = Uint8Array.of(0x20);

/** Bytes that are in use. */
function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe("a text in pieces", () => {
  test("is the same wherever it is cut, within characters too", () => {
    const texts = fc.string({ unit: "binary", maxLength: 60 });
    const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 20 });
    const repeats = fc.constantFrom(1, 1, 3_000);
    fc.assert(
      fc.property(texts, cuts, repeats, (part, places, times) => {
        const bytes = new TextEncoder().encode(part.repeat(times));
        const gathered = new GatheredText();
        const ends = [...places.map((place) => (place * times) % (bytes.length + 1)), bytes.length].sort(
          (a, b) => a - b,
        );
        ends.reduce((start, end) => {
          gathered.add(bytes.subarray(start, end));
          return end;
        }, 0);
        expect(gathered.end()).toBe(new TextDecoder("utf-8", { ignoreBOM: false }).decode(bytes));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("is refused where it is not UTF-8, or breaks off within a character", () => {
    const cut = new GatheredText();
    cut.add(new TextEncoder().encode("ö").subarray(0, 1));
    expect(() => cut.end()).toThrow(TypeError);
    const wrong = new GatheredText();
    wrong.add(Uint8Array.of(0x61, 0xff));
    expect(() => wrong.end()).toThrow(TypeError);
  });

  test("of a million bytes that come one by one takes little more memory than they do", () => {
    const gathered = new GatheredText();
    const before = heapUsed();
    for (let count = 0; count < 1_000_000; count++) gathered.add(byte);
    expect(heapUsed() - before).toBeLessThan(8_000_000);
    expect(gathered.end()).toHaveLength(1_000_000);
  });

  test("holds little more while it comes as a body", async () => {
    let left = 300_000;
    let goOn = (): void => {};
    const stopped = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        if (left === 0) await stopped;
        if (left === 0) return controller.close();
        left -= 1;
        controller.enqueue(byte);
      },
    });
    const service = createService();
    const before = heapUsed();
    const answer = service.fetch(post("/validate", "", {}, { body, duplex: "half" } as RequestInit));
    await vi.waitUntil(() => left === 0, { timeout: 60_000, interval: 20 });
    expect(heapUsed() - before).toBeLessThan(10_000_000);
    goOn();
    expect(await refusalOf(await answer)).toEqual([400, "REQUEST.JSON"]);
  });
});
