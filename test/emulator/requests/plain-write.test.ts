import fc from "fast-check";
import { expect, it } from "vitest";
import { checkRequest, instancesUpsertBody } from "../../../src/models/requests/index.js";
import { arePlainWrites } from "../../../src/models/requests/plain-write.js";

const text = fc.oneof(fc.constantFrom("s", "a-b", "", "1x", "x".repeat(256), "x".repeat(257), "v1", "\0"), fc.string());
const reference = fc.record({ space: text, externalId: text, more: fc.constant(1) }, { requiredKeys: ["space"] });
const source = fc.record(
  { type: fc.constantFrom("view", "container", "other"), space: text, externalId: text, version: text },
  { requiredKeys: ["type", "space", "externalId"] },
);
const properties = fc.oneof(fc.dictionary(text, fc.jsonValue()), fc.constantFrom(null, [], "text"));
const data = fc.record({ source, properties, more: text }, { requiredKeys: ["source", "properties"] });
const write = fc.record(
  {
    instanceType: fc.constantFrom("node", "edge", "nodes"),
    space: text,
    externalId: text,
    existingVersion: fc.oneof(fc.integer({ min: -1 }), fc.double(), fc.constant("1")),
    type: fc.oneof(reference, fc.constant(null)),
    startNode: reference,
    endNode: reference,
    sources: fc.oneof(fc.array(data, { maxLength: 2 }), fc.constantFrom({}, null)),
    other: fc.constant(1),
    ["__proto__"]: fc.constant(1),
  },
  { requiredKeys: ["instanceType", "space", "externalId"] },
);
const ref = { space: "s", externalId: "x" };

it("what is plainly right is right by its schema, and comes as it is", () => {
  fc.assert(
    fc.property(write, (item) => {
      if (!arePlainWrites([item], 1)) return;
      expect(checkRequest(instancesUpsertBody, { items: [item] })).toEqual({ ok: true, value: { items: [item] } });
      // Beside one that is wrong, the schema looks at all of them.
      const beside = checkRequest(instancesUpsertBody, { items: [item, {}] });
      expect(beside).toMatchObject({ ok: false, message: expect.not.stringContaining("items[0]") });
    }),
    { numRuns: 2000 },
  );
});

it.each([
  { instanceType: "node", ...ref },
  {
    instanceType: "node",
    ...ref,
    type: null,
    existingVersion: 0,
    sources: [{ source: { type: "container", ...ref }, properties: {} }],
  },
  {
    instanceType: "node",
    ...ref,
    type: ref,
    sources: [{ source: { type: "view", ...ref, version: "v1" }, properties: { ["__proto__"]: 1 } }],
  },
  { instanceType: "edge", ...ref, type: ref, startNode: ref, endNode: ref },
])("%j is plainly right", (item) => {
  expect(arePlainWrites([item], 1)).toBe(true);
});
