import { readFileSync } from "node:fs";
import { InfiniteQueryObserver, MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { deleteOptions, listOptions, pagesOptions, retrieveOptions, upsertOptions, viewKey } from "pygen/react";
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
  return vi.waitFor(check, { timeout: 15_000 });
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

  it("is not made of what is no handle", () => {
    expect(() => viewKey({})).toThrow(expect.objectContaining({ code: "QUERY.INVALID_VALUE" }));
    expect(() => listOptions({ view: {} } as never)).toThrow("listOptions() needs the handle of a bound view.");
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
