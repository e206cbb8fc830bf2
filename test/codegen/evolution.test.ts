import { expect, it } from "vitest";
import { generate, readModelDocument } from "../../src/codegen/index.js";
import { direct, file, reverse, text, type ViewDraft, view } from "../ir/models.js";

type Views = Readonly<Record<string, ViewDraft>>;

const before: Views = {
  Pump: { properties: { name: text, site: direct(view("Site")) } },
  Site: { properties: { name: text, pumps: reverse(view("Pump"), "site") } },
  Tank: { properties: { level: { type: { type: "float64" } } } },
};

/** Which files of an SDK differ between two states of a model. */
function changed(after: Views): readonly string[] {
  const [old, next] = [before, after].map((views) => generate({ document: readModelDocument(file(views)) }).files);
  const names = new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])]);
  const mark = (name: string): string => (old?.has(name) ? (next?.has(name) ? "M" : "D") : "A");
  return [...names]
    .filter((name) => old?.get(name) !== next?.get(name))
    .map((name) => `${mark(name)} ${name}`)
    .sort();
}

it("E131: a change of a model changes only the files concerned", () => {
  const { Tank, ...rest } = before;
  const pump = before["Pump"]?.properties;
  expect({
    "a property more": changed({ ...before, Pump: { properties: { ...pump, pressure: text } } }),
    "a property less": changed({ ...before, Pump: { properties: { site: direct(view("Site")) } } }),
    "another order": changed({
      Tank: Tank ?? {},
      ...rest,
      Pump: { properties: { site: direct(view("Site")), name: text } },
    }),
    "a view more": changed({ ...before, Valve: { properties: { name: text } } }),
    "a view less": changed(rest),
    "another description": changed({ ...before, Site: { ...before["Site"], description: "A place." } }),
    "a target less": changed({ ...before, Pump: { properties: { name: text, site: direct() } } }),
  }).toEqual({
    "a property more": ["M pump.ts"],
    "a property less": ["M pump.ts"],
    "another order": [],
    "a view more": ["A valve.ts", "M index.ts"],
    "a view less": ["D tank.ts", "M index.ts"],
    "another description": ["M site.ts"],
    "a target less": ["M pump.ts"],
  });
});
