import { describe, expectTypeOf, it } from "vitest";
import type { NodeView } from "../../src/runtime/types/markers.js";
import type { Result } from "../../src/runtime/types/result.js";
import type { Sort } from "../../src/runtime/types/sort.js";
import type { BigintCondition, Where } from "../../src/runtime/types/where.js";
import type { Write } from "../../src/runtime/types/write.js";

interface Signal extends NodeView<"s/Signal@v1"> {
  key: bigint;
  other: bigint | null;
  keys: bigint[] | null;
  level: number;
}
type Scope = { readonly space: "s"; readonly views: "s/Signal@v1" };

describe("E104: int64 properties as bigint", () => {
  it("are read as bigint", () => {
    expectTypeOf<Result<Signal>["key"]>().toEqualTypeOf<bigint>();
    expectTypeOf<Result<Signal, { other: true; keys: true }>["other"]>().toEqualTypeOf<bigint | null>();
    expectTypeOf<Result<Signal>["keys"]>().toEqualTypeOf<bigint[] | null>();
  });

  it("are compared with bigint", () => {
    expectTypeOf<Where<Signal, Scope>["key"]>().toEqualTypeOf<bigint | BigintCondition | null | undefined>();
    expectTypeOf<{ key: { gte: 5n; in: [1n] }; keys: { containsAny: [1n] } }>().toExtend<Where<Signal, Scope>>();
    expectTypeOf<{ key: 5 }>().not.toExtend<Where<Signal, Scope>>();
    expectTypeOf<{ key: { gte: 5 } }>().not.toExtend<Where<Signal, Scope>>();
    expectTypeOf<{ key: { prefix: "5" } }>().not.toExtend<Where<Signal, Scope>>();
    expectTypeOf<{ level: 5n }>().not.toExtend<Where<Signal, Scope>>();
  });

  it("are sorted by, and written as bigint", () => {
    expectTypeOf<[{ key: "asc" }]>().toExtend<Sort<Signal>>();
    expectTypeOf<Write<Signal, Scope>["key"]>().toEqualTypeOf<bigint>();
    expectTypeOf<Write<Signal, Scope>["keys"]>().toEqualTypeOf<readonly bigint[] | null | undefined>();
  });
});
