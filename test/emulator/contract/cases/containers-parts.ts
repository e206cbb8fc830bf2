import { expect } from "vitest";
import type { Api, Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { body, property, read, reference, TEXT } from "./containers-world.js";

const retryProperty = casesOf("POST /models/containers/properties/retry");

function partCases(parts: "constraints" | "indexes", one: Json): readonly ContractCase[] {
  const drop = casesOf(`POST /models/containers/${parts}/delete`);
  const retry = casesOf(`POST /models/containers/${parts}/retry`);
  const id = (identifier: string, containerExternalId = `Has_${parts}`) => ({
    space: "s",
    containerExternalId,
    identifier,
  });
  const tooMany = { items: Array.from({ length: 11 }, (_, index) => id(`x${index}`)) };
  const make = (api: Api, name: string) => api.ok("/models/containers", body(name, { [parts]: { one } }));
  return [
    retry.check("items", "answers with those that are there", async (api) => {
      await make(api, `Has_${parts}`);
      const items = [id("one"), id("none"), id("one", "None")];
      expect(await api.ok(`/models/containers/${parts}/retry`, { items })).toEqual({ items: [id("one")] });
    }),
    retry.refuses("items", "more than 10", tooMany, "size must be between 1 and 10"),
    retry.refuses("items", "system spaces", { items: [{ ...id("x"), space: "cdf_cdm" }] }, "system space"),
    drop.check("items", "takes it away, answers with it, and it can be made anew", async (api) => {
      const name = `Drops_${parts}`;
      await make(api, name);
      const items = [id("one", name), id("none", name)];
      expect(await api.ok(`/models/containers/${parts}/delete`, { items })).toEqual({ items: [id("one", name)] });
      expect((await read(api, name))[parts]).toEqual({});
      await make(api, name);
      expect((await read(api, name))[parts]).toHaveProperty("one");
    }),
    drop.refuses("items", "more than 10", tooMany, "size must be between 1 and 10"),
    drop.refuses("items", "system spaces", { items: [{ ...id("x"), space: "cdf_cdm" }] }, "system space"),
  ];
}

/** Constraints, indexes and properties by themselves. */
export const containerParts: readonly ContractCase[] = [
  ...partCases("constraints", { constraintType: "uniqueness", properties: ["p"] }),
  ...partCases("indexes", { properties: ["p"] }),
  retryProperty.check("items", "a required property whose values have come is as it should be", async (api) => {
    await api.ok("/models/containers", body("Mends"));
    const node = {
      instanceType: "node",
      space: "s",
      externalId: "mends",
      sources: [{ source: reference("Mends"), properties: {} }],
    };
    await api.ok("/models/instances", { items: [node] });
    await api.ok("/models/containers", property("Mends", { ...TEXT, nullable: false }));
    const items = [{ space: "s", containerExternalId: "Mends", identifier: "p" }];
    const retry = async () => {
      expect(await api.ok("/models/containers/properties/retry", { items })).toEqual({ items });
      return (await read(api, "Mends"))["properties"].p.constraintState;
    };
    expect(await retry()).toEqual({ nullability: "failed" });
    await api.ok("/models/instances", {
      items: [{ ...node, sources: [{ source: reference("Mends"), properties: { p: "x" } }] }],
    });
    expect(await retry()).toEqual({ nullability: "current" });
  }),
  retryProperty.refuses("items", "none", { items: [] }, "size must be between 1 and 10"),
];
