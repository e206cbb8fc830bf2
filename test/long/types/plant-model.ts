import { direct, edges, file, reverse, text, type ViewDraft, view } from "../../ir/models.js";

/** A model of so many views, each with values of all common types and relations to those around it. */
export function plantModel(views: number): object {
  const name = (index: number): string => `Unit${(index + views) % views}`;
  const drafts = Array.from({ length: views }, (_, index): [string, ViewDraft] => [
    name(index),
    {
      properties: {
        name: text,
        description: text,
        capacity: { type: { type: "float64" } },
        count: { type: { type: "int32" } },
        isActive: { type: { type: "boolean" }, nullable: false },
        startedAt: { type: { type: "timestamp" } },
        serviceDate: { type: { type: "date" } },
        status: { type: { type: "enum", values: { running: {}, stopped: {} } } },
        tags: { type: { type: "text", list: true } },
        metadata: { type: { type: "json" } },
        power: { type: { type: "timeseries" } },
        parent: direct(view(name(index + 1))),
        similar: direct(view(name(index + 2)), true),
        children: reverse(view(name(index - 1)), "parent"),
        linked: edges(view(name(index + 3)), { type: { space: "s", externalId: `link${index}` } }),
      },
    },
  ]);
  return file(Object.fromEntries(drafts));
}

/** So many queries of as many views, with everything that people write. */
export function plantQueries(count: number): string {
  const queries = Array.from(
    { length: count },
    (_, index) => `
const rows${index} = await plant.unit${index}.list({
  where: {
    capacity: { gte: ${index} }, status: "running", name: { prefix: "a" }, startedAt: { lt: new Date(0) },
    parent: { is: { isActive: true, parent: { is: { count: 3 } } } },
    children: { some: { isActive: false } },
    $or: [{ tags: { containsAny: ["a"] } }, { metadata: { exists: true } }],
  },
  select: {
    name: true, capacity: true, serviceDate: true,
    parent: { select: { name: true, parent: { select: { name: true } } } },
    children: { select: { isActive: true }, where: { count: { gt: ${index} } }, sort: [{ name: "asc" }], limit: 3 },
    linked: { edge: true, node: { select: { power: true } } },
  },
  sort: [{ capacity: { order: "desc", nulls: "last" } }, { name: "asc" }],
  limit: 10,
});
export const value${index}: string | null | undefined = rows${index}[0]?.parent?.parent?.name;
export const found${index} = await plant.unit${index}.retrieve("a");
await plant.unit${index}.upsert([{ externalId: "a", isActive: true, children: [{ externalId: "b", isActive: false, parent: "c" }] }]);
`,
  );
  return `import type { PygenClient } from "pygen";
import { model } from "./sdk/index.js";
declare const client: PygenClient;
const plant = model(client, { space: "data" });
${queries.join("")}`;
}
