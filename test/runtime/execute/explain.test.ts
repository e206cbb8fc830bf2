import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { UntypedListArgs } from "../../../src/runtime/types/untyped.js";
import { edge, type Farm, node, ref, startFarm } from "../farm.js";

let farm: Farm;
const named = Array.from({ length: 7 }, (_, index) => `T${index + 1}`);

beforeAll(async () => {
  farm = startFarm();
  await farm.write([
    node("farm", "F1", { name: "Horns" }),
    ...named.map((id) => node("turbine", id, { name: id, capacity: 1, farm: ref("F1"), similar: [ref("T1")] })),
    ...named.map((id) => node("blade", `${id}-1`, { is_damaged: true, turbine: ref(id) })),
    node("metmast", "M1", { height: 1 }),
    edge("e1", "near", "T1", "M1", 5),
  ]);
});
beforeEach(() => {
  farm.requests.length = 0;
});

const shape: UntypedListArgs = {
  where: { blades: { some: { isDamaged: true } } },
  select: {
    name: true,
    farm: { select: { name: true } },
    blades: { select: { isDamaged: true }, limit: 2 },
    similarTo: { select: { name: true } },
    metmasts: { edge: true, node: { select: { height: true } } },
  },
  sort: [{ name: "asc" }],
  limit: 5,
};

describe("explain", () => {
  it("says in words what is sent, why, and how many rows it may bring, and sends nothing", async () => {
    const { text, estimate, stages } = await farm.on("turbine").list(shape).explain();
    expect(text.split("\n")).toEqual([
      "Rows of s/Turbine@v1, at most 5.",
      "0. query, pages of 5. Reads the far side of the condition, and with it the rows for which it holds and what is " +
        "selected. Where each fits a page, this takes the place of the condition and of 1; else:",
      "condition1. query, pages of 10,000, for 'some' of 'blades' of view s/Turbine@v1. " +
        "Finds what the condition is about at the far side, and so the instances for which it holds.",
      "1. query, pages of 5. Reads the selected properties and relations together.",
      "   root: nodes of s/Turbine@v1 (name), at most 5 a page",
      "   1_farm: 'farm' of root, one for each, nodes of s/Farm@v1 (name), at most 5 a page",
      "   2_blades: 'blades' of root, 2 for each, nodes of s/Blade@v1 (isDamaged), at most 10 a page",
      "   3_metmastsEdges: 'metmasts' of root, edges of s/Distance@v1 (distance, surveyor), as many as there are",
      "   4_metmasts: other end of 3_metmastsEdges, nodes of s/Metmast@v1 (height), as many as there are",
      "2. query, pages of 10,000, once for each 1,000 ids. " +
        "Lists of direct relations cannot be followed backwards in one request.",
      "   root: 'similarTo' of root, nodes of s/Turbine@v1 (name), as many as there are",
      "2 requests for the first page of rows, where nested sets fit a page.",
    ]);
    expect(estimate).toEqual({
      requests: 2,
      sets: [
        { stage: 0, set: "root", rows: 5 },
        { stage: 0, set: "1_farm", rows: 5 },
        { stage: 0, set: "2_blades", rows: 10 },
        { stage: 1, set: "root", rows: null },
        { stage: 0, set: "3_metmastsEdges", rows: null },
        { stage: 0, set: "4_metmasts", rows: null },
      ],
    });
    expect(stages).toHaveLength(2);
    expect(farm.requests).toHaveLength(0);
  });

  it("explains a plain list, and instances by view", async () => {
    expect((await farm.on("turbine").list().explain()).text.split("\n")[1]).toBe(
      "1. list, pages of 1,000. Reads all properties of one view; the service applies the view's filter.",
    );
    const { text } = await farm
      .on("turbine")
      .byView([farm.on("big")])
      .explain();
    expect(text).toContain("2. query, pages of 1,000, once for each 1,000 ids. Reads the instances of a page");
  });
});

describe("a profile", () => {
  it("runs the query, and tells the requests, rows and time of each part", async () => {
    const { text, profile, stages } = await farm.on("turbine", { rootPage: 3 }).list(shape).explain({ profile: true });
    expect(profile.rows).toBe(5);
    expect(profile.requests).toBe(farm.requests.length);
    // Three rows a page and five to read: what was tried together gave the ids.
    expect(profile.conditions.map(({ requests }) => requests)).toEqual([0]);
    expect(profile.stages.map(({ requests }) => requests)).toEqual([2, 2]);
    expect(stages).toHaveLength(2);
    expect(profile.time).toBeGreaterThan(0);
    expect(text).toMatch(/\n {3}took 2 requests, [\d,]+ instances, \d+ ms\n/);
    expect(text).toMatch(/\nTook 5 requests and \d+ ms for 5 rows\.$/);
  });

  it("says of a single request that it is one", async () => {
    const { text } = await farm.on("turbine").list({ limit: 2 }).explain({ profile: true });
    expect(text).toMatch(/\nTook 1 request and \d+ ms for 2 rows\.$/);
  });

  it("tells the service's notices, each once", async () => {
    const list = farm.on("turbine", { rootPage: 2 }).list({ where: { capacity: 1 }, sort: [{ capacity: "asc" }] });
    const { text, profile } = await list.explain({ profile: true });
    expect(profile.stages[0]?.requests).toBe(4);
    const codes = profile.stages[0]?.notices.map(({ code }) => code) ?? [];
    expect(codes).toContain("containersWithoutIndexesInvolved");
    expect(new Set(codes).size).toBe(codes.length);
    expect(text).toContain("   notice containersWithoutIndexesInvolved (C): Add indexes");
    expect(profile.notices).toEqual(profile.stages[0]?.notices);
  });

  it("measures what is read by id", async () => {
    const { profile } = await farm
      .on("turbine")
      .byView([farm.on("big")])
      .explain({ profile: true });
    expect(profile.stages.map(({ requests, rows }) => [requests, rows])).toEqual([
      [1, 7],
      [1, 7],
    ]);
  });

  it("ends past 10,000 rows where there is no limit, as awaiting does", async () => {
    const big = startFarm();
    await big.write(Array.from({ length: 10_001 }, (_, index) => node("metmast", `M${index}`)));
    await expect(big.on("metmast").list().explain({ profile: true })).rejects.toMatchObject({
      code: "QUERY.UNBOUNDED",
    });
    const all = await big.on("metmast").list({ limit: Number.POSITIVE_INFINITY }).explain({ profile: true });
    expect(all.profile.rows).toBe(10_001);
  });
});
