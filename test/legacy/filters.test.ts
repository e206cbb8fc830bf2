import fc from "fast-check";
import { bind, type ViewOf } from "pygen";
import { legacyClient } from "pygen/legacy";
import { beforeAll, describe, expect, it } from "vitest";
import type { LoadModel } from "../../src/emulator/index.js";
import { file, text } from "../ir/models.js";
import { clientOf } from "./client-of.js";
import { startWorld, type World } from "./wind.js";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

/** Filters of v1, each with the condition of today that means the same. */
const filters = fc.record(
  {
    minCapacity: fc.integer({ min: 0, max: 6 }),
    maxCapacity: fc.integer({ min: 0, max: 6 }),
    minBuildYear: fc.integer({ min: 2000, max: 2009 }),
    namePrefix: fc.constantFrom("A", "B", "C1", "x"),
    name: fc.oneof(fc.constantFrom("A0", "B7"), fc.subarray(["A0", "B1", "C2", "x"])),
    isActive: fc.boolean(),
    status: fc.oneof(fc.constantFrom("running", "stopped"), fc.subarray(["running", "stopped"])),
    farm: fc.oneof(fc.constantFrom("F0", "F1"), fc.subarray(["F0", "F1", "none"])),
    maxInstalledAt: fc.date({ min: new Date("2020-01-01"), max: new Date("2020-03-01"), noInvalidDate: true }),
    externalIdPrefix: fc.constantFrom("T", "T1"),
    limit: fc.integer({ min: 1, max: 40 }),
  },
  { requiredKeys: [] },
);

const conditions: Readonly<Record<string, (value: unknown) => readonly [string, object]>> = {
  minCapacity: (gte) => ["capacity", { gte }],
  maxCapacity: (lte) => ["capacity", { lte }],
  minBuildYear: (gte) => ["buildYear", { gte }],
  namePrefix: (prefix) => ["name", { prefix }],
  name: (value) => ["name", Array.isArray(value) ? { in: value } : { equals: value }],
  isActive: (equals) => ["isActive", { equals }],
  status: (value) => ["status", Array.isArray(value) ? { in: value } : { equals: value }],
  farm: (value) => ["farm", Array.isArray(value) ? { in: value } : { equals: value }],
  maxInstalledAt: (lte) => ["installedAt", { lte }],
  externalIdPrefix: (prefix) => ["externalId", { prefix }],
};

describe("filters of v1", () => {
  it("give the rows of the conditions of today, whatever is asked", async () => {
    await fc.assert(
      fc.asyncProperty(filters, async ({ limit, ...given }) => {
        const all = Object.entries(given).map(([name, value]) => {
          const [property, condition] = conditions[name]!(value);
          return { [property]: condition };
        });
        const today = await world.wind.turbine.list({ where: { $and: all }, limit: limit ?? 25 } as never);
        const rows = await world.v1.turbine.list({ ...given, ...(limit === undefined ? {} : { limit }) } as never);
        expect(rows.asExternalIds()).toEqual(today.map(({ externalId }) => externalId));
      }),
      { seed: 8, numRuns: 60 },
    );
  });
});

describe("properties with names that v1's arguments have", () => {
  const model = file({
    Hostile: {
      properties: {
        limit: { type: { type: "int32" } },
        sort: text,
        capacity: { type: { type: "int32" } },
        minCapacity: text,
        capacityPrefix: { type: { type: "int32" } },
      },
    },
  }) as LoadModel;
  const properties = JSON.parse(
    '{"limit":{"type":"int32"},"sort":{"type":"text"},"capacity":{"type":"int32"},"minCapacity":{"type":"text"},"capacityPrefix":{"type":"int32"}}',
  );
  const Hostile = { space: "s", externalId: "Hostile", version: "v1", instanceType: "node", properties } as const;

  const start = async () => {
    const client = clientOf(model);
    const sdk = bind(client, { hostile: Hostile as ViewOf<never> }, { space: "data" });
    await sdk.hostile.upsert([
      { externalId: "a", limit: 1, sort: "x", capacity: 1, minCapacity: "p1", capacityPrefix: 1 },
      { externalId: "b", limit: 2, sort: "y", capacity: 2, minCapacity: "q2", capacityPrefix: 2 },
      { externalId: "c", limit: 3, sort: "y", capacity: 3, minCapacity: "q3", capacityPrefix: 3 },
    ] as never);
    const v1: { readonly hostile: { list(args: object): Promise<readonly { readonly externalId: string }[]> } } =
      legacyClient(sdk as object, { logger: { warn: () => undefined } }) as never;
    return async (args: object) => (await v1.hostile.list(args)).map(({ externalId }) => externalId).sort();
  };

  it("are filtered by names of their own", async () => {
    const list = await start();
    expect(await list({ minLimit: 2 })).toEqual(["b", "c"]);
    expect(await list({ minLimit: 2, limit: 1, sort: { property: "limit" } })).toEqual(["b"]);
    expect(await list({ sort_: "y" })).toEqual(["b", "c"]);
    expect(await list({ minCapacity: "q2" })).toEqual(["b"]);
    expect(await list({ minCapacity_: 3 })).toEqual(["c"]);
    expect(await list({ minCapacityPrefix: 2 })).toEqual(["b", "c"]);
    expect(await list({ minCapacityPrefix_: "p" })).toEqual(["a"]);
  });

  it("refuse a filter that would be of two, and take __proto__ for a name like others", async () => {
    const view = JSON.parse(
      '{"limit":{"type":"text"},"limit_":{"type":"text"},"__proto__":{"type":"text","id":"sort"}}',
    );
    const { client } = world;
    const hostile = { ...Hostile, properties: view } as never;
    const sdk = bind(client, { hostile }, { space: "data" }) as object;
    const requests: object[] = [];
    const v1: { readonly hostile: { list(args: object): Promise<unknown> } } = legacyClient(sdk, {
      logger: { warn: (message) => requests.push({ message }) },
    }) as never;
    await expect(v1.hostile.list({ limit_: "a" })).rejects.toMatchObject({ code: "QUERY.AMBIGUOUS_OPTION" });
    const proto = v1.hostile.list(JSON.parse('{"__proto__":"x"}'));
    // The view is not there: what was asked reached the service.
    await expect(proto).rejects.toMatchObject({ status: 400 });
    await expect(v1.hostile.list(JSON.parse('{"__proto__Prefx":"x"}'))).rejects.toMatchObject({
      code: "QUERY.UNKNOWN_OPTION",
      message: expect.stringContaining("__proto__Prefix"),
    });
  });
});
