import { readFileSync } from "node:fs";
import { InfiniteQueryObserver, MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import {
  aggregateOptions,
  countOptions,
  deleteOptions,
  listOptions,
  pagesOptions,
  relatedOptions,
  retrieveOptions,
  searchOptions,
  upsertOptions,
  viewKey,
} from "pygen/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type WindFarm, windFarm } from "../../examples/windfarm/sdk/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { PygenClient, token } from "../../src/index.js";

const model: unknown = JSON.parse(readFileSync(new URL("../../examples/windfarm/model.json", import.meta.url), "utf8"));

/** Requests that reached the service. */
const requests: Request[] = [];
/** Holds answers back until it is called. */
let hold: Promise<void> | undefined;
let wind: WindFarm<{ readonly space: string }>;
let cache: QueryClient;
const undo: (() => void)[] = [];

const clientOf = (project: string): PygenClient => {
  const emulator = createEmulator({ project });
  emulator.load(model as never, { global: false });
  emulator.load({ spaces: [{ space: "data" }] }, { global: false });
  return new PygenClient({
    baseUrl: "http://emulator",
    project,
    application: "tests",
    credentials: token("any"),
    retry: { attempts: 1 },
    fetch: async (request) => {
      requests.push(request);
      await hold;
      return emulator.fetch(request);
    },
  });
};

beforeEach(async () => {
  hold = undefined;
  wind = windFarm(clientOf("acme"), { space: "data" });
  await wind.upsert({
    farm: [{ externalId: "F1", name: "Horns", country: "DK" }],
    metmast: [{ externalId: "M1", name: "Mast", height: 80 }],
    turbine: Array.from({ length: 7 }, (_, index) => ({
      externalId: `T${index + 1}`,
      name: `T${index + 1}`,
      farm: "F1",
      blades: [{ externalId: `B${index + 1}`, name: "a", position: 1 }],
    })),
  });
  requests.length = 0;
  cache = new QueryClient();
  cache.mount();
});

afterEach(() => {
  for (const one of undo.splice(0)) one();
  cache.clear();
  cache.unmount();
});

/** Waits as long as it takes: tests share their machine. */
function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 60_000 });
}

/** Looks at a query as a component does. */
function look<Data>(options: ConstructorParameters<typeof QueryObserver<Data>>[1]): QueryObserver<Data> {
  const observer = new QueryObserver<Data>(cache, options);
  undo.push(observer.subscribe(() => {}));
  return observer;
}

async function settled<Data>(observer: QueryObserver<Data>): Promise<Data | undefined> {
  await until(() => expect(observer.getCurrentResult().fetchStatus).toBe("idle"));
  return observer.getCurrentResult().data;
}

describe("listOptions", () => {
  it("reads the rows once for all that ask the same, whatever the order of keys", async () => {
    const one = look(listOptions(wind.turbine, { where: { name: { gte: "T6", lte: "T9" } }, limit: 5 }));
    const two = look(listOptions(wind.turbine, { limit: 5, where: { name: { lte: "T9", gte: "T6" } } }));
    const rows = await settled(one);
    expect(rows?.map(({ externalId }) => externalId)).toEqual(["T6", "T7"]);
    expect(await settled(two)).toBe(rows);
    expect(requests).toHaveLength(1);
  });

  it("ends with the query's own error, which it does not try again", async () => {
    const observer = look(listOptions(wind.turbine, { where: { nmae: "T1" } as never }));
    await settled(observer);
    expect(observer.getCurrentResult().error).toMatchObject({ code: "QUERY.UNKNOWN_PROPERTY" });
    expect(observer.getCurrentResult().failureCount).toBe(1);
  });

  it("stops its requests when nobody looks any more", async () => {
    let release = (): void => {};
    hold = new Promise((resolve) => {
      release = resolve;
    });
    look(listOptions(wind.turbine));
    await until(() => expect(requests).toHaveLength(1));
    expect(requests[0]?.signal.aborted).toBe(false);
    undo.pop()?.();
    await until(() => expect(requests[0]?.signal.aborted).toBe(true));
    release();
  });
});

describe("a key", () => {
  const hashOf = (options: { readonly queryKey: readonly unknown[] }): string | undefined =>
    cache.getQueryCache().build(cache, { queryKey: options.queryKey }).queryHash;

  it("is another one for another view, call, space or project, and for what differs in a value alone", () => {
    const since = (value: Date | string) => listOptions(wind.turbine, { where: { installedAt: { gte: value } } });
    const odd = (value: unknown) =>
      listOptions(wind.turbine, { where: { $raw: JSON.parse(`{"__proto__":${value}}`) } });
    const different = [
      listOptions(wind.turbine),
      listOptions(wind.farm),
      pagesOptions(wind.turbine),
      retrieveOptions(wind.turbine, "T1"),
      retrieveOptions(wind.turbine, ["T1"]),
      listOptions(windFarm(clientOf("acme"), { space: "other" }).turbine),
      listOptions(windFarm(clientOf("acme")).turbine),
      listOptions(windFarm(clientOf("emca"), { space: "data" }).turbine),
      listOptions(wind.turbine, { limit: 1 }),
      countOptions(wind.turbine),
      countOptions(wind.turbine, { limit: 1 }),
      searchOptions(wind.turbine, "T1"),
      searchOptions(wind.turbine, "T2"),
      aggregateOptions(wind.turbine, { count: true }),
      aggregateOptions(wind.turbine, { groupBy: ["farm", "name"] }),
      aggregateOptions(wind.turbine, { groupBy: ["name", "farm"] }),
      aggregateOptions(wind.turbine, { histogram: { capacity: 5 } }),
      aggregateOptions(wind.turbine, { histogram: { capacity: 6 } }),
      relatedOptions(wind.turbine, "T1", "blades"),
      relatedOptions(wind.turbine, ["T1"], "blades"),
      relatedOptions(wind.turbine, "T1", "farm"),
      relatedOptions(wind.turbine, "T1", "blades", { limit: 1 }),
      listOptions(wind.turbine, { limit: Number.POSITIVE_INFINITY }),
      listOptions(wind.turbine, { sort: [{ name: "asc" }, { capacity: "asc" }] }),
      listOptions(wind.turbine, { sort: [{ capacity: "asc" }, { name: "asc" }] }),
      listOptions(wind.turbine, { where: { energyTotal: 5n as never } }),
      since(new Date(0)),
      since(new Date(1)),
      odd(1),
      odd(2),
    ];
    expect(new Set(different.map(hashOf)).size).toBe(different.length);
    expect(hashOf(since(new Date(0)))).toBe(hashOf(since("1970-01-01T00:00:00.000Z")));
    expect(hashOf(listOptions(wind.turbine, { where: undefined } as object))).toBe(hashOf(listOptions(wind.turbine)));
  });

  it("names every view that is read: through relations in selections and conditions, and of edges", () => {
    const views = ({ queryKey }: { readonly queryKey: readonly unknown[] }): string[] =>
      Object.keys((queryKey[1] as { readonly views: object }).views).map((id) => id.replace(/^wind\/(\w+)@v1$/, "$1"));
    expect(views(listOptions(wind.turbine))).toEqual(["Turbine"]);
    expect(views(listOptions(wind.turbine, { select: { name: true, farm: true } }))).toEqual(["Turbine"]);
    const nested = listOptions(wind.farm, {
      where: { turbines: { some: { nacelle: { some: { name: "x" } } } } },
      select: { turbines: { select: { metmasts: { edge: { select: { distance: true } }, node: true } } } },
    } as never);
    expect(views(nested)).toEqual(["Distance", "Farm", "Metmast", "Nacelle", "Turbine"]);
    const unknown = listOptions(wind.turbine, { select: { activities: true } });
    expect(views(unknown)).toEqual(["cdf_cdm/CogniteActivity@v1", "Turbine"]);
  });

  it("names the views that relations lead to, where only those are read", () => {
    const views = ({ queryKey }: { readonly queryKey: readonly unknown[] }): string[] =>
      Object.keys((queryKey[1] as { readonly views: object }).views);
    expect(views(relatedOptions(wind.turbine, "T1", "blades"))).toEqual(["wind/Blade@v1", "wind/Turbine@v1"]);
    expect(views(searchOptions(wind.turbine, "a", { select: { blades: true } }))).toContain("wind/Blade@v1");
    const where = { blades: { some: { isDamaged: true } } };
    expect(views(countOptions(wind.turbine, { where }))).toContain("wind/Blade@v1");
    expect(views(aggregateOptions(wind.turbine, { count: true, where }))).toContain("wind/Blade@v1");
  });

  it("is not made of what is no handle", () => {
    expect(() => viewKey({})).toThrow(expect.objectContaining({ code: "QUERY.INVALID_VALUE" }));
    expect(() => listOptions({ view: {} } as never)).toThrow("listOptions() needs the handle of a bound view.");
  });
});

describe("options of other reads", () => {
  it("search, with what is selected", async () => {
    const options = searchOptions(wind.turbine, "T3", { properties: ["name"], select: { name: true } });
    expect(await cache.fetchQuery(options)).toEqual({
      items: [{ space: "data", externalId: "T3", name: "T3" }],
      truncated: false,
    });
  });

  it("aggregate, by groups and in histograms", async () => {
    const byFarm = await cache.fetchQuery(aggregateOptions(wind.turbine, { count: true, groupBy: ["farm"] }));
    expect(byFarm).toEqual({
      items: [{ group: { farm: { space: "data", externalId: "F1" } }, count: 7 }],
      truncated: false,
    });
    const histogram = await cache.fetchQuery(aggregateOptions(wind.blade, { histogram: { position: 1 } }));
    expect(histogram.histogram.position).toEqual([{ start: 1, count: 7 }]);
  });

  it("count, without reading rows", async () => {
    expect(await cache.fetchQuery(countOptions(wind.turbine, { where: { name: { gte: "T5" } } }))).toBe(3);
    expect(requests.map(({ url }) => new URL(url).pathname.split("/").at(-1))).toEqual(["aggregate"]);
  });

  it("read relations of one and of several, those of one turn together", async () => {
    const select = { name: true } as const;
    const [one, several, farm] = await Promise.all([
      cache.fetchQuery(relatedOptions(wind.turbine, "T1", "blades", { select })),
      cache.fetchQuery(relatedOptions(wind.turbine, ["T2", "none"], "blades", { select })),
      cache.fetchQuery(relatedOptions(wind.turbine, "T1", "farm", { select })),
    ]);
    expect(one).toEqual([{ space: "data", externalId: "B1", name: "a" }]);
    expect(several).toEqual([[{ space: "data", externalId: "B2", name: "a" }], []]);
    expect(farm).toEqual({ space: "data", externalId: "F1", name: "Horns" });
    expect(requests.length).toBeLessThanOrEqual(2);
  });

  it("stop, and fail with the query's own error", async () => {
    await expect(
      cache.fetchQuery(aggregateOptions(wind.turbine, { sum: { name: true } } as never)),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^QUERY\./) });
    hold = new Promise(() => {});
    look(countOptions(wind.turbine));
    await until(() => expect(requests).toHaveLength(1));
    undo.pop()?.();
    await until(() => expect(requests[0]?.signal.aborted).toBe(true));
  });

  it("are read again when what they read is written", async () => {
    const count = look(countOptions(wind.blade));
    const blades = look(relatedOptions(wind.turbine, "T1", "blades"));
    expect(await settled(count)).toBe(7);
    expect(await settled(blades)).toHaveLength(1);
    const write = new MutationObserver(cache, upsertOptions(wind.blade));
    await write.mutate([{ externalId: "B9", name: "b", position: 2, turbine: "T1" }]);
    await until(() => expect(count.getCurrentResult().data).toBe(8));
    await until(() => expect(blades.getCurrentResult().data).toHaveLength(2));
  });
});

describe("pagesOptions", () => {
  it("reads page by page, each with one request and none ahead of it, up to the limit", async () => {
    const options = pagesOptions(wind.turbine, {
      select: { name: true },
      sort: [{ name: "asc" }],
      limit: 6,
      pageSize: 2,
    });
    const observer = new InfiniteQueryObserver(cache, options);
    undo.push(observer.subscribe(() => {}));
    await until(() => expect(observer.getCurrentResult().data?.pages).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(requests).toHaveLength(1);
    expect(observer.getCurrentResult().hasNextPage).toBe(true);
    await observer.fetchNextPage();
    await observer.fetchNextPage();
    const { data, hasNextPage } = observer.getCurrentResult();
    expect(data?.pages.map(({ items }) => items.map(({ name }) => name))).toEqual([
      ["T1", "T2"],
      ["T3", "T4"],
      ["T5", "T6"],
    ]);
    expect(hasNextPage).toBe(false);
    expect(requests).toHaveLength(3);
  });
});

describe("retrieveOptions", () => {
  it("gives one instance, null where there is none, and of several those that are there", async () => {
    const select = { farm: { select: { name: true } } } as const;
    expect(await cache.fetchQuery(retrieveOptions(wind.turbine, "T2", { select }))).toEqual({
      space: "data",
      externalId: "T2",
      farm: { space: "data", externalId: "F1", name: "Horns" },
    });
    expect(await cache.fetchQuery(retrieveOptions(wind.turbine, "none"))).toBeNull();
    const some = await cache.fetchQuery(retrieveOptions(wind.turbine, ["none", "T3"]));
    expect(some.map(({ externalId }) => externalId)).toEqual(["T3"]);
  });
});

describe("upsertOptions and deleteOptions", () => {
  const names = { select: { name: true } } as const;
  const mutate = <Variables, Data>(
    options: ConstructorParameters<typeof MutationObserver<Data, Error, Variables>>[1],
    variables: Variables,
  ): Promise<Data> => new MutationObserver<Data, Error, Variables>(cache, options).mutate(variables);

  it("are done when what reads the views that were written is current, once, and leave the rest alone", async () => {
    const lists = [
      look(listOptions(wind.blade, names)),
      look(listOptions(wind.turbine, { select: { name: true, blades: { select: { name: true } } }, limit: 1 })),
      look(listOptions(wind.metmast, names)),
    ] as const;
    await Promise.all(lists.map((one) => settled<unknown>(one as never)));
    requests.length = 0;
    const { counts } = await mutate(upsertOptions(wind.blade), [{ externalId: "B1", name: "new", position: 1 }]);
    expect(counts.updated).toBe(1);
    const [blades, turbines] = lists;
    expect(blades.getCurrentResult().data?.[0]?.name).toBe("new");
    expect(turbines.getCurrentResult().data?.[0]?.blades[0]?.name).toBe("new");
    // The write, and one read of each of the two.
    expect(requests).toHaveLength(3);
  });

  it("count items nested in others as written", async () => {
    const blades = look(listOptions(wind.blade, names));
    await settled(blades);
    const item = { externalId: "T1", name: "T1", blades: [{ externalId: "B9", name: "ninth", position: 2 }] };
    await mutate(upsertOptions(wind.turbine), [item]);
    expect(blades.getCurrentResult().data?.map(({ name }) => name)).toContain("ninth");
    const masts = look(listOptions(wind.metmast, names));
    await settled(masts);
    const nested = wind.metmast.nested({ externalId: "M9", name: "far" });
    await mutate(upsertOptions(wind.turbine), [{ externalId: "T1", name: "T1", parent: nested }]);
    expect(masts.getCurrentResult().data?.map(({ name }) => name)).toContain("far");
  });

  it("read again after a failure too: some may have been written", async () => {
    const blades = look(listOptions(wind.blade, names));
    await settled(blades);
    requests.length = 0;
    const wrong = mutate(upsertOptions(wind.blade), [{ externalId: "B1", name: 5 as never, position: 1 }]);
    await expect(wrong).rejects.toMatchObject({ code: expect.any(String) });
    expect(requests.map(({ url }) => new URL(url).pathname.split("/").at(-1))).toContain("query");
  });

  it("delete with relations reads the views of those again", async () => {
    const blades = look(listOptions(wind.blade, names));
    const turbines = look(listOptions(wind.turbine, names));
    await Promise.all([settled(blades), settled(turbines)]);
    const { deleted } = await mutate(deleteOptions(wind.turbine, { recursive: { blades: true } }), ["T1"]);
    expect(deleted).toHaveLength(2);
    expect(blades.getCurrentResult().data).toHaveLength(6);
    expect(turbines.getCurrentResult().data).toHaveLength(6);
  });

  it("viewKey marks by hand what reads a view, also through others", async () => {
    const turbines = look(listOptions(wind.turbine, { select: { blades: true } }));
    const farms = look(listOptions(wind.farm));
    await Promise.all([settled<unknown>(turbines as never), settled<unknown>(farms as never)]);
    requests.length = 0;
    await cache.invalidateQueries({ queryKey: viewKey(wind.blade) });
    expect(requests).toHaveLength(1);
    expect(turbines.getCurrentResult().data).toHaveLength(7);
  });
});
