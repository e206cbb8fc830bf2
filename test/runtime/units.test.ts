import { describe, expect, it } from "vitest";
import { createEmulator, type LoadModel } from "../../src/emulator/index.js";
import { isQueryError, model, PygenClient, token } from "../../src/index.js";
import { direct, edges, file, reverse, text, view } from "../ir/models.js";
import { openApiChecker } from "../tools/openapi-checker.js";

const checker = openApiChecker();
const inMetres = { type: { type: "float64", unit: { externalId: "length:m" } } } as const;

async function plant() {
  const emulator = createEmulator();
  emulator.load(
    file({
      Tower: {
        properties: {
          name: text,
          hub_height: inMetres,
          power: { type: { type: "float64", unit: { externalId: "power:megaw" } } },
          site: direct(view("Site")),
          near: edges(view("Site"), { edgeSource: view("Distance") }),
        },
      },
      Site: { properties: { name: text, depth: inMetres, towers: reverse(view("Tower"), "site") } },
      Distance: { usedFor: "edge", properties: { distance: inMetres } },
    }) as LoadModel,
    { global: false },
  );
  emulator.load({ spaces: [{ space: "data" }] }, { global: false });
  const paths: string[] = [];
  const answer = checker === null ? emulator.fetch : checker.wrap(emulator.fetch);
  const client = new PygenClient({
    baseUrl: "http://emulator",
    project: "test",
    application: "tests",
    credentials: token("any"),
    fetch: (request) => {
      paths.push(new URL(request.url).pathname.split("/").at(-1) ?? "");
      return answer(request);
    },
  });
  const bound = await model(client, { space: "s", externalId: "Model", version: "v1" }, { space: "data" });
  const handle = (name: string) => {
    const found = bound[name];
    if (!found) throw new Error(`no view ${name}`);
    return found;
  };
  await handle("tower").upsert([
    {
      externalId: "T",
      name: "one",
      hubHeight: 100,
      power: 2,
      site: { externalId: "S", name: "sea", depth: 10 },
      near: [{ node: "S", edge: { distance: 1000 } }],
    },
  ]);
  paths.length = 0;
  return { tower: handle("tower"), site: handle("site"), paths };
}

const hubHeight = "length:centim";
const centimetres = { hubHeight } as const;

describe("E98: targetUnits", () => {
  it("reads properties in other units, in as many requests as without", async () => {
    const { tower, paths } = await plant();
    expect(await tower.list({ targetUnits: centimetres })).toMatchObject([
      { name: "one", hubHeight: 10_000, power: 2 },
    ]);
    expect(await tower.list({ select: { hubHeight: true }, targetUnits: centimetres })).toMatchObject([
      { hubHeight: 10_000 },
    ]);
    expect(await tower.retrieve("T", { targetUnits: centimetres })).toMatchObject({ hubHeight: 10_000, name: "one" });
    expect(await tower.retrieve("T")).toMatchObject({ hubHeight: 100 });
    expect((await tower.search("one", { targetUnits: centimetres })).items).toMatchObject([{ hubHeight: 10_000 }]);
    expect(await tower.aggregate({ max: { hubHeight: true }, targetUnits: centimetres })).toEqual({
      max: { hubHeight: 10_000 },
    });
    expect(paths).toEqual(["query", "query", "query", "byids", "search", "aggregate"]);
  });

  it("takes what a unit system has for a quantity", async () => {
    const { tower } = await plant();
    const [row] = await tower.list({ targetUnits: { power: { unitSystemName: "SI" } } });
    expect(row).toMatchObject({ hubHeight: 100, power: 2_000_000 });
  });

  it("reads into relations in other units, also of edges", async () => {
    const { tower, site } = await plant();
    const [row] = await tower.list({
      select: {
        site: { select: { depth: true }, targetUnits: { depth: "length:centim" } },
        near: {
          edge: { targetUnits: { distance: "length:kilom" } },
          node: { select: { depth: true }, targetUnits: { depth: "length:millim" } },
        },
      },
    });
    expect(row).toMatchObject({ site: { depth: 1_000 }, near: [{ edge: { distance: 1 }, node: { depth: 10_000 } }] });
    const { items } = await site.search("sea", { select: { towers: { targetUnits: centimetres } } });
    expect(items).toMatchObject([{ towers: [{ hubHeight: 10_000 }] }]);
  });

  it.each([
    [{ name: "length:ft" }, "QUERY.NO_UNIT", /'name' of view s\/Tower@v1 has no unit/],
    [{ hubHeigt: "length:ft" }, "QUERY.UNKNOWN_PROPERTY", /Did you mean 'hubHeight'/],
    [{ hubHeight: 5 }, "QUERY.INVALID_VALUE", /unit's external id/],
    [{ hubHeight: { unitSystem: "SI" } }, "QUERY.INVALID_VALUE", /unitSystemName/],
    ["length:ft", "QUERY.INVALID_VALUE", /must be an object/],
    [Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`p${at}`, "a:b"])), "QUERY.TOO_MANY", /at most 10/],
  ])("refuses %j before anything is sent", async (targetUnits, code, message) => {
    const { tower, paths } = await plant();
    for (const call of [
      () => tower.list({ targetUnits: targetUnits as never }).first(),
      () => tower.retrieve("T", { targetUnits: targetUnits as never }),
      () => tower.search("one", { targetUnits: targetUnits as never }),
      () => tower.aggregate({ count: true, targetUnits: targetUnits as never }),
    ]) {
      const error = await call().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(error).toSatisfy(isQueryError);
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    }
    expect(paths).toEqual([]);
  });
});
