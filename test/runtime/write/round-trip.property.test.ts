import fc from "fast-check";
import { expect, it } from "vitest";
import { ref, startFarm } from "../farm.js";

interface Tree {
  readonly name: string;
  readonly capacity: number | undefined;
  readonly startedAt: Date | undefined;
  readonly tags: string[] | undefined;
  readonly farm: string | undefined;
  readonly blades: readonly boolean[];
  readonly masts: readonly { readonly distance: number | undefined; readonly height: number; readonly asId: boolean }[];
  readonly gateway: number | undefined;
  readonly similar: number;
  readonly next: Tree | undefined;
}

const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arb, { nil: undefined });
const number = fc.integer({ min: -9, max: 9 });
const level = (next: fc.Arbitrary<Tree | undefined>): fc.Arbitrary<Tree> =>
  fc.record({
    name: fc.string({ maxLength: 5 }),
    capacity: maybe(number),
    startedAt: maybe(fc.date({ min: new Date(0), max: new Date("2099-01-01"), noInvalidDate: true })),
    tags: maybe(fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 })),
    farm: maybe(fc.string({ maxLength: 3 })),
    blades: fc.array(fc.boolean(), { maxLength: 3 }),
    masts: fc.array(fc.record({ distance: maybe(number), height: number, asId: fc.boolean() }), { maxLength: 3 }),
    gateway: maybe(number),
    similar: fc.integer({ min: 0, max: 2 }),
    next,
  });
const tree: fc.Arbitrary<Tree> = level(maybe(level(maybe(level(fc.constant(undefined))))));

const near = { $type: ref("near", "s") };

/** What is written, what is to be written before it, and what is to be read: of ids that are all different. */
function written(given: Tree, id: string): { readonly item: object; readonly before: object[]; readonly row: object } {
  const inner = given.next && written(given.next, `${id}n`);
  const masts = given.masts.map((mast, index) => ({ ...mast, id: `${id}M${index}` }));
  const similar = Array.from({ length: given.similar }, (_, index) => ref(`${id}S${index}`));
  const item = {
    externalId: id,
    name: given.name,
    capacity: given.capacity,
    startedAt: given.startedAt,
    tags: given.tags,
    similar,
    blades: given.blades.map((isDamaged, index) => ({ externalId: `${id}B${index}`, isDamaged })),
    metmasts: masts.map(({ id: mast, distance, height, asId }) => ({
      edge: { distance },
      node: asId ? mast : { externalId: mast, height },
    })),
    ...(given.farm === undefined ? {} : { farm: { externalId: `${id}F`, name: given.farm } }),
    ...(given.gateway === undefined ? {} : { gateway: { externalId: `${id}G`, height: given.gateway } }),
    ...(inner === undefined ? {} : { next: inner.item }),
  };
  const row = {
    ...ref(id),
    name: given.name,
    capacity: given.capacity ?? null,
    startedAt: given.startedAt ?? null,
    tags: given.tags ?? null,
    similar,
    farm: given.farm === undefined ? null : { ...ref(`${id}F`), name: given.farm },
    blades: given.blades.map((isDamaged, index) => ({ ...ref(`${id}B${index}`), isDamaged })),
    metmasts: masts.map(({ id: mast, distance, height }) => ({
      edge: {
        ...ref(`${id}:${mast}:s/near`),
        ...near,
        $startNode: ref(id),
        $endNode: ref(mast),
        distance: distance ?? null,
      },
      node: { ...ref(mast), height },
    })),
    gateway: given.gateway === undefined ? null : { ...ref(`${id}G`), height: given.gateway },
    next: inner?.row ?? null,
  };
  const before = masts.flatMap(({ id: mast, height, asId }) => (asId ? [{ externalId: mast, height }] : []));
  return { item, before: [...before, ...(inner?.before ?? [])], row };
}

function select(depth: number): Readonly<Record<string, unknown>> {
  return {
    name: true,
    capacity: true,
    startedAt: true,
    tags: true,
    similar: true,
    farm: { select: { name: true } },
    blades: { select: { isDamaged: true }, sort: [{ externalId: "asc" }] },
    metmasts: {
      edge: { select: { distance: true } },
      node: { select: { height: true }, sort: [{ externalId: "asc" }] },
    },
    gateway: { select: { height: true } },
    ...(depth > 0 ? { next: { select: select(depth - 1) } } : {}),
  };
}

it("a nested read gives back what a nested write wrote, and writing it again changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 4 }), async (trees) => {
      const farm = startFarm();
      const all = trees.map((one, index) => written(one, `T${index}`));
      const before = all.flatMap((one) => one.before);
      await farm.on("metmast").upsert(before as never);
      const items = all.map(({ item }) => item as never);
      const { counts } = await farm.on("turbine").upsert(items);
      expect(counts).toMatchObject({ updated: 0, unchanged: 0, failed: 0 });
      const ids = all.map((_, index) => `T${index}`);
      const rows = await farm.on("turbine").retrieve(ids, { select: select(3) });
      expect(rows.map(withoutDeepest)).toEqual(all.map(({ row }) => row));
      const again = await farm.on("turbine").upsert(items);
      expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: counts.created });
      expect((await farm.on("turbine").upsert(items, { dryRun: true })).counts).toMatchObject({
        create: 0,
        update: 0,
        unchanged: counts.created,
      });
    }),
    { seed: 20261127, numRuns: Number(process.env["WRITE_RUNS"] ?? 12), endOnFailure: true },
  );
});

/** The select ends where no tree goes on. */
function withoutDeepest(row: Readonly<Record<string, unknown>>): object {
  const { next } = row;
  const inner = typeof next === "object" && next !== null ? withoutDeepest({ ...next }) : null;
  return { ...row, next: inner };
}
