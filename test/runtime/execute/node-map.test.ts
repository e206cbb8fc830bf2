import fc from "fast-check";
import { expect, it } from "vitest";
import { NodeMap, uniqueNodes } from "../../../src/runtime/execute/node-map.js";
import { keyOf } from "../../../src/runtime/identity.js";

const name = fc.constantFrom("a", "b", "__proto__", "");
const node = fc.record({ space: name, externalId: name });

it("holds what a map by space and external id holds", () => {
  fc.assert(
    fc.property(fc.array(node), fc.array(node), (written, asked) => {
      const map = new NodeMap<number>();
      const plain = new Map<string, number>();
      for (const [at, one] of written.entries()) {
        map.set(one, at);
        plain.set(keyOf(one), at);
      }
      for (const one of asked) {
        expect(map.get(one)).toBe(plain.get(keyOf(one)));
        expect(map.has(one)).toBe(plain.has(keyOf(one)));
      }
      expect(map.values().sort()).toEqual([...plain.values()].sort());
    }),
    { seed: 6 },
  );
});

it("gives each node once, in their order", () => {
  fc.assert(
    fc.property(fc.array(node), (nodes) => {
      const unique = uniqueNodes(nodes);
      expect(unique).toEqual([...new Map(nodes.map((one) => [keyOf(one), one])).values()]);
    }),
    { seed: 6 },
  );
});
