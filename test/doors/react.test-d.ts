import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { RowPage, UpsertResult } from "pygen";
import { deleteOptions, listOptions, pagesOptions, retrieveOptions, upsertOptions, viewKey } from "pygen/react";
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
