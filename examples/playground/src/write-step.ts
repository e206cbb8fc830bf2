import { listsIn } from "./data.js";
import { button, editor, outcome } from "./form.js";
import { type Step, section } from "./step.js";

/** Instances of the wind farm, nested as the relations of its views are. */
const example = {
  turbine: [
    {
      externalId: "A1",
      name: "A1",
      capacity: 8,
      farm: { externalId: "horns", name: "Horns Bank", country: "DK" },
      blades: [1, 2, 3].map((position) => ({ externalId: `A1-${position}`, name: `Blade ${position}`, position })),
    },
    { externalId: "A2", name: "A2", capacity: 5, farm: "horns" },
  ],
};

/** Writes a graph of instances, by view. */
export const writeStep: Step = (world) => {
  const told = outcome();
  const { element, field } = editor("Instances by view, as JSON", 10);
  world.onLoad(({ id }) => {
    field.value = JSON.stringify(id.externalId === "WindFarm" ? example : {}, null, 2);
  });
  const write = button("Write", () =>
    told.during(async () => {
      const { items } = await world.opened().handles.upsert(listsIn(field.value));
      return `${items.length} nodes and edges were written.`;
    }),
  );
  return section("write", "3. Write", element, write, told.element);
};
