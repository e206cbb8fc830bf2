import { describe, expect, it } from "vitest";
import { edge, node, ref, startFarm, viewNamed } from "../farm.js";

async function mixed() {
  const farm = startFarm();
  await farm.write([
    node("turbine", "A", { name: "a", capacity: 2 }),
    node("turbine", "B", { name: "b", capacity: 9, status: "running" }),
    node("turbine", "C", { name: "c", capacity: 7 }),
    node("metmast", "M", { height: 80 }),
    node("blade", "X", { is_damaged: true }),
  ]);
  await farm.write([node("metmast", "A", { height: 5 })]);
  return farm;
}

const big = "s/Big@v1";
const turbine = "s/Turbine@v1";
const metmast = "s/Metmast@v1";

describe("byView", () => {
  it("reads each instance through the first view that it is in, with all that this view has, else through the view itself", async () => {
    const { on, requests } = await mixed();
    const rows = await on("turbine").byView([on("big"), viewNamed("metmast")], { sort: [{ externalId: "asc" }] });
    expect(rows).toEqual([
      { ...ref("A"), $view: metmast, height: 5 },
      { ...ref("B"), $view: big, name: "b", capacity: 9 },
      { ...ref("C"), $view: big, name: "c", capacity: 7 },
    ]);
    expect(requests.map(({ path }) => path.split("/").at(-1))).toEqual(["query", "query"]);
  });

  it("keeps filter, order and limit, and reads what is in none of the views whole", async () => {
    const { on } = await mixed();
    const args = { where: { capacity: { lt: 9 } }, sort: [{ capacity: "desc" }], limit: 2 };
    const rows = await on("turbine").byView([on("big")], args);
    expect(rows.map(({ externalId, $view }) => [externalId, $view])).toEqual([
      ["C", big],
      ["A", turbine],
    ]);
    expect(rows[1]).toMatchObject({ name: "a", capacity: 2, status: null, tags: null });
    expect(await on("turbine").byView([])).toHaveLength(3);
  });

  it("makes two requests a page, however many views there are, and resumes from a cursor", async () => {
    const { on, requests } = await mixed();
    const query = on("turbine", { rootPage: 2, chunk: 2 }).byView([on("big"), on("metmast")]);
    const pages = [];
    for await (const page of query.pages()) pages.push(page);
    expect(pages.map(({ items }) => items.length)).toEqual([2, 1]);
    expect(requests).toHaveLength(4);
    const rest = [];
    for await (const page of query.pages({ cursor: pages[0]!.cursor! })) rest.push(...page.items);
    expect(rest).toEqual(pages[1]!.items);
  });

  it("asks for fewer ids at once than a page has, where one request cannot hold them", async () => {
    const { on, requests } = await mixed();
    const rows = await on("turbine", { chunk: 1 }).byView([on("big")], { sort: [{ externalId: "asc" }] });
    expect(rows.map(({ externalId }) => externalId)).toEqual(["A", "B", "C"]);
    expect(requests).toHaveLength(4);
  });

  it("shows its requests without sending them, and asks the far sides of relations", async () => {
    const { on, requests } = await mixed();
    const plan = await on("turbine")
      .byView([on("big")], { where: { blades: { some: {} } } })
      .explain();
    expect(plan.conditions).toHaveLength(1);
    expect(plan.stages.map(({ endpoint }) => endpoint)).toEqual(["query", "query"]);
    expect(plan.stages[1]).toMatchObject({ root: { view: big }, beside: [{ view: turbine }] });
    expect(requests).toEqual([]);
    expect(await on("turbine").byView([on("big")], { where: { blades: { some: {} } } })).toEqual([]);
  });

  it("reads edges", async () => {
    const farm = startFarm();
    await farm.write([edge("E", "near", "A", "M", 5)]);
    expect(await farm.on("distance").byView([farm.on("distance")])).toMatchObject([
      { $view: "s/Distance@v1", distance: 5, $startNode: ref("A") },
    ]);
  });

  it.each([
    [[viewNamed("distance")], "QUERY.INVALID_VALUE", /s\/Distance@v1 reads edges, and s\/Turbine@v1 nodes/],
    [["Big"], "QUERY.INVALID_VALUE", /its constant or its handle, got a string/],
    ["big", "QUERY.INVALID_VALUE", /array/],
    [Array.from({ length: 50 }, () => viewNamed("big")), "QUERY.TOO_MANY", /at most 49 views, got 50/],
  ])("refuses wrong views: %#", async (views, code, message) => {
    const { on, requests } = startFarm();
    const rows = on("turbine").byView(views as never);
    await expect(rows).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(requests).toEqual([]);
  });

  it("refuses a selection: each row has all that its view has", async () => {
    const { on } = startFarm();
    const rows = on("turbine").byView([], { select: { name: true } } as never);
    await expect(rows).rejects.toMatchObject({ code: "QUERY.UNKNOWN_OPTION" });
  });
});
