import Table from "cli-table3";
import { InvalidArgumentError, Option } from "commander";
import { PygenClient } from "../../client/index.js";
import { parseVersionedId, writeJson } from "../../models/index.js";
import { model, type UntypedRow } from "../../runtime/index.js";
import { usage } from "../cli-error.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { type Program, withAccess } from "../program.js";
import { type AccessOptions, accessOf } from "../service-access.js";

type Json = Readonly<Record<string, unknown>>;

/** Options of `pygen query`. */
export interface QueryCommandOptions extends AccessOptions {
  readonly model: string;
  readonly where?: Json;
  readonly select?: Json;
  readonly sort?: readonly Json[];
  readonly limit: number;
  /** The space of instances that `where` names by external id alone. */
  readonly space?: string;
  /** Words to search for, in place of a list. */
  readonly search?: string;
  /** What to compute, in place of a list. */
  readonly aggregate?: Json;
  /** Prints the requests instead of making them. */
  readonly explain?: boolean;
  readonly json?: boolean;
}

/** `pygen query`: reads instances through a view. */
export async function queryCommand(io: CliIo, view: string, options: QueryCommandOptions): Promise<ExitCode> {
  const id = parseVersionedId(options.model);
  if (!id) {
    const hint = "Write for example --model wind/WindFarm@v1.";
    throw usage(`--model ${options.model} is not of the form space/externalId@version`, hint);
  }
  const client = new PygenClient({ ...(await accessOf(options, io)), application: "pygen-cli" });
  const { space, where, select, sort, limit } = options;
  const bound = await model(client, id, space === undefined ? {} : { space });
  const handles = Object.keys(bound).filter((name) => name !== "upsert");
  const handle = handles.find((name) => name === view) ?? handles.find((name) => bound[name]?.view.externalId === view);
  const api = handle === undefined ? undefined : bound[handle];
  if (!api) {
    throw usage(`${options.model} has no view ${view}`, `It has ${handles.join(", ")}.`);
  }
  const filter = where === undefined ? {} : { where };
  const args = {
    limit,
    ...filter,
    ...(select === undefined ? {} : { select }),
    ...(sort === undefined ? {} : { sort }),
  };
  if (options.aggregate !== undefined) {
    io.stdout(`${writeJson(await api.aggregate({ ...filter, ...options.aggregate }), 2)}\n`);
    return exitCodes.ok;
  }
  if (options.search !== undefined) {
    const { items } = await api.search(options.search, args);
    io.stdout(options.json ? items.map((row) => `${writeJson(row)}\n`).join("") : tableOf(items, io));
    return exitCodes.ok;
  }
  const rows = api.list(args);
  if (options.explain) {
    const plan = await rows.explain();
    io.stdout(`${options.json ? writeJson(plan, 2) : plan.text}\n`);
  } else if (options.json) for await (const row of rows) io.stdout(`${writeJson(row)}\n`);
  else io.stdout(tableOf(await rows, io));
  return exitCodes.ok;
}

function tableOf(rows: readonly UntypedRow[], { verbosity }: CliIo): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = new Table({ head: columns, style: { head: [], border: [] } });
  for (const row of rows) table.push(columns.map((column) => cellOf(row[column])));
  const count = verbosity === "quiet" ? "" : `${rows.length === 1 ? "1 row" : `${rows.length} rows`}\n`;
  return `${rows.length === 0 ? "" : `${table.toString()}\n`}${count}`;
}

function cellOf(value: unknown): string {
  const text =
    value instanceof Date ? value.toISOString() : typeof value === "string" ? value : writeJson(value ?? null);
  const line = text.replace(/[\p{Cc}\p{Cf}]+/gu, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** Adds `pygen query` to the program. */
export function addQuery({ commander, action }: Program): void {
  withAccess(commander.command("query"))
    .description("read instances through a view of a data model, as a table or, with --json, a line of JSON each")
    .argument("<view>", "view: its external id, or its name in a generated SDK")
    .requiredOption("--model <id>", "data model of the service, as space/externalId@version")
    .option("--where <json>", "filter, as list() takes it", json)
    .option("--select <json>", "what to read, as list() takes it", json)
    .option("--sort <json>", "order, as list() takes it: a list", json)
    .option("--limit <number>", "most rows", count, 25)
    .option("--space <space>", "space of instances that are named by external id alone")
    .addOption(
      new Option("--search <words>", "search for words, in place of a list").conflicts(["explain", "aggregate"]),
    )
    .addOption(
      new Option("--aggregate <json>", "compute, as aggregate() takes it, in place of a list")
        .argParser(json)
        .conflicts(["explain", "select", "sort"]),
    )
    .option("--explain", "print the requests instead of making them")
    .addHelpText(
      "after",
      `
Examples:
  pygen query Turbine --model wind/WindFarm@v1 --url http://127.0.0.1:4000 --project demo
  pygen query Turbine --model wind/WindFarm@v1 --where '{"capacity":{"gte":5}}' --select '{"name":true}' --json
  pygen query Turbine --model wind/WindFarm@v1 --aggregate '{"count":true,"groupBy":["status"]}'`,
    )
    .action(action(queryCommand));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function count(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is not a number from 1.");
}
