// The command line of the benchmarks.
import { parseArgs } from "node:util";
import { cases } from "./cases.mjs";
import { figures } from "./emulator.mjs";

const usage = `npm run bench -- [--only id,id] [--rounds n] [--nodes n] [--json] [--write]

  --only    ids to measure, with a comma between them; a part of an id stands for all that begin with it
  --rounds  rounds that count, after one that does not (default 7)
  --nodes   thousands of nodes that the emulator is loaded with (default 1000)
  --json    one object { id: { ratio, ours, peer } }, { id: { value } } for the emulator, in place of the tables
  --write   puts the tables into docs/benchmarks.md

Ids:
${[...cases, ...figures].map(({ id, what }) => `  ${id.padEnd(32)} ${what}`).join("\n")}
`;

/** The options, or the text to print in place of running. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      rounds: { type: "string", default: "7" },
      nodes: { type: "string", default: "1000" },
      json: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (values.help) return { usage };
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds takes a number of rounds, not ${values.rounds}`);
  const thousands = Number(values.nodes);
  if (!Number.isInteger(thousands) || thousands < 10) throw new Error(`--nodes takes 10 or more, not ${values.nodes}`);
  const wanted = wantedBy(values.only);
  return {
    selected: cases.filter(wanted),
    emulator: figures.filter(wanted),
    rounds,
    thousands,
    json: values.json,
    write: values.write,
  };
}

function wantedBy(only) {
  if (only === undefined) return () => true;
  const wanted = only.split(",").map((id) => id.trim());
  const unknown = wanted.filter((id) => ![...cases, ...figures].some((one) => matches(one.id, id)));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")}. See npm run bench -- --help`);
  return ({ id }) => wanted.some((one) => matches(id, one));
}

function matches(id, wanted) {
  return id === wanted || id.startsWith(`${wanted}.`);
}
