import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { RowPage, UpsertResult } from "pygen";
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
import { describe, expectTypeOf, it } from "vitest";
import type { WindFarm } from "../../examples/windfarm/sdk/index.js";

declare const wind: WindFarm<{ readonly space: string }>;
declare const cache: QueryClient;

interface Named {
  readonly space: string;
  readonly externalId: string;
  readonly name: string | null;
}

describe("options of queries", () => {
  it("give rows typed by what is selected, to hooks and to the cache", () => {
    const options = listOptions(wind.turbine, { select: { name: true } });
    expectTypeOf(useQuery(options).data).toEqualTypeOf<Named[] | undefined>();
    expectTypeOf(useSuspenseQuery(options).data).toEqualTypeOf<Named[]>();
    expectTypeOf(cache.getQueryData(options.queryKey)).toEqualTypeOf<Named[] | undefined>();
    expectTypeOf(cache.fetchQuery(options)).resolves.toEqualTypeOf<Named[]>();
    expectTypeOf(useQuery({ ...options, select: (rows) => rows.length }).data).toEqualTypeOf<number | undefined>();
  });

  it("give one instance or null for an id, and an array for several", () => {
    const select = { name: true } as const;
    expectTypeOf(useQuery(retrieveOptions(wind.turbine, "T1", { select })).data).toEqualTypeOf<
      Named | null | undefined
    >();
    expectTypeOf(useQuery(retrieveOptions(wind.turbine, ["T1"], { select })).data).toEqualTypeOf<Named[] | undefined>();
  });

  it("give pages of rows", () => {
    const options = pagesOptions(wind.turbine, { select: { name: true }, pageSize: 25 });
    expectTypeOf(useInfiniteQuery(options).data?.pages).toEqualTypeOf<RowPage<Named>[] | undefined>();
    expectTypeOf(cache.getQueryData(options.queryKey)?.pages).toEqualTypeOf<RowPage<Named>[] | undefined>();
  });

  it("give what searches, aggregates, counts and relations give", () => {
    const select = { name: true } as const;
    expectTypeOf(useQuery(searchOptions(wind.turbine, "a", { select })).data?.items).toEqualTypeOf<
      readonly Named[] | undefined
    >();
    const { data: sums } = useQuery(aggregateOptions(wind.turbine, { count: true, sum: { capacity: true } }));
    expectTypeOf(sums?.count).toEqualTypeOf<number | undefined>();
    expectTypeOf(sums?.sum.capacity).toEqualTypeOf<number | null | undefined>();
    const groups = aggregateOptions(wind.turbine, { groupBy: ["farm"], histogram: { capacity: 5 } });
    const group = cache.getQueryData(groups.queryKey)?.items[0];
    expectTypeOf(group?.group.farm?.externalId).toEqualTypeOf<string | undefined>();
    expectTypeOf(group?.histogram.capacity[0]?.start).toEqualTypeOf<number | undefined>();
    expectTypeOf(useQuery(countOptions(wind.blade, { where: { isDamaged: true } })).data).toEqualTypeOf<
      number | undefined
    >();
    expectTypeOf(useQuery(relatedOptions(wind.turbine, "T1", "blades", { select })).data).toEqualTypeOf<
      readonly { readonly space: string; readonly externalId: string; readonly name: string }[] | undefined
    >();
    expectTypeOf(useQuery(relatedOptions(wind.turbine, ["T1"], "farm", { select })).data?.[0]).toExtend<
      { readonly name: string | null } | null | undefined
    >();
  });

  it("refuse what those refuse", () => {
    // @ts-expect-error no text
    searchOptions(wind.turbine, "a", { properties: ["capacity"] });
    // @ts-expect-error not numeric
    aggregateOptions(wind.turbine, { sum: { name: true } });
    // @ts-expect-error one cannot group by it
    aggregateOptions(wind.turbine, { groupBy: ["blades"] });
    // @ts-expect-error counts have no order
    countOptions(wind.turbine, { sort: [{ name: "asc" }] });
    // @ts-expect-error no relation
    relatedOptions(wind.turbine, "T1", "name");
    // @ts-expect-error a deep typo
    relatedOptions(wind.turbine, "T1", "blades", { select: { isDamagd: true } });
    // @ts-expect-error signals come from the library
    searchOptions(wind.turbine, "a", { signal: AbortSignal.abort() });
  });

  it("refuse what lists refuse, and a signal, which is the library's to give", () => {
    // @ts-expect-error 'nmae' is not a property
    listOptions(wind.turbine, { select: { nmae: true } });
    // @ts-expect-error the operator is not one of text
    listOptions(wind.turbine, { where: { name: { contains: "T" } } });
    // @ts-expect-error a deep typo
    pagesOptions(wind.turbine, { select: { blades: { select: { isDamagd: true } } } });
    // @ts-expect-error signals come from the library
    listOptions(wind.turbine, { signal: AbortSignal.abort() });
    // @ts-expect-error of another kind
    retrieveOptions(wind.turbine, 5);
  });
});

describe("options of mutations", () => {
  it("take what the handle takes, and give what it gives", () => {
    const upsert = useMutation(upsertOptions(wind.blade));
    expectTypeOf(upsert.data).toEqualTypeOf<UpsertResult | undefined>();
    upsert.mutate([{ externalId: "B1", name: "a", position: 1 }]);
    // @ts-expect-error the position is required
    upsert.mutate([{ externalId: "B1", name: "a" }]);
    const remove = useMutation(deleteOptions(wind.turbine, { recursive: { blades: true } }));
    remove.mutate(["T1"]);
    remove.mutate({ where: { capacity: { lt: 1 } } });
    // @ts-expect-error there is no such relation
    deleteOptions(wind.turbine, { recursive: { wings: true } });
  });

  it("leave the callbacks to the application", () => {
    useMutation({
      ...upsertOptions(wind.blade),
      onSuccess: (result) => expectTypeOf(result).toEqualTypeOf<UpsertResult>(),
    });
    expectTypeOf(cache.invalidateQueries({ queryKey: viewKey(wind.blade) })).resolves.toBeVoid();
  });
});
