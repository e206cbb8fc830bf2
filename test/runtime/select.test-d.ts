import { describe, expectTypeOf, it } from "vitest";
import type { JsonObject, NodeReference } from "../../src/models/index.js";
import type {
  DateString,
  Direct,
  Edge,
  EdgeView,
  Enum,
  FileReference,
  NodeView,
  Reverse,
} from "../../src/runtime/types/markers.js";
import type { Result } from "../../src/runtime/types/result.js";
import type { GuardSelect, Select } from "../../src/runtime/types/select.js";
import type { Sort } from "../../src/runtime/types/sort.js";
import type { Where } from "../../src/runtime/types/where.js";
import type { Write } from "../../src/runtime/types/write.js";

interface Distance extends EdgeView<"w/Distance@v1"> {
  distance: number | null;
}
interface Metmast extends NodeView<"w/Metmast@v1"> {
  height: number | null;
  name: string;
}
interface Farm extends NodeView<"w/Farm@v1"> {
  name: string;
  turbines: Reverse<Turbine>[];
}
interface Blade extends NodeView<"w/Blade@v1"> {
  name: string | null;
  isDamaged: boolean;
  turbine: Direct<Turbine> | null;
}
interface Turbine extends NodeView<"w/Turbine@v1", { optional: "isActive"; readOnly: "path" }> {
  name: string;
  capacity: number | null;
  isActive: boolean;
  path: Direct<Turbine>[] | null;
  tags: string[] | null;
  installedAt: Date | null;
  serviceDate: DateString | null;
  status: Enum<"running" | "stopped"> | null;
  metadata: JsonObject | null;
  manual: FileReference | null;
  farm: Direct<Farm> | null;
  owner: Direct | null;
  blades: Reverse<Blade>[];
  metmasts: Edge<Metmast, Distance>[];
  gateway: Edge<Metmast> | null;
}
type All = { space: string; views: string };
type Some = { space: undefined; views: "w/Turbine@v1" | "w/Blade@v1" };

declare function list<const S extends Select<Turbine, All> = never>(args?: {
  select?: S & GuardSelect<Turbine, S>;
  where?: Where<Turbine, All>;
  sort?: Sort<Turbine>;
}): Result<Turbine, S>;
declare function some<const S extends Select<Turbine, Some> = never>(args?: {
  select?: S & GuardSelect<Turbine, S>;
}): Result<Turbine, S>;
declare function someOf(args: { where: Where<Turbine, Some> }): void;
declare function write(item: Write<Turbine, All>): void;

describe("select", () => {
  it("types", () => {
    const r = list({
      select: {
        name: true,
        capacity: true,
        farm: { select: { name: true } },
        blades: { select: { isDamaged: true }, limit: 3, sort: [{ name: "asc" }] },
        metmasts: { edge: { select: { distance: true } }, node: { select: { height: true } }, limit: 3 },
      },
    });
    expectTypeOf(r.name).toEqualTypeOf<string>();
    expectTypeOf(r.metmasts[0]!.edge.distance).toEqualTypeOf<number | null>();
    expectTypeOf(r.metmasts[0]!.node.height).toEqualTypeOf<number | null>();
    expectTypeOf(r.farm!.name).toEqualTypeOf<string>();
    // @ts-expect-error not selected
    r.tags;
    const d = list();
    expectTypeOf(d.farm).toEqualTypeOf<NodeReference | null>();
    expectTypeOf(d.installedAt).toEqualTypeOf<Date | null>();
    // @ts-expect-error reverse relations are not read unless selected
    d.blades;
    const direct = list({
      select: { metmasts: { select: { name: true } }, gateway: true, blades: true, $version: true },
    });
    expectTypeOf(direct.metmasts).toEqualTypeOf<
      readonly { readonly space: string; readonly externalId: string; readonly name: string }[]
    >();
    expectTypeOf(direct.gateway).toEqualTypeOf<NodeReference | null>();
    expectTypeOf(direct.blades).toEqualTypeOf<readonly NodeReference[]>();
    expectTypeOf(direct.$version).toEqualTypeOf<number>();
  });
  it("what is selected only sometimes is there only sometimes", () => {
    const sometimes = Math.random() < 0.5;
    const spread = list({ select: { name: true, ...(sometimes ? { capacity: true, $version: true } : {}) } });
    expectTypeOf(spread).toEqualTypeOf<{
      readonly space: string;
      readonly externalId: string;
      readonly name: string;
      readonly capacity?: number | null;
      readonly $version?: number;
    }>();
    const either = list({ select: sometimes ? { name: true } : { farm: { select: { name: true } } } });
    expectTypeOf(either.name).toEqualTypeOf<string | undefined>();
    expectTypeOf(either.farm?.name).toEqualTypeOf<string | undefined>();
    const one = list({ select: { farm: sometimes ? true : { select: { name: true } } } });
    expectTypeOf(one.farm).toEqualTypeOf<
      NodeReference | { readonly space: string; readonly externalId: string; readonly name: string } | null
    >();
    // @ts-expect-error misspelt, if only sometimes
    list({ select: { name: true, ...(sometimes ? { nope: true } : {}) } });
    // @ts-expect-error misspelt in what is read only sometimes
    list({ select: { name: true, ...(sometimes ? { farm: { select: { nam: true } } } : {}) } });
  });
  it("errors", () => {
    // @ts-expect-error misspelt
    list({ select: { nope: true } });
    // @ts-expect-error misspelt
    list({ select: { name: true, nope: true } });
    // @ts-expect-error misspelt nested
    list({ select: { name: true, farm: { select: { name: true, nam: true } } } });
    // @ts-expect-error misspelt nested twice
    list({ select: { blades: { select: { turbine: { select: { name: true, nope: true } } } } } });
    // @ts-expect-error misspelt nested edge
    list({ select: { metmasts: { edge: { select: { distanc: true } } } } });
    // @ts-expect-error into unknown target
    list({ select: { owner: { select: { name: true } } } });
    // @ts-expect-error unbound
    some({ select: { farm: { select: { name: true } } } });
    some({ select: { farm: true, blades: { select: { name: true } } } });
    // @ts-expect-error
    list({ select: { farm: { select: { name: true }, limit: 3 } } });
    list({
      where: {
        capacity: { gte: 5 },
        farm: { is: { name: { prefix: "Horns" } } },
        status: "running",
        tags: { containsAny: ["a"] },
        serviceDate: { lt: "2020-01-01" },
        manual: "f",
        installedAt: { gt: new Date() },
        owner: { equals: "x" },
        metadata: { exists: true },
        isActive: false,
        name: null,
      },
    });
    // @ts-expect-error
    list({ where: { status: "runing" } });
    // @ts-expect-error
    list({ where: { capacity: { prefix: "x" } } });
    // @ts-expect-error
    list({ where: { serviceDate: { prefix: "x" } } });
    // @ts-expect-error
    list({ where: { farm: { is: { nme: "x" } } } });
    // @ts-expect-error
    list({ where: { nope: 1 } });
    list({ sort: [{ capacity: { order: "desc", nulls: "last" } }, { name: "asc" }] });
    // @ts-expect-error
    list({ sort: [{ tags: "asc" }] });
    // @ts-expect-error
    list({ sort: [{ metadata: "asc" }] });
    write({
      externalId: "a",
      name: "x",
      blades: [{ externalId: "b", isDamaged: false }, "c"],
      metmasts: ["m", { node: "x", edge: { distance: 3 } }],
      farm: { externalId: "f", name: "F" },
      status: "running",
      installedAt: "2020-01-01T00:00:00Z",
    });
    // @ts-expect-error name missing
    write({ externalId: "a" });
    // @ts-expect-error unlisted
    write({ externalId: "a", name: "n", status: "broken" });
    // @ts-expect-error read only
    write({ externalId: "a", name: "n", path: [] });
    // @ts-expect-error nested wrong
    write({ externalId: "a", name: "n", blades: [{ externalId: "b", isDamaged: 1 }] });
  });
  it("conditions on the other end of relations", () => {
    list({
      where: {
        blades: { some: { isDamaged: true, turbine: { is: { name: "a" } } } },
        metmasts: { some: { edge: { distance: { lt: 3 }, $startNode: "a" }, node: { height: { gte: 1 } } } },
        gateway: { some: { edge: { externalId: "e" } } },
        path: { some: { blades: { some: {} } }, containsAny: ["a"] },
        $not: { blades: { some: {} } },
        $id: { in: ["a", { space: "s", externalId: "b" }] },
        $hasData: [
          { space: "w", externalId: "Turbine", version: "v1" },
          { type: "container", space: "w", externalId: "T" },
        ],
        $overlaps: { start: "installedAt", end: "serviceDate", gte: new Date() },
      },
    });
    // @ts-expect-error misspelt at the other end
    list({ where: { blades: { some: { isDamagd: true } } } });
    // @ts-expect-error misspelt at the other end, twice
    list({ where: { blades: { some: { turbine: { is: { nam: "x" } } } } } });
    // @ts-expect-error a wrong value at the other end
    list({ where: { blades: { some: { isDamaged: "yes" } } } });
    // @ts-expect-error no operator of reverse relations
    list({ where: { blades: { is: {} } } });
    // @ts-expect-error reverse relations are not null
    list({ where: { blades: null } });
    // @ts-expect-error conditions on edges are of their view
    list({ where: { metmasts: { some: { edge: { height: 1 } } } } });
    // @ts-expect-error neither edge nor node
    list({ where: { metmasts: { some: { height: 1 } } } });
    // @ts-expect-error edges without properties
    list({ where: { gateway: { some: { edge: { distance: 1 } } } } });
    // @ts-expect-error text bounds nothing
    list({ where: { $overlaps: { start: "name", end: "installedAt" } } });
    // @ts-expect-error of edges only
    list({ where: { $startNode: "a" } });
    // @ts-expect-error ids take operators
    list({ where: { $id: "a" } });
    // @ts-expect-error not bound
    someOf({ where: { farm: { is: {} } } });
    someOf({ where: { blades: { some: { isDamaged: true } } } });
    // @ts-expect-error not bound
    someOf({ where: { metmasts: { some: { node: {} } } } });
  });
  it("a selection that is not known exactly gives what it may give", () => {
    const any: Select<Turbine, All> = { name: true };
    expectTypeOf(list({ select: any }).space).toEqualTypeOf<string>();
  });
});
