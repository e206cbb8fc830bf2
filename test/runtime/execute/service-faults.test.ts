import { describe, expect, it } from "vitest";
import type { Instance, InstancesQueryResponse } from "../../../src/models/index.js";
import type { ReadCalls } from "../../../src/runtime/execute/read-calls.js";
import type { UntypedListArgs } from "../../../src/runtime/types/untyped.js";
import { listTurbines } from "../farm.js";

const instance = (externalId: string, values: object = {}): Instance => ({
  instanceType: "node",
  space: "data",
  externalId,
  version: 1,
  createdTime: 0,
  lastUpdatedTime: 0,
  properties: { s: { "Turbine/v1": values as never } },
});

/** A list against a service that answers as told. */
function listOn(calls: Partial<ReadCalls>, args: UntypedListArgs = {}) {
  const refuse = async (): Promise<never> => {
    throw new Error("not expected");
  };
  return listTurbines({ list: refuse, query: refuse, retrieve: refuse, ...calls }, args);
}

const answer = (
  items: Record<string, Instance[]>,
  nextCursor: Record<string, string> = {},
): InstancesQueryResponse => ({
  items,
  nextCursor,
});

describe("a service that does not keep to its contract", () => {
  it("E118: notices root cursors that go round in circles", async () => {
    let calls = 0;
    const list = async () => ({ items: [instance(`T${calls}`)], nextCursor: ["a", "b", "c"][calls++ % 3] ?? "" });
    await expect(listOn({ list }, { limit: 5_000 })).rejects.toMatchObject({ code: "RESPONSE.PAGING" });
    expect(calls).toBeLessThan(20);
  });

  it("notices nested cursors that go round in circles", async () => {
    const query = async () => answer({ root: [instance("T")], "1_blades": [instance("B")] }, { "1_blades": "a" });
    await expect(listOn({ query }, { select: { blades: true } })).rejects.toMatchObject({ code: "RESPONSE.PAGING" });
  });

  it("contract 8.1: a cursor after a short or last page leads to an empty page, and nothing more", async () => {
    const sent: unknown[] = [];
    const query: ReadCalls["query"] = async ({ cursors }) => {
      sent.push(cursors);
      if (cursors?.["root"]) return answer({ root: [], "1_next": [] }, { root: "r2" });
      const root = [instance("T", { next: { space: "data", externalId: "N" } })];
      if (cursors?.["1_next"]) return answer({ root, "1_next": [] }, { root: "r1", "1_next": "n2" });
      return answer({ root, "1_next": [instance("N", { name: "n" })] }, { root: "r1", "1_next": "n1" });
    };
    const rows = await listOn({ query }, { select: { next: { select: { name: true } } } });
    expect(rows).toEqual([{ space: "data", externalId: "T", next: { space: "data", externalId: "N", name: "n" } }]);
    expect(sent).toEqual([undefined, { root: null, "1_next": "n1" }, { root: "r1" }]);
  });

  it("goes on after an empty page of a list that has a cursor (contract 1.6)", async () => {
    const pages = [
      { items: [], nextCursor: "a" },
      { items: [instance("T")], nextCursor: null },
    ];
    const list = async () => pages.shift() ?? { items: [] };
    expect(await listOn({ list })).toHaveLength(1);
  });

  it("E104: names the instance and the property of an integer past 2^53", async () => {
    const list = async () => ({ items: [instance("T", { count: 2 ** 53 })] });
    await expect(listOn({ list })).rejects.toMatchObject({
      code: "RESPONSE.UNSAFE_INTEGER",
      message: expect.stringMatching(/'count'.*'T'/),
    });
  });

  it("tells all values of a page that are wrong, in whatever set", async () => {
    const blade: Instance = {
      ...instance("B"),
      properties: { s: { "Blade/v1": { turbine: { space: "data", externalId: "T" }, is_damaged: 5 } } },
    };
    const query = async () => answer({ root: [instance("T", { capacity: "5" })], "1_blades": [blade] });
    const select = { capacity: true, blades: { select: { isDamaged: true } } };
    const failed = Promise.resolve(listOn({ query }, { select }));
    await expect(failed).rejects.toMatchObject({ code: "RESPONSE.VALUE" });
    const { mismatched } = await failed.catch((error) => error);
    expect(new Set(mismatched)).toEqual(
      new Set([
        { space: "data", externalId: "T", path: "capacity" },
        { space: "data", externalId: "B", path: "isDamaged" },
      ]),
    );
  });

  it("a failed request ends the list, and those beside it", async () => {
    const query = async (): Promise<never> => {
      throw new Error("broken");
    };
    await expect(listOn({ query }, { select: { name: true } })).rejects.toThrow("broken");
  });

  it("tolerates sets that are missing in an answer", async () => {
    const query = async () => answer({});
    expect(await listOn({ query }, { select: { blades: true } })).toEqual([]);
  });
});
