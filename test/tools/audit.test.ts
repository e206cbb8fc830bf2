import { expect, it } from "vitest";
import { faultsInside } from "./audit.mjs";

const advisory = (title: string) => ({ title, url: `https://advisories.test/${title}` });
const lock = {
  packages: {
    "node_modules/inside": { version: "1.0.0" },
    "node_modules/tool": { version: "2.0.0" },
    "node_modules/tool/node_modules/inside": { version: "0.9.0" },
    "node_modules/@scope/above": { version: "3.0.0" },
  },
};
const bill = {
  components: [
    { name: "inside", version: "1.0.0", purl: "pkg:npm/inside@1.0.0" },
    { name: "above", group: "@scope", version: "3.0.0", purl: "pkg:npm/%40scope/above@3.0.0" },
  ],
};
const found = (name: string, nodes: readonly string[], via: readonly (string | ReturnType<typeof advisory>)[]) => ({
  vulnerabilities: { [name]: { name, severity: "low", nodes, via } },
});

it("faults of what is inside are told, in the version that is inside", () => {
  const inside = found("inside", ["node_modules/tool/node_modules/inside", "node_modules/inside"], [advisory("leak")]);
  expect(faultsInside(inside, lock, bill)).toEqual(["inside@1.0.0: low: leak (https://advisories.test/leak)"]);
  const older = found("inside", ["node_modules/tool/node_modules/inside"], [advisory("leak")]);
  expect(faultsInside(older, lock, bill)).toEqual([]);
});

it("faults of tools, and of what only depends on one at fault, are not", () => {
  expect(faultsInside(found("tool", ["node_modules/tool"], [advisory("leak")]), lock, bill)).toEqual([]);
  expect(faultsInside(found("@scope/above", ["node_modules/@scope/above"], ["tool"]), lock, bill)).toEqual([]);
});
