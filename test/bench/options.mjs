// The command line of the benchmarks.
import { parseArgs } from "node:util";
import { cases } from "./cases.mjs";

const usage = `npm run bench -- [--only id,id] [--rounds n] [--json] [--write]

  --only    ids to measure, with a comma between them; a part of an id stands for all that begin with it
  --rounds  rounds that count, after one that does not (default 7)
  --json    one object { id: { ratio, ours, peer } } on standard output in place of the table
  --write   puts the table into docs/benchmarks.md

Ids:
${cases.map(({ id, what }) => `  ${id.padEnd(32)} ${what}`).join("\n")}
`;

/** The options, or the text to print in place of running. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      rounds: { type: "string", default: "7" },
      json: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (values.help) return { usage };
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds takes a number of rounds, not ${values.rounds}`);
  return { selected: selectedBy(values.only), rounds, json: values.json, write: values.write };
}

function selectedBy(only) {
  if (only === undefined) return cases;
  const wanted = only.split(",").map((id) => id.trim());
  const unknown = wanted.filter((id) => !cases.some((one) => matches(one.id, id)));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")}. See npm run bench -- --help`);
  return cases.filter(({ id }) => wanted.some((one) => matches(id, one)));
}

function matches(id, wanted) {
  return id === wanted || id.startsWith(`${wanted}.`);
}
