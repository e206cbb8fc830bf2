import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as responses from "../../src/models/responses/index.js";
import type { ResponseSchema } from "../../src/models/responses/response-schema.js";
import * as schemas from "../../src/models/responses/schemas.js";

const value = fc.oneof(fc.constantFrom("node", "edge", "space", 1, 1.5, true, null, undefined), fc.jsonValue());
const written = {
  instanceType: "node",
  space: "s",
  externalId: "a",
  version: 1,
  wasModified: true,
  createdTime: 1,
  lastUpdatedTime: 1,
};

/** An object of which a field is wrong, or missing, or unknown. */
const spoilt = (whole: object) =>
  fc
    .tuple(
      fc.constantFrom(...Object.keys(whole), "typing", "debug", "deleted", "other"),
      fc.option(value, { nil: "keep" }),
    )
    .map(([key, changed]) => (changed === "keep" ? whole : { ...whole, [key]: changed }));

const list = fc.oneof(fc.array(spoilt(written), { maxLength: 3 }), value);
const pages = (items: fc.Arbitrary<unknown>) =>
  items.chain((all) => fc.oneof(spoilt({ items: all }), spoilt({ items: all, nextCursor: "c" })));
const sets = fc
  .tuple(list, value)
  .chain(([rows, cursor]) => spoilt({ items: { rows }, nextCursor: { rows: cursor, none: null } }));

describe("answers that usually come are told as the schemas tell them", () => {
  it.each([
    ["of upserts", pages(list), responses.upsertResponse, schemas.upsertResponse],
    ["of deletes", pages(list), responses.instanceIdsPage, schemas.instanceIdsPage],
    ["of lists", pages(list), responses.instancesPage, schemas.instancesPage],
    ["of queries", sets, responses.queryResponse, schemas.queryResponse],
    ["of nothing", value, responses.nothing, schemas.nothing],
  ])("%s", (_name, answers: fc.Arbitrary<unknown>, quick: ResponseSchema<unknown>, slow: ResponseSchema<unknown>) =>
    fc.assert(
      fc.asyncProperty(answers, async (given) => {
        const answer: unknown = JSON.parse(JSON.stringify(given ?? null));
        expect(await quick.check(answer)).toEqual(slow.check(answer));
      }),
      { numRuns: 500 },
    ),
  );

  it("without loading the schemas", () => {
    expect(responses.instancesPage.check({ items: [{}], nextCursor: "c" })).toMatchObject({ ok: true });
    expect(responses.queryResponse.check({ items: { a: [] }, nextCursor: { a: null } })).toMatchObject({ ok: true });
    expect(responses.upsertResponse.check({ items: [written] })).toMatchObject({ ok: true });
    expect(responses.instanceIdsPage.check({ items: [written] })).toMatchObject({ ok: true });
    expect(responses.nothing.check({})).toMatchObject({ ok: true });
  });

  it("has a check for every schema", () => {
    expect(Object.keys(responses).sort()).toEqual(Object.keys(schemas).sort());
  });
});
