import type { PygenClient } from "pygen";
import { windFarm } from "../../../examples/windfarm/sdk/index.js";

/** The session of session.py, in TypeScript: both must read the same. */
export async function session(client: PygenClient): Promise<Readonly<Record<string, unknown>>> {
  const wind = windFarm(client, { space: "wind_data" });
  const result: Record<string, unknown> = {};
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
  const turbine = numbers(12).map((n) => ({
    externalId: `turbine_${n}`,
    name: n ? `Turbine ${n}` : null,
    capacity: 2.5 + n,
    isActive: n % 3 !== 0,
    energyTotal: 9_000_000 + n,
    status: n % 2 ? ("running" as const) : ("idle" as const),
    installedAt: new Date(Date.UTC(2020, 0, 1 + n, 12)),
    serviceDue: `2026-03-${String(1 + n).padStart(2, "0")}` as const,
    settings: { space: "not", externalId: "a relation", n: [n, null] },
    powerCurve: [0, 1.5 * n],
    alarmCodes: n === 0 ? [] : [n],
    farm: { externalId: "farm_0", name: "Horns", country: "DK" },
    neighbours: [`turbine_${(n + 1) % 12}`, `turbine_${(n + 2) % 12}`],
    blades: numbers(3).map((m) => ({
      externalId: `blade_${n}_${m}`,
      name: `Blade ${m}`,
      position: m + 1,
      isDamaged: (n + m) % 4 === 0,
    })),
    metmasts: [
      {
        node: { externalId: `mast_${n % 3}`, name: `Mast ${n % 3}`, height: 80 + (n % 3) },
        edge: { distance: 100 + n },
      },
    ],
    technicians: [{ externalId: `technician_${n % 2}`, name: `T${n % 2}`, employeeNumber: n % 2 }],
    wakes: [{ node: `turbine_${(n + 1) % 12}`, edge: { loss: 0.1, sector: n } }],
  }));
  const inspection = numbers(6).map((n) => ({
    externalId: `inspection_${n}`,
    severity: n % 2 ? ("major" as const) : ("minor" as const),
    performedAt: new Date(Date.UTC(2025, 0, 1 + n)),
    turbines: [`turbine_${n}`, `turbine_${n + 1}`],
  }));
  const written = async (): Promise<readonly (readonly [string, boolean])[]> => {
    const { items } = await wind.upsert({ turbine, inspection });
    return items.map(({ externalId, wasModified }) => [externalId, wasModified]);
  };
  result["written"] = [...(await written())].sort();
  result["again"] = (await written()).filter(([, modified]) => modified);

  result["all"] = await wind.turbine.list({ sort: [{ externalId: "asc" }] });
  const ids: string[] = [];
  for await (const row of wind.turbine.list({ sort: [{ externalId: "asc" }], limit: 5 })) ids.push(row.externalId);
  result["iterated"] = ids;
  const wheres = {
    gte: { capacity: { gte: 5.5 } },
    false: { isActive: false },
    "not set": { name: null },
    in: { status: { in: ["running"] } },
    "nothing in": { externalId: { in: [] } },
    relation: { farm: { is: { name: { prefix: "Horn" } } }, capacity: { lt: 4 } },
    "by id": { farm: { equals: "farm_0" }, externalId: { prefix: "turbine_1" } },
    contains: { neighbours: { containsAny: ["turbine_3"] } },
    any: { $or: [{ capacity: 2.5 }, { name: "Turbine 4" }] },
    none: { $not: { capacity: { gt: 3 } } },
    time: { installedAt: { gt: new Date(Date.UTC(2020, 0, 9)) } },
    date: { serviceDue: { lte: "2026-03-02" } },
  } as const;
  for (const [name, where] of Object.entries(wheres)) {
    const found = await wind.turbine.list({ where, sort: [{ externalId: "asc" }] });
    result[`where ${name}`] = found.map(({ externalId }) => externalId);
  }

  const nested = wind.turbine.list({
    select: {
      name: true,
      capacity: true,
      installedAt: true,
      farm: { select: { name: true, country: true } },
      neighbours: { select: { name: true }, sort: [{ externalId: "desc" }], limit: 1 },
      blades: { select: { name: true, isDamaged: true }, sort: [{ position: "desc" }], limit: 2 },
      metmasts: { edge: { select: { distance: true } }, node: { select: { height: true } } },
      technicians: { select: { name: true } },
      wakedBy: { edge: { select: { sector: true } }, node: { select: { name: true } } },
      inspections: { select: { severity: true }, sort: [{ performedAt: "desc" }], limit: 1 },
    },
    sort: [{ capacity: "desc" }, { name: "asc" }],
  });
  result["nested"] = await nested;
  result["nested requests"] = (await nested.explain()).stages.length;

  result["one"] = await wind.turbine.retrieve("turbine_3", { select: { name: true, farm: true } });
  result["missing"] = (await wind.turbine.retrieve("nobody")) ?? null;
  const many = await wind.turbine.retrieve([
    "turbine_2",
    { space: "wind_data", externalId: "turbine_1" },
    "turbine_3",
    "nobody",
  ]);
  result["many"] = many.map(({ externalId }) => externalId);
  result["edges"] = await wind.wake.list({
    where: { $startNode: { equals: { space: "wind_data", externalId: "turbine_5" } } },
  });

  const view = { type: "view", space: "wind", externalId: "Turbine", version: "v1" } as const;
  const found = await client.instances.search({ view, query: "Turbine 4", properties: ["name"], limit: 3 });
  result["search"] = found.items
    .map(({ externalId }) => externalId)
    .sort()
    .slice(0, 1);
  const of = async (aggregates: readonly object[], more: object = {}) =>
    (await client.instances.aggregate({ view, aggregates: aggregates as never, ...more })).items;
  const [counted] = await of([{ count: { property: "externalId" } }]);
  result["count"] = metricOf(counted?.aggregates[0]);
  const property = "capacity";
  const [computed] = await of([
    { avg: { property } },
    { sum: { property } },
    { min: { property } },
    { max: { property } },
  ]);
  result["computed"] = Object.fromEntries(
    (computed?.aggregates ?? []).map((found) => [found.aggregate, { capacity: metricOf(found) }]),
  );
  const groups = await of([{ count: { property: "externalId" } }], { groupBy: ["isActive"] });
  result["groups"] = groups.map(({ group, aggregates }) => [group?.["isActive"], metricOf(aggregates[0])]).sort();

  const row = await wind.turbine.retrieve("turbine_3", { select: { $version: true } });
  const { items } = await wind.turbine.upsert([
    { externalId: "turbine_3", name: "Changed", capacity: null, $existingVersion: row?.$version ?? 0 },
  ]);
  result["update"] = items.map(({ externalId, wasModified }) => [externalId, wasModified]);
  result["changed"] = await wind.turbine.retrieve("turbine_3", { select: { name: true, capacity: true } });
  const { deleted } = await wind.inspection.delete(["inspection_0", "inspection_9"]);
  result["deleted"] = deleted.map(({ space, externalId }) => [space, externalId]);
  result["left"] = (await wind.inspection.list()).length;
  return result;
}

/** The value of a metric, of which a histogram has none. */
function metricOf(found: object | undefined): unknown {
  return found && "value" in found ? found.value : undefined;
}
