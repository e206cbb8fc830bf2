import { expect, it } from "vitest";
import { costOf, typeCost } from "./type-cost.js";

it("the types of 50 queries cost the compiler no more in a model of 800 views than in one of 50", async () => {
  const [small, large] = [await typeCost(50), await typeCost(800)];
  expect(large.instantiations / small.instantiations).toBeLessThan(1.1);
  expect(large.megabytes).toBeLessThan(100);
  expect(large.megabytes / small.megabytes).toBeLessThan(1.5);
});

it("functions for any view cost the compiler little", async () => {
  const code = `
    import type { ListArgs, Scope, SearchArgs, ViewApi, Where } from "pygen";
    export const count = <T, C extends Scope>(handle: ViewApi<T, C>, where: Where<T, C>): Promise<number> =>
      handle.list({ where }).count();
    export const first = <T, C extends Scope>(handle: ViewApi<T, C>, args: ListArgs<T, C>): unknown =>
      handle.list(args).first();
    export const found = <T, C extends Scope>(handle: ViewApi<T, C>, args: SearchArgs<T, C, readonly string[]>): unknown =>
      handle.search("words", args);
    export function logged<T, C extends Scope>(handle: ViewApi<T, C>): ViewApi<T, C>["list"] {
      return (...args) => {
        console.log(args);
        return handle.list(...args);
      };
    }`;
  const { instantiations, megabytes } = await costOf(50, code);
  expect(instantiations).toBeLessThan(50_000);
  expect(megabytes).toBeLessThan(30);
});
