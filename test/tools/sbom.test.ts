import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Bill, faultsOf } from "./bill.js";
import { billOf } from "./sbom.mjs";

const own = { name: "pygen", version: "1.2.3-beta.1" };
const folders = ["valibot", "@redis/client"].map((name) =>
  path.resolve(import.meta.dirname, "../../node_modules", name),
);

describe("the bill of materials", () => {
  it("names the packages inside by version, licence and address, as the schema of CycloneDX says", () => {
    const bill = JSON.parse(billOf(own, folders)) as Bill;
    expect(faultsOf(bill)).toEqual([]);
    expect(bill.metadata.component).toMatchObject(own);
    expect(bill.components.map(({ purl }) => purl.replace(/@[\d.]+$/, ""))).toEqual([
      "pkg:npm/%40redis/client",
      "pkg:npm/valibot",
    ]);
    expect(bill.components.map(({ licenses }) => licenses?.[0]?.license?.id)).toEqual(["MIT", "MIT"]);
  });

  it("is the same text for the same packages, in any order", () => {
    expect(billOf(own, [...folders].reverse())).toBe(billOf(own, folders));
  });

  it("is held to the schema: a wrong one is found out", () => {
    const bill = JSON.parse(billOf(own, folders)) as Bill;
    expect(faultsOf({ ...bill, components: [{ type: "nothing" }] })).not.toEqual([]);
  });
});
