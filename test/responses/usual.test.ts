import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instanceIdsPage, type ResponseSchema, upsertResponse } from "../../src/models/responses/index.js";

const value = fc.oneof(fc.constantFrom("node", "edge", "space", 1, 1.5, true, null, undefined), fc.jsonValue());
const whole = {
  instanceType: "node",
  space: "s",
  externalId: "a",
  version: 1,
  wasModified: true,
  createdTime: 1,
  lastUpdatedTime: 1,
};
/** Written instances of which a field is wrong, or missing, or unknown. */
const items = fc.array(
  fc
    .tuple(fc.constantFrom(...Object.keys(whole), "other"), fc.option(value, { nil: "keep" }))
    .map(([key, changed]) => (changed === "keep" ? whole : { ...whole, [key]: changed })),
  { maxLength: 3 },
);

describe("answers that usually come", () => {
  // With `more`, an answer is held against the schema; without, hand-written checks come first.
  const same = <T>(schema: ResponseSchema<T>, more: object) =>
    fc.assert(
      fc.property(fc.oneof(items, value), (list) => {
        const [quick, slow] = [schema.check({ items: list }), schema.check({ items: list, ...more })];
        expect(quick.ok).toBe(slow.ok);
        if (!quick.ok && !slow.ok) expect([quick.path, quick.message]).toEqual([slow.path, slow.message]);
      }),
      { numRuns: 500 },
    );

  it("of upserts: are told as the schema tells them", () => same(upsertResponse, { deleted: [] }));
  it("of deletes: are told as the schema tells them", () => same(instanceIdsPage, { nextCursor: null }));
});
