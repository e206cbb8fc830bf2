import { direct, edges, file, type PropertyDraft, reverse, text, type ViewDraft, view } from "../../ir/models.js";
import type { Draw } from "./draw.js";

const scalars: readonly PropertyDraft[] = [
  text,
  { type: { type: "text", list: true } },
  { type: { type: "boolean" }, nullable: false },
  { type: { type: "int32" } },
  { type: { type: "int64", list: true } },
  { type: { type: "float64" } },
  { type: { type: "timestamp" } },
  { type: { type: "timestamp", list: true } },
  { type: { type: "date" } },
  { type: { type: "json" } },
  { type: { type: "enum", values: { on: {}, off: {} } } },
];

/** A random model: a few views with properties and relations of all kinds, in cycles and to themselves. */
export function drawModel(draw: Draw): object {
  const names = ["Alpha", "Beta", "Gamma", "Delta"].slice(0, draw.int(2, 4));
  const views = new Map(names.map((name): [string, Record<string, unknown>] => [name, {}]));
  const of = (name: string): Record<string, unknown> => views.get(name) ?? {};
  for (const name of names) {
    const count = draw.int(2, 4);
    for (let index = 0; index < count; index++) of(name)[`value_${index}`] = draw.pick(scalars);
  }
  const relations = draw.int(2, 7);
  for (let index = 0; index < relations; index++) {
    const [from, to] = [draw.pick(names), draw.pick(names)];
    if (draw.chance(60)) {
      const list = draw.chance(40);
      of(from)[`to_${index}`] = draw.chance(10) ? direct(undefined, list) : direct(view(to), list);
      if (of(from)[`to_${index}`] === undefined || !draw.chance(75)) continue;
      if ((of(from)[`to_${index}`] as PropertyDraft).source === undefined) continue;
      const kind = !list && draw.chance(25) ? "single_reverse_direct_relation" : "multi_reverse_direct_relation";
      of(to)[`from_${index}`] = reverse(view(from), `to_${index}`, view(from), kind);
    } else {
      // Several relations may share a type: then its edges are theirs together.
      const type = { space: "s", externalId: `link_${draw.int(0, 2)}` };
      const single = draw.chance(20);
      const more = {
        type: single ? { space: "s", externalId: `one_${index}` } : type,
        ...(draw.chance(50) ? { edgeSource: view("Link") } : {}),
        ...(single ? { connectionType: "single_edge_connection" as const } : {}),
      };
      of(from)[`edges_${index}`] = edges(view(to), more);
      if (draw.chance(60) && !single) of(to)[`back_${index}`] = edges(view(from), { ...more, direction: "inwards" });
    }
  }
  const link: ViewDraft = {
    usedFor: "edge",
    properties: { weight: { type: { type: "float64" } }, note: text, about: direct(view(names[0] ?? "")) },
  };
  const drafts = [...views].map(([name, properties]): [string, ViewDraft] => [name, { properties } as ViewDraft]);
  return file(Object.fromEntries([...drafts, ["Link", link]]));
}
