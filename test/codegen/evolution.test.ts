import { describe, expect, it } from "vitest";
import { generate, python, readModelDocument, type Target, typescript } from "../../src/codegen/index.js";
import { direct, file, reverse, text, type ViewDraft, view } from "../ir/models.js";

type Views = Readonly<Record<string, ViewDraft>>;

const before: Views = {
  Pump: { properties: { name: text, site: direct(view("Site")) } },
  Site: { properties: { name: text, pumps: reverse(view("Pump"), "site") } },
  Tank: { properties: { level: { type: { type: "float64" } } } },
};
const site = view("Site");
const pump = before["Pump"]?.properties;
const { Tank = {}, ...withoutTank } = before;

/** Which files of an SDK differ between two states of its models: added, modified or deleted. */
function changed(old: object, next: object, target: Target): readonly string[] {
  const [was, is] = [old, next].map((json) => generate({ document: readModelDocument(json), target }).files);
  const names = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  const mark = (name: string): string => (was?.has(name) ? (is?.has(name) ? "M" : "D") : "A");
  return [...names]
    .filter((name) => was?.get(name) !== is?.get(name))
    .map((name) => `${mark(name)} ${name}`)
    .sort();
}

/** A file with data models that hold these views of it. */
function models(views: Views, held: Readonly<Record<string, readonly string[]>>): object {
  const json = file(views) as { readonly dataModels: readonly object[] };
  const dataModels = Object.entries(held).map(([externalId, names]) => ({
    ...json.dataModels[0],
    externalId,
    views: names.map((name) => view(name)),
  }));
  return { ...json, dataModels };
}

describe.each([
  { language: "TypeScript", target: typescript({ schemas: true }), ending: "ts", doors: ["index.ts"], texts: [] },
  {
    ...{ language: "Python", target: python(), ending: "py" },
    doors: ["__init__.py", "client.py"],
    texts: ["client.py"],
  },
])("E131: in $language a change of a model changes only the files concerned:", ({ target, ending, doors, texts }) => {
  const whole = (mark: string, name: string): readonly string[] => [
    `${mark} ${name}.${ending}`,
    ...(ending === "ts" ? [`${mark} schemas/${name}.ts`] : []),
  ];
  const read = (mark: string, name: string): readonly string[] => whole(mark, name).slice(0, 1);
  const modified = (names: readonly string[]): readonly string[] => names.map((name) => `M ${name}`);
  const cases: Readonly<Record<string, readonly [after: Views, files: readonly string[]]>> = {
    "a property more": [{ ...before, Pump: { properties: { ...pump, pressure: text } } }, whole("M", "pump")],
    "a property less": [{ ...before, Pump: { properties: { site: direct(site) } } }, whole("M", "pump")],
    "another order": [{ Tank, ...withoutTank, Pump: { properties: { site: direct(site), name: text } } }, []],
    "a view more": [{ ...before, Valve: { properties: { name: text } } }, [...whole("A", "valve"), ...modified(doors)]],
    "a view less": [withoutTank, [...whole("D", "tank"), ...modified(doors)]],
    "another description": [
      { ...before, Site: { ...before["Site"], description: "A place." } },
      [...read("M", "site"), ...modified(texts)],
    ],
    "a target less": [{ ...before, Pump: { properties: { name: text, site: direct() } } }, read("M", "pump")],
  };

  it.each(Object.entries(cases))("%s", (_what, [after, files]) => {
    expect(changed(file(before), file(after), target)).toEqual([...files].sort());
  });

  it("a data model more", () => {
    const one = models(before, { Plant: ["Pump", "Site"], Yard: ["Tank"] });
    const two = models(before, { Plant: ["Pump", "Site"], Yard: ["Tank"], Basin: ["Tank"] });
    const files = changed(one, two, target);
    const own = ending === "ts" ? ["A models/basin.ts"] : [];
    expect(files).toEqual([...whole("M", "tank"), ...modified(doors), ...own].sort());
  });
});
