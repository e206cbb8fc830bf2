import { beforeAll, describe, expect, it } from "vitest";
import { isQueryError } from "../../../src/errors/index.js";
import { edge, type Farm, node, ref, startFarm } from "../farm.js";

let farm: Farm;
const ids = (rows: readonly { readonly externalId: string }[]) => rows.map(({ externalId }) => externalId);
const stoppedBy = (message: string) => ({ code: "ABORT.SIGNAL", reason: new Error(message) });
const named = Array.from({ length: 25 }, (_, index) => `T${String(index + 1).padStart(2, "0")}`);

beforeAll(async () => {
  farm = startFarm();
  await farm.write([
    node("farm", "F1", { name: "Horns" }),
    ...named.map((id, index) => node("turbine", id, { name: id, capacity: index, farm: ref("F1") })),
    ...named.flatMap((id) =>
      [1, 2, 3].map((n) => node("blade", `${id}-${n}`, { is_damaged: n === 1, turbine: ref(id) })),
    ),
    node("metmast", "M1", { height: 1 }),
    node("metmast", "M2", { height: 2 }),
    edge("e1", "near", "T01", "M1", 5),
    edge("e2", "near", "T01", "M2"),
    edge("e3", "near", "T01", "M1", 7),
    edge("g1", "gate", "T01", "M2"),
  ]);
});

async function counted<T>(run: () => PromiseLike<T>): Promise<{ value: T; requests: number }> {
  farm.requests.length = 0;
  const value = await run();
  return { value, requests: farm.requests.length };
}

describe("lazy lists", () => {
  it("sends nothing until awaited or iterated, and runs each time", async () => {
    farm.requests.length = 0;
    const list = farm.on("turbine").list();
    await list.explain();
    list.pages();
    expect(farm.requests).toHaveLength(0);
    await list;
    await list;
    expect(farm.requests).toHaveLength(2);
  });

  it("E110: a limit counts rows in all, over pages", async () => {
    const list = (limit: number) => farm.on("turbine", { rootPage: 10 }).list({ sort: [{ name: "asc" }], limit });
    expect(ids(await list(12))).toEqual(named.slice(0, 12));
    expect(ids(await list(10))).toEqual(named.slice(0, 10));
    expect(ids(await list(Number.POSITIVE_INFINITY))).toEqual(named);
    expect((await counted(() => list(12))).requests).toBe(2);
    expect(await counted(() => list(0))).toEqual({ value: [], requests: 0 });
  });

  it("is caught and finished like a promise", async () => {
    const settled: string[] = [];
    const failing = farm.on("turbine").list({ where: { nope: 1 } });
    expect(await failing.catch((error) => (isQueryError(error) ? error.code : error))).toBe("QUERY.UNKNOWN_PROPERTY");
    await expect(failing.finally(() => settled.push("failed"))).rejects.toMatchObject({
      code: "QUERY.UNKNOWN_PROPERTY",
    });
    expect(
      ids(
        await farm
          .on("turbine")
          .list({ limit: 1 })
          .finally(() => settled.push("done")),
      ),
    ).toHaveLength(1);
    expect(settled).toEqual(["failed", "done"]);
  });

  it("streams a page ahead and no further", async () => {
    farm.requests.length = 0;
    const ahead = [2, 3, 4, 5, 5];
    const rows: number[] = [];
    for await (const page of farm.on("turbine", { rootPage: 6 }).list().pages()) {
      const sent = ahead[rows.length];
      await expect.poll(() => farm.requests).toHaveLength(sent ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(farm.requests).toHaveLength(sent ?? 0);
      rows.push(page.items.length);
    }
    expect(rows).toEqual([6, 6, 6, 6, 1]);
  });

  it("leaves no request behind when it is left early", async () => {
    farm.requests.length = 0;
    for await (const row of farm.on("turbine", { rootPage: 5 }).list()) {
      expect(row.externalId).toBe("T01");
      break;
    }
    const sent = farm.requests.length;
    expect(sent).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(farm.requests).toHaveLength(sent);
  });

  it("E118: resumes after a page from its cursor, in another process too, and keeps the limit", async () => {
    const query = () => farm.on("turbine", { rootPage: 4 }).list({ sort: [{ name: "asc" }], limit: 10 });
    const first = await query().pages()[Symbol.asyncIterator]().next();
    const { cursor, items } = first.value as { cursor: string; items: { externalId: string }[] };
    expect(cursor).toMatch(/^[\w-]+$/);
    const rest: string[] = ids(items);
    for await (const page of query().pages({ cursor })) rest.push(...ids(page.items));
    expect(rest).toEqual(named.slice(0, 10));
  });

  it("gives the last page no cursor", async () => {
    const cursors: (string | undefined)[] = [];
    for await (const { cursor } of farm.on("turbine", { rootPage: 10 }).list().pages()) cursors.push(cursor);
    expect(cursors).toEqual([expect.any(String), expect.any(String), undefined]);
  });

  it("gives one page at a time, of so many rows, and asks for nothing ahead of it", async () => {
    farm.requests.length = 0;
    const list = farm.on("turbine").list({ sort: [{ name: "asc" }], limit: 7, pageSize: 3 });
    const { items, cursor } = await list.page();
    const seen = [ids(items)];
    for (let at = cursor; at !== undefined; ) {
      const page = await list.page({ cursor: at });
      seen.push(ids(page.items));
      at = page.cursor;
    }
    expect(seen).toEqual([named.slice(0, 3), named.slice(3, 6), named.slice(6, 7)]);
    expect(farm.requests).toHaveLength(3);
    expect(await farm.on("turbine").list({ limit: 0 }).page()).toEqual({ items: [] });
    expect(farm.requests).toHaveLength(3);
  });

  it("gives one page with all that hangs on it", async () => {
    const select = { name: true, similarTo: true } as const;
    const { items, cursor } = await farm.on("turbine", { setPage: 1 }).list({ select, pageSize: 2 }).page();
    expect(items.map(({ similarTo }) => similarTo)).toEqual([[], []]);
    expect(cursor).toBeDefined();
  });

  it("refuses pages of no rows, and of more than the service gives", async () => {
    for (const pageSize of [0, 1_001, 1.5, "5"]) {
      await expect(farm.on("turbine").list({ pageSize } as never)).rejects.toMatchObject({
        code: "QUERY.INVALID_LIMIT",
        message: expect.stringContaining("from 1 to 1000 rows"),
      });
    }
  });

  it("stops reading one page with the caller's signal", async () => {
    farm.requests.length = 0;
    const list = farm.on("turbine").list({ signal: AbortSignal.abort(new Error("before")) });
    await expect(list.page()).rejects.toMatchObject(stoppedBy("before"));
    expect(farm.requests).toEqual([]);
  });

  it("refuses cursors of other queries and texts that are none", async () => {
    const pages = (args: object, cursor?: string) =>
      farm
        .on("turbine", { rootPage: 4 })
        .list(args)
        .pages(cursor === undefined ? {} : { cursor })
        [Symbol.asyncIterator]();
    const { value } = await pages({}).next();
    const cursor = (value as { cursor: string }).cursor;
    await expect(pages({ where: { name: "é" } }, cursor).next()).rejects.toMatchObject({
      code: "QUERY.CURSOR_MISMATCH",
    });
    for (const broken of ["", "%%", "bnVsbA", "e30"]) {
      await expect(pages({}, broken).next()).rejects.toMatchObject({ code: "QUERY.CURSOR_INVALID" });
    }
  });

  it("rejects a wrong query when it is awaited, not when it is built", async () => {
    const list = farm.on("turbine").list({ where: { nope: 1 } });
    await expect(list).rejects.toMatchObject({ code: "QUERY.UNKNOWN_PROPERTY" });
    await expect(list.explain()).rejects.toMatchObject({ code: "QUERY.UNKNOWN_PROPERTY" });
  });

  it("stops with the reason of the caller's signal", async () => {
    const controller = new AbortController();
    controller.abort(new Error("enough"));
    await expect(farm.on("turbine").list({ signal: controller.signal })).rejects.toMatchObject(stoppedBy("enough"));
    const later = new AbortController();
    const walk = (async () => {
      for await (const _ of farm.on("turbine", { rootPage: 2 }).list({ signal: later.signal }))
        later.abort(new Error("later"));
    })();
    await expect(walk).rejects.toMatchObject(stoppedBy("later"));
  });

  it("stops between two rows of a page that has come already", async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    const walk = (async () => {
      for await (const { externalId } of farm.on("turbine").list({ signal: controller.signal })) {
        seen.push(externalId);
        controller.abort(new Error("one is enough"));
      }
    })();
    await expect(walk).rejects.toMatchObject(stoppedBy("one is enough"));
    expect(seen).toHaveLength(1);
  });

  it("gives no page that came before the signal, and nothing at all after it", async () => {
    const controller = new AbortController();
    const pages = farm.on("turbine", { rootPage: 2 }).list({ signal: controller.signal }).pages();
    const walk = (async () => {
      for await (const _ of pages) {
        await expect.poll(() => farm.requests).toHaveLength(2);
        await new Promise((resolve) => setTimeout(resolve, 20));
        controller.abort(new Error("later"));
      }
    })();
    farm.requests.length = 0;
    await expect(walk).rejects.toMatchObject(stoppedBy("later"));
    const none = farm.on("turbine").list({ limit: 0, signal: AbortSignal.abort(new Error("before")) });
    await expect(none).rejects.toMatchObject(stoppedBy("before"));
  });

  it("refuses options that are none, when it runs", async () => {
    const list = farm.on("turbine").list({ filter: {} } as never);
    await expect(list).rejects.toMatchObject({
      code: "QUERY.UNKNOWN_OPTION",
      message: "'filter' is not an option of list() of view s/Turbine@v1.",
      hint: "Known: where, select, sort, limit, pageSize, targetUnits, signal, timeout, maxRequests, maxDepth.",
    });
    await expect(farm.on("turbine").list(null as never)).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    await expect(farm.on("turbine").retrieve("T01", { selct: {} } as never)).rejects.toMatchObject({
      message: "'selct' is not an option of retrieve() of view s/Turbine@v1. Did you mean 'select'?",
    });
  });
});

describe("conditions that nothing can meet", () => {
  it.each([
    { name: { in: [] } },
    { capacity: { gt: 5, lt: 5 } },
    { name: "T01", $and: [{ name: "T02" }] },
    { $or: [{ name: { in: [] } }, { farm: { is: { name: { in: [] } } } }] },
  ])("send nothing: %j", async (where) => {
    const turbine = farm.on("turbine");
    expect(await counted(() => turbine.list({ where }))).toEqual({ value: [], requests: 0 });
    expect(await counted(() => turbine.list({ where, select: { blades: true } }))).toEqual({ value: [], requests: 0 });
    expect(await counted(() => turbine.list({ where }).count())).toEqual({ value: 0, requests: 0 });
    expect(await counted(() => turbine.delete({ where }))).toEqual({ value: { deleted: [] }, requests: 0 });
    expect((await turbine.list({ where }).explain()).text).toBe(
      "No rows of s/Turbine@v1: none is asked for, or none can match.",
    );
  });
});

describe("nested lists", () => {
  it("cuts per parent, not over all parents", async () => {
    const rows = await farm.on("turbine", { rootPage: 10, setPage: 7 }).list({
      select: { blades: { select: { isDamaged: true }, sort: [{ externalId: "desc" }], limit: 2 } },
      sort: [{ name: "asc" }],
    });
    expect(rows.map(({ blades }) => ids(blades as never))).toEqual(named.map((id) => [`${id}-3`, `${id}-2`]));
    expect(rows[0]).toEqual({
      space: "data",
      externalId: "T01",
      blades: [
        { space: "data", externalId: "T01-3", isDamaged: false },
        { space: "data", externalId: "T01-2", isDamaged: false },
      ],
    });
  });

  it("takes one request where everything fits a page, whatever the number of rows", async () => {
    const { requests, value } = await counted(() =>
      farm
        .on("turbine")
        .list({ select: { name: true, farm: { select: { name: true } }, blades: {}, metmasts: { edge: true } } }),
    );
    expect(value).toHaveLength(25);
    expect(requests).toBe(1);
  });

  it("E67: gives a node once per parent, and edges each", async () => {
    const [row] = await farm.on("turbine").list({
      where: { externalId: "T01" },
      select: { metmasts: { sort: [{ height: "desc" }] } },
    });
    expect(ids(row?.["metmasts"] as never)).toEqual(["M2", "M1"]);
    const [pairs] = await farm.on("turbine").list({
      where: { externalId: "T01" },
      select: {
        metmasts: {
          edge: { select: { distance: true } },
          node: { select: { height: true }, sort: [{ height: "asc" }] },
        },
      },
    });
    const all = pairs?.["metmasts"] as { edge: { distance: number | null }; node: { height: number } }[];
    const shown = all.map(({ edge: own, node: far }) => [own.distance, far.height]);
    expect(shown).toEqual([
      [5, 1],
      [7, 1],
      [null, 2],
    ]);
  });

  it("keeps the order of a sort where the edges of one node come in several pages", async () => {
    for (const setPage of [1, 2, 3]) {
      const [row] = await farm.on("turbine", { setPage }).list({
        where: { externalId: "T01" },
        select: { metmasts: { select: { height: true }, sort: [{ height: "desc" }] } },
      });
      expect(ids(row?.["metmasts"] as never)).toEqual(["M2", "M1"]);
    }
  });

  it("lets the service cut edges per node where only their ids are read", async () => {
    const list = farm
      .on("turbine")
      .list({ where: { externalId: "T01" }, select: { metmasts: { edge: true, limit: 2 } } });
    const [row] = await list;
    expect(row?.["metmasts"]).toHaveLength(2);
    expect(JSON.stringify(await list.explain())).toContain('"limitEach":2');
  });

  it("reads what one request has no room for, in as many requests as there are chunks of parents", async () => {
    const { value, requests } = await counted(() =>
      farm.on("turbine", { sets: 1, chunk: 10 }).list({ select: { farm: { select: { name: true } }, blades: true } }),
    );
    expect(value[24]).toMatchObject({ farm: { name: "Horns" }, blades: [{}, {}, {}] });
    expect(requests).toBe(1 + 1 + 3);
  });

  it("E71: a single edge is one value, null where there is none", async () => {
    const rows = await farm
      .on("turbine")
      .list({ select: { gateway: { select: { height: true } } }, sort: [{ name: "asc" }], limit: 2 });
    expect(rows.map(({ gateway }) => gateway)).toEqual([{ ...ref("M2"), height: 2 }, null]);
  });

  it("the same node met twice along one relation is the same data, in whatever answers it came", async () => {
    const rows = await farm.on("turbine").list({ select: { farm: {} }, limit: 2 });
    expect(rows[0]?.["farm"]).toBe(rows[1]?.["farm"]);
    const chunks = await farm
      .on("turbine", { sets: 1, chunk: 1 })
      .list({ select: { farm: { select: { name: true } } } });
    expect(new Set(chunks.map((row) => row["farm"])).size).toBe(1);
    const pages = await farm.on("metmast", { setPage: 1 }).list({
      select: { turbines: { select: { farm: { select: { name: true } } } } },
    });
    const met = pages.flatMap(({ turbines }) => turbines as { farm: unknown }[]);
    expect(met).toHaveLength(2);
    expect(new Set(met).size).toBe(1);
    const deep = await farm.on("farm", { setPage: 2 }).list({
      select: { turbines: { select: { farm: { select: { name: true } } } } },
    });
    const farms = deep.flatMap(({ turbines }) => (turbines as { farm: unknown }[]).map((one) => one.farm));
    expect(farms).toHaveLength(25);
    expect(new Set(farms).size).toBe(1);
  });
});

describe("retrieve", () => {
  it("E113, E116: one or undefined for one id, found ones in order for many", async () => {
    const turbine = farm.on("turbine");
    expect(await turbine.retrieve("T01")).toMatchObject({ externalId: "T01", capacity: 0, farm: ref("F1") });
    expect(await turbine.retrieve("none")).toBeUndefined();
    expect(await turbine.retrieve("F1")).toBeUndefined();
    expect(ids(await turbine.retrieve(["T03", ref("none"), ref("T01"), "T03"]))).toEqual(["T03", "T01"]);
    expect(await turbine.retrieve([])).toEqual([]);
  });

  it("reads selections by id, in chunks", async () => {
    const { value, requests } = await counted(() =>
      farm.on("turbine", { chunk: 4 }).retrieve([...named].reverse(), { select: { name: true, blades: true } }),
    );
    expect(ids(value)).toEqual([...named].reverse());
    expect(value[0]?.["blades"]).toHaveLength(3);
    expect(requests).toBe(7);
  });

  it("refuses what is no id", async () => {
    await expect(farm.on("turbine").retrieve([5 as never])).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    await expect(farm.on("turbine").retrieve(undefined as never)).rejects.toThrow(
      "An id of view s/Turbine@v1 must be a string or { space, externalId }, got undefined.",
    );
  });

  it("takes a text for no list of ids or items", async () => {
    farm.requests.length = 0;
    const turbine = farm.on("turbine");
    await expect(turbine.delete("T01" as never)).rejects.toThrow(
      "What is deleted of view s/Turbine@v1 must be an array of ids or { where }, got a string.",
    );
    await expect(turbine.upsert({ externalId: "T01" } as never)).rejects.toThrow(
      "What is written through view s/Turbine@v1 must be an array, got an object.",
    );
    await expect(turbine.delete(["T01"], { recusive: {} } as never)).rejects.toThrow("'recusive' is not an option");
    await expect(turbine.upsert([], { mdoe: "replace" } as never)).rejects.toThrow("Did you mean 'mode'?");
    expect(farm.requests).toHaveLength(0);
  });
});

describe("bounds", () => {
  it("QUERY.UNBOUNDED: an awaited list without a limit ends past 10,000 rows; streams and limits do not", async () => {
    const big = startFarm();
    await big.write(Array.from({ length: 10_001 }, (_, index) => node("metmast", `M${index}`)));
    await expect(big.on("metmast").list()).rejects.toMatchObject({ code: "QUERY.UNBOUNDED", message: /10,000/ });
    expect(await big.on("metmast").list({ limit: Number.POSITIVE_INFINITY })).toHaveLength(10_001);
    expect(await big.on("metmast").list({ limit: 20_000 })).toHaveLength(10_001);
    let streamed = 0;
    for await (const _ of big.on("metmast").list()) streamed += 1;
    expect(streamed).toBe(10_001);
  });
});
