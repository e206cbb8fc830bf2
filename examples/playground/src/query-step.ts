import { button, editor, jsonIn, outcome } from "./form.js";
import { rowsTable } from "./rows-table.js";
import { element, type Step, section } from "./step.js";
import type { ModelId, World } from "./world.js";

/** A way to ask: an example for the model that is loaded, and what asking gives. */
interface Language {
  readonly name: string;
  readonly example: (id: ModelId, view: string) => string;
  readonly ask: (world: World, id: ModelId, field: HTMLTextAreaElement) => Promise<unknown>;
}

const windFarmQuery = {
  view: "turbine",
  where: { capacity: { gte: 5 } },
  select: {
    name: true,
    capacity: true,
    farm: { select: { name: true } },
    blades: { select: { position: true }, limit: 2 },
  },
  sort: [{ name: "asc" }],
};

const languages: readonly Language[] = [
  {
    name: "Query of the SDK",
    example: ({ externalId }, view) =>
      JSON.stringify(externalId === "WindFarm" ? windFarmQuery : { view, limit: 10 }, null, 2),
    ask: async (world, _id, field) => {
      const { view, ...query } = jsonIn(field);
      const handles = world.opened();
      const known = typeof view === "string" && Object.hasOwn(handles, view);
      if (!known) throw new Error(`view must be one of ${Object.keys(handles).join(", ")}.`);
      return handles[view]?.list(query);
    },
  },
  {
    name: "GraphQL",
    example: ({ externalId }) =>
      externalId === "WindFarm"
        ? "{\n  listTurbine(filter: { capacity: { gte: 5 } }, sort: [{ name: ASC }]) {\n    items { name capacity farm { name } blades(first: 2) { items { position } } }\n  }\n}"
        : "{\n  __schema { queryType { fields { name } } }\n}",
    ask: async (world, id, field) => {
      const { data, errors } = await world.client.dataModels.query(id, { query: field.value });
      if (errors) throw new Error(errors.map(({ message }) => message).join(" "));
      return data;
    },
  },
];

/** Asks for instances, and shows them. */
export const queryStep: Step = (world) => {
  const told = outcome();
  const { element: edit, field } = editor("Query, as data", 12);
  const choice = element("select", {}, ...languages.map(({ name }) => element("option", {}, name)));
  const results = element("div", { className: "results" });
  let current: ModelId | undefined;
  const language = () => languages[choice.selectedIndex];
  const showExample = (): void => {
    const [view = ""] = current ? Object.keys(world.opened()) : [];
    field.value = current ? (language()?.example(current, view) ?? "") : "";
    results.replaceChildren();
  };
  world.onLoad((id) => {
    current = id;
    showExample();
  });
  choice.addEventListener("change", showExample);
  const run = button("Run", () =>
    told.during(async () => {
      results.replaceChildren();
      if (!current) throw new Error("Load a model first.");
      const found = await language()?.ask(world, current, field);
      const rows = Array.isArray(found) ? found : [];
      const json = element("pre", { tabIndex: 0 }, JSON.stringify(found, null, 2));
      results.replaceChildren(...(rows.length > 0 ? [rowsTable(rows)] : []), json);
      return Array.isArray(found) ? `${rows.length} rows.` : "Answered.";
    }),
  );
  const ways = element("label", {}, "Ask by ", choice);
  return section("query", "3. Query", ways, edit, run, told.element, results);
};
