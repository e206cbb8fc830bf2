import { button, choice, dataBlock, editor, outcome, textBlock } from "./form.js";
import { rowsTable } from "./rows-table.js";
import { element, type Step, section } from "./step.js";
import { typedQuery, typeOf } from "./typed-query.js";
import type { Loaded, World } from "./world.js";

/** What came of asking: in words, and to look at. */
interface Answer {
  readonly told: string;
  readonly shown: readonly Node[];
}

type Ask = (world: World, text: string) => Promise<Answer>;

/** A way to ask: an example for the model that is loaded, and what can be done with a question. */
interface Language {
  readonly name: string;
  readonly example: (loaded: Loaded) => string;
  readonly asks: Readonly<Record<string, Ask>>;
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

const run: Ask = async (world, text) => {
  const { view, list } = typedQuery(world.opened(), text);
  const rows = await list;
  const table = rowsTable(rows, (name) => typeOf(view, name));
  return {
    told: `${rows.length} ${rows.length === 1 ? "row" : "rows"}.`,
    shown: [...(rows.length > 0 ? [table] : []), dataBlock("Rows as data", rows)],
  };
};

const plan: Ask = async (world, text) => {
  const { text: told, ...data } = await typedQuery(world.opened(), text).list.explain();
  return { told: "Nothing was sent.", shown: [textBlock("Plan", told), dataBlock("Plan as data", data)] };
};

const profile: Ask = async (world, text) => {
  const explained = await typedQuery(world.opened(), text).list.explain({ profile: true });
  const { requests, rows, time } = explained.profile;
  return {
    told: `${rows} rows by ${requests} ${requests === 1 ? "request" : "requests"} in ${Math.ceil(time)} ms.`,
    shown: [textBlock("Plan", explained.text), dataBlock("Profile as data", explained.profile)],
  };
};

const askGraphql: Ask = async (world, query) => {
  const { data, errors } = await world.client.dataModels.query(world.opened().id, { query });
  if (errors) throw new Error(errors.map(({ message }) => message).join(" "));
  return { told: "Answered.", shown: [textBlock("Answer", JSON.stringify(data, null, 2))] };
};

const languages: readonly Language[] = [
  {
    name: "Query of the SDK",
    example: ({ id, handles }) =>
      JSON.stringify(
        id.externalId === "WindFarm" ? windFarmQuery : { view: Object.keys(handles)[0], limit: 10 },
        null,
        2,
      ),
    asks: { Run: run, Plan: plan, Profile: profile },
  },
  {
    name: "GraphQL",
    example: ({ id }) =>
      id.externalId === "WindFarm"
        ? "{\n  listTurbine(filter: { capacity: { gte: 5 } }, sort: [{ name: ASC }]) {\n    items { name capacity farm { name } blades(first: 2) { items { position } } }\n  }\n}"
        : "{\n  __schema { queryType { fields { name } } }\n}",
    asks: { Run: askGraphql },
  },
];

/** Asks for instances, and shows them, or how they would be read. */
export const queryStep: Step = (world) => {
  const told = outcome();
  const { element: edit, field } = editor("Query, as data", 14);
  const ways = choice(
    "Ask by",
    languages.map(({ name }) => name),
  );
  const buttons = element("div", { className: "row" });
  const results = element("div", { className: "results" });
  const ask = (how: Ask) =>
    told.during(async () => {
      results.replaceChildren();
      const answer = await how(world, field.value);
      results.replaceChildren(...answer.shown);
      return answer.told;
    });
  const choose = () => {
    const language = languages[ways.select.selectedIndex];
    const asks = Object.entries(language?.asks ?? {});
    buttons.replaceChildren(...asks.map(([name, how]) => button(name, () => ask(how))));
    results.replaceChildren();
    return language;
  };
  const start = (loaded: Loaded) => {
    field.value = choose()?.example(loaded) ?? "";
  };
  choose();
  world.onLoad(start);
  ways.select.addEventListener("change", () => start(world.opened()));
  return section("query", "4. Query", ways.element, edit, buttons, told.element, results);
};
