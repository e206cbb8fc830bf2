import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { textOf } from "../../src/doors/node/text-of.js";

/** Bytes in parts of some length, which cut letters of several bytes in two. */
function partsOf(bytes: Uint8Array, length: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, part) =>
    bytes.subarray(part * length, (part + 1) * length),
  );
}

it("reads any UTF-8 text from any parts", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 7 }), (text, length) => {
      const whole = `a${text}`;
      expect(textOf(partsOf(Buffer.from(whole), length))).toBe(whole);
    }),
  );
});

it.each([
  ["ASCII", "pump "],
  ["other letters", "Pumpe für Öl "],
])("reads long texts of %s, and short ones after them", (_what, word) => {
  const long = word.repeat(1_000_000);
  const longest = textOf(partsOf(Buffer.from(long), 65_536));
  expect(textOf([Buffer.from("short")])).toBe("short");
  expect(longest === long).toBe(true);
});

it("reads nothing as an empty text", () => {
  expect(textOf([])).toBe("");
});
