import { writeFile } from "node:fs/promises";
import path from "node:path";
import Table from "cli-table3";
import { Option } from "commander";
import { type IrModel, mermaidText, resolveModels, svgText, typeText } from "../../codegen/index.js";
import { formatVersionedId, writeJson } from "../../models/index.js";
import { type CliError, usage } from "../cli-error.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { readSource } from "../model-source.js";
import { type Program, withModels } from "../program.js";
import { jobsOf, type SdkOptions } from "../sdk-job.js";

/** Options of `pygen inspect`. */
export interface InspectCommandOptions extends Omit<SdkOptions, "out"> {
  readonly format?: "table" | "mermaid" | "svg" | "json";
  /** Shows the properties of one view. */
  readonly view?: string;
  /** The file to write to. */
  readonly output?: string;
  readonly json?: boolean;
}

/** `pygen inspect`: shows a model, resolved. */
export async function inspectCommand(
  io: CliIo,
  files: readonly string[],
  options: InspectCommandOptions,
): Promise<ExitCode> {
  const models: IrModel[] = [];
  for (const job of await jobsOf(files, options, io)) {
    const source = await readSource(job.files, job.source, job.io);
    models.push(...resolveModels(source).map(({ model }) => model));
  }
  const text = textOf(models, options);
  if (options.output === undefined) io.stdout(text);
  else await writeFile(path.resolve(io.cwd, options.output), text);
  return exitCodes.ok;
}

function textOf(models: readonly IrModel[], { format, view, json }: InspectCommandOptions): string {
  if (models.length > 1 && !json && (format === "mermaid" || format === "svg")) {
    const ids = models.map(({ id }) => formatVersionedId(id)).join(", ");
    throw usage(
      `a diagram shows one data model, and there are ${models.length}`,
      `Choose one by --data-model: ${ids}.`,
    );
  }
  const render = {
    table: (model: IrModel) => (view === undefined ? viewsTable(model) : propertiesTable(model, view)),
    mermaid: mermaidText,
    svg: svgText,
    json: (model: IrModel) => `${writeJson(model, 2)}\n`,
  };
  const texts = models.map(render[json ? "json" : (format ?? "table")]).filter((text) => text !== "");
  if (texts.length === 0 && view !== undefined) throw noView(models, view);
  return texts.join("\n");
}

/** Views that a message names at most. */
const mostNamed = 20;

function noView(models: readonly IrModel[], view: string): CliError {
  const ids = models.map(({ id }) => formatVersionedId(id)).join(", ");
  const names = [...new Set(models.flatMap(({ views }) => views.map(({ id }) => id.externalId)))];
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  const have = models.length === 1 ? "has" : "have";
  return usage(`${ids} ${have} no view ${view}`, `There is ${names.slice(0, mostNamed).join(", ")}${more}.`);
}

const plain = { head: [], border: [] };

function viewsTable(model: IrModel): string {
  const table = new Table({ head: ["view", "for", "writable", "properties", "relations", "implements"], style: plain });
  for (const { id, usedFor, writable, properties, implements: parents } of model.views) {
    const relations = properties.filter(({ kind }) => kind !== "scalar").length;
    const names = parents.map(({ externalId }) => externalId).join(", ");
    table.push([
      `${id.externalId}@${id.version}`,
      usedFor === "all" ? "nodes, edges" : `${usedFor}s`,
      writable ? "yes" : "no",
      properties.length - relations,
      relations,
      shortened(names),
    ]);
  }
  return `${formatVersionedId(model.id)}: ${model.views.length} views\n${table.toString()}\n`;
}

/** Nothing where the model has no such view. */
function propertiesTable(model: IrModel, wanted: string): string {
  const found = model.views.find(({ id }) => id.externalId === wanted || formatVersionedId(id) === wanted);
  if (!found) return "";
  const table = new Table({ head: ["property", "type", "facts", "from"], style: plain });
  for (const property of found.properties) {
    const facts = [
      "nullable" in property && !property.nullable ? "required" : "",
      "hasDefault" in property && property.hasDefault ? "default" : "",
      "immutable" in property && property.immutable ? "immutable" : "",
      "readOnly" in property && property.readOnly ? "read only" : "",
      property.kind === "scalar" && property.unit !== undefined ? property.unit : "",
    ];
    table.push([
      property.id,
      typeText(property),
      facts.filter((fact) => fact !== "").join(", "),
      property.declaredBy.externalId,
    ]);
  }
  return `${formatVersionedId(found.id)}\n${table.toString()}\n`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** Adds `pygen inspect` to the program. */
export function addInspect({ commander, action }: Program): void {
  withModels(commander.command("inspect"))
    .description("show data models, resolved: a table of their views, a diagram, or the intermediate representation")
    .addOption(
      new Option("--format <name>", "table, diagram (mermaid, svg) or intermediate representation (json)")
        .choices(["table", "mermaid", "svg", "json"])
        .default("table"),
    )
    .option("--view <view>", "show the properties of one view")
    .option("-o, --output <file>", "file to write to (default: the terminal)")
    .addHelpText(
      "after",
      `
Examples:
  pygen inspect model.json
  pygen inspect model.json --view Turbine
  pygen inspect model.json --format svg --output model.svg`,
    )
    .action(action(inspectCommand));
}
