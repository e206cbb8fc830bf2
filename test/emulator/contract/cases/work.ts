import { type ContractArea, type ContractCase, casesOf } from "../case.js";
import { edge, makeSchema, names, node, thing, view } from "./instances-world.js";

const NODES = 60;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** Compares every node with 20 values that no index leads to. */
const filter = { or: numbers(20).map((size) => ({ equals: { property: thing("size"), value: -size } })) };
const walked = numbers(20).map((at) => [`e${at}`, { edges: { from: "all" }, limit: 100 }]);
const all = { nodes: { filter: { hasData: [view("Thing")] } }, limit: 100 };
const select = { all: {} };

function ends(operation: string, option: string, how: string, body: object): ContractCase {
  const words = "Graph query timed out. Reduce load or contention, or optimise your query.";
  return casesOf(operation).refuses(option, `${how} ends with 408`, body, words, 408);
}

/** What takes too long, in an emulator that does little of it. */
export const work: ContractArea = {
  name: "work",
  options: { limits: { querySteps: 1000 } },
  world: async (api) => {
    await makeSchema(api);
    const items = numbers(NODES).map((at) => node(`n${at}`, { name: `one two three ${at}`, size: at }));
    const edges = numbers(NODES).map((at) => edge(`e${at}`, `n${at}`, "n0"));
    await api.ok("/models/instances", { items: [...items, ...edges] });
  },
  cases: [
    casesOf("POST /models/instances/list").check("filter", "one that takes few steps is answered", async (api) => {
      const sources = [{ source: view("Thing") }];
      for (let calls = 0; calls < 20; calls++) {
        const found = await api.ok("/models/instances/list", { sources });
        if (names(found["items"]).length !== NODES) throw new Error("not all nodes are there");
      }
    }),
    ends("POST /models/instances/list", "filter", "one that takes very many steps", { filter }),
    ends("POST /models/instances/aggregate", "filter", "one that takes very many steps", {
      view: view("Thing"),
      filter: { or: filter.or },
      aggregates: [{ count: {} }],
    }),
    ends("POST /models/instances/search", "query", "one of very many words", {
      view: view("Thing"),
      query: numbers(50)
        .map((at) => `word${at}`)
        .join(" "),
    }),
    ends("POST /models/instances/query", "with", "a filter that takes very many steps", {
      with: { all: { nodes: { filter } } },
      select,
    }),
    ends("POST /models/instances/query", "with", "a walk over very many edges", {
      with: { all, ...Object.fromEntries(walked) },
      select,
    }),
    ends("POST /models/instances/query", "with", "a set of very many members", {
      with: { all, sum: { unionAll: Array.from({ length: 20 }, () => "all"), limit: 10_000 } },
      select,
    }),
    ends("POST /models/instances/sync", "with", "a filter that takes very many steps", {
      with: { all: { nodes: { filter } } },
      select,
    }),
  ],
};
