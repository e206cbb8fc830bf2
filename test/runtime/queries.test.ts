import fc from "fast-check";
import { expect, it } from "vitest";
import { data, limits, query } from "./arbitrary.js";
import { edge, node, startFarm } from "./farm.js";
import { canonical, Oracle, type RawData } from "./oracle.js";

async function farmWith(raw: RawData) {
  const farm = startFarm();
  const nodes = raw.nodes.filter(({ kind }) => kind !== "bare");
  const edges = raw.edges.map(({ externalId, type, start, end, distance }) =>
    edge(externalId, type, start, end, distance),
  );
  await farm.write([...nodes.map(({ kind, externalId, values }) => node(kind, externalId, values)), ...edges]);
  return farm;
}

it("gives what nested loops over all data give, with nested sets larger than every page and chunk", async () => {
  const queries = fc.array(fc.tuple(query, limits), { minLength: 10, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(data, queries, async (raw, asked) => {
      const farm = await farmWith(raw);
      const oracle = new Oracle(raw);
      for (const [{ handle, args }, sizes] of asked) {
        const rows = await farm.on(handle, sizes).list(args);
        expect(canonical(rows, handle, args), JSON.stringify({ handle, args, sizes })).toEqual(
          canonical(oracle.list(handle, args), handle, args),
        );
      }
    }),
    {
      seed: Number(process.env["QUERY_SEED"] ?? 20240607),
      endOnFailure: true,
      numRuns: Number(process.env["QUERY_RUNS"] ?? 15),
    },
  );
});
