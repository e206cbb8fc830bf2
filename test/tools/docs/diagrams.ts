import windFarm from "../../../examples/windfarm/model.json" with { type: "json" };
import { type IrModel, readModelDocument, resolveModels, svgText } from "../../../src/codegen/index.js";

/** What the pictures of parts of the model show: properties by view. */
const parts: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "farm-and-turbine": { Farm: ["name", "country", "turbines"], Turbine: ["name", "capacity", "farm"] },
  "turbine-and-blade": { Turbine: ["name", "blades"], Blade: ["name", "position", "turbine"] },
  "turbine-and-metmast": {
    Turbine: ["name", "metmasts"],
    Metmast: ["name", "height"],
    Distance: ["distance", "bearing"],
  },
};

/** The pictures of docs/concepts.md: the wind farm of the examples, as `pygen inspect` draws it, by file name. */
export function diagrams(): ReadonlyMap<string, string> {
  const [found] = resolveModels({ document: readModelDocument(windFarm) });
  if (!found) throw new Error("The wind farm has no data model.");
  const { model } = found;
  const drawn = Object.entries(parts).map(([name, views]) => [name, partOf(model, views)] as const);
  return new Map([...drawn, ["wind-farm", model] as const].map(([name, part]) => [`${name}.svg`, svgText(part)]));
}

/** Only some views of a model, with some of their properties. */
function partOf(model: IrModel, shown: Readonly<Record<string, readonly string[]>>): IrModel {
  const views = Object.entries(shown).map(([name, ids]) => {
    const view = model.views.find(({ id }) => id.externalId === name);
    const properties = view?.properties.filter(({ id }) => ids.includes(id)) ?? [];
    if (!view || properties.length < ids.length) throw new Error(`${name} lacks some of ${ids.join(", ")}.`);
    return { ...view, properties };
  });
  return { ...model, views };
}
