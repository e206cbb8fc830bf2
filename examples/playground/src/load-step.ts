import windFarm from "../../windfarm/model.json" with { type: "json" };
import { objectIn } from "./data.js";
import { button, outcome } from "./form.js";
import { element, type Step, section } from "./step.js";

/** Loads a model: the one that comes with the page, or a file. */
export const loadStep: Step = (world) => {
  const told = outcome();
  const load = (text: () => Promise<string>) =>
    told.during(async () => {
      const { id, handles } = await world.load(objectIn(await text()));
      const views = Object.keys(handles).length;
      const counted = `${views} ${views === 1 ? "view" : "views"}`;
      return `${id.space}/${id.externalId}@${id.version} is loaded: ${counted}, and nothing else.`;
    });
  const file = element("input", { type: "file", accept: ".json,application/json" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (chosen) await load(() => chosen.text());
    // The same file may be chosen again, once it was mended.
    file.value = "";
  });
  const given = button("Load the wind farm", () => load(async () => JSON.stringify(windFarm)));
  const row = element("div", { className: "row" }, given, element("label", {}, "or a model file ", file));
  return section("load", "1. Load a model", row, told.element);
};
