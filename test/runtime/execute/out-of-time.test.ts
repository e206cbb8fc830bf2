import { beforeAll, expect, it } from "vitest";
import { ApiError } from "../../../src/errors/index.js";
import type { ReadCalls } from "../../../src/runtime/execute/read-calls.js";
import type { UntypedListArgs } from "../../../src/runtime/types/untyped.js";
import { edge, type Farm, listTurbines, node, ref, startFarm } from "../farm.js";

let farm: Farm;
const named = Array.from({ length: 12 }, (_, index) => `T${String(index + 1).padStart(2, "0")}`);

beforeAll(async () => {
  farm = startFarm();
  await farm.write([
    ...named.map((id) => node("turbine", id, { name: id, similar: [ref("T01"), ref("T02")] })),
    ...named.flatMap((id) =>
      [1, 2, 3, 4, 5].map((n) => node("blade", `${id}-${n}`, { is_damaged: n === 1, turbine: ref(id) })),
    ),
    ...[1, 2, 3].map((n) => node("metmast", `M${n}`, { height: n })),
    ...[1, 2, 3].map((n) => edge(`e${n}`, "near", "T01", `M${n}`, n)),
  ]);
});

/** The farm's service, which runs out of time where a set may have more rows than so many. */
function slow(most: number): { readonly calls: ReadCalls; readonly refused: () => number } {
  const { instances } = farm.client;
  let refused = 0;
  const refuse = (limits: readonly (number | undefined)[]): void => {
    if (!limits.some((limit) => limit === undefined || limit > most)) return;
    refused += 1;
    throw new ApiError(408, "Graph query timed out. Reduce load or contention, or optimise your query.");
  };
  return {
    refused: () => refused,
    calls: {
      list: async (request = {}, options) => {
        refuse([request.limit]);
        return instances.list(request, options);
      },
      query: async (request, options) => {
        refuse(Object.values(request.with).map(({ limit }) => limit));
        return instances.query(request, options);
      },
      retrieve: instances.retrieve.bind(instances),
    },
  };
}

it.each<[string, UntypedListArgs]>([
  ["a list", {}],
  ["a query", { select: { name: true } }],
  ["nested sets of many rows", { select: { blades: { sort: [{ externalId: "desc" }] } } }],
  [
    "nested sets of one row",
    { where: { externalId: "T01" }, select: { blades: {}, metmasts: { edge: true } }, limit: 1 },
  ],
  ["a further stage", { select: { similarTo: { select: { blades: true } } } }],
  ["conditions on the far side", { where: { blades: { some: { isDamaged: true } } }, select: { name: true } }],
  ["conditions along edges", { where: { metmasts: { some: { node: { height: { gte: 2 } } } } } }],
])(
  "contract 2.4: %s is read in smaller pages where the service runs out of time, and is as complete",
  async (_name, args) => {
    const query = { sort: [{ name: "asc" }], ...args };
    for (const most of [1, 3]) {
      const { calls, refused } = slow(most);
      expect(await listTurbines(calls, query)).toEqual(await farm.on("turbine").list(query));
      expect(refused()).toBeGreaterThan(0);
    }
  },
);

it("contract 2.4: ends with the service's error where a row of each set is too much", async () => {
  const { calls } = slow(0);
  await expect(listTurbines(calls, { select: { blades: true } })).rejects.toMatchObject({ status: 408 });
});
