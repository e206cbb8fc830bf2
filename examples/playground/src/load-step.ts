import windFarm from "../../windfarm/model.json" with { type: "json" };
import { button, outcome } from "./form.js";
import { element, type Step, section } from "./step.js";
import type { World } from "./world.js";

/** Loads a model: the one that comes with the page, or a file. */
export const loadStep: Step = (world) => {
  const told = outcome();
  const load = (text: () => Promise<string>) => told.during(async () => loadModel(world, JSON.parse(await text())));
  const file = element("input", { type: "file", accept: ".json,application/json" });
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen) void load(() => chosen.text());
  });
  const given = button("Load the wind farm", () => load(async () => JSON.stringify(windFarm)));
  const row = element("div", { className: "row" }, given, element("label", {}, "or a model file ", file));
  return section("load", "1. Load a model", row, told.element);
};

async function loadModel(world: World, source: Parameters<World["load"]>[0]): Promise<string> {
  const { space, externalId, version } = await world.load(source);
  const views = Object.keys(world.opened()).length;
  return `${space}/${externalId}@${version} is loaded: ${views} ${views === 1 ? "view" : "views"}, and no instances yet.`;
}
