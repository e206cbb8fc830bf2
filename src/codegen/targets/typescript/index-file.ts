import { compareText, type IrModel, type NamedView } from "../../../ir/index.js";
import { formatVersionedId } from "../../../models/index.js";
import type { TargetModel } from "../../target.js";
import { docComment, nameList, oneLine, propertyKey } from "../../text/index.js";
import type { TypescriptRole } from "./naming.js";
import { lineWidth, type TypescriptStyle } from "./style.js";

/** What the model is called. */
type Names = Readonly<Record<TypescriptRole, string>>;

const runtime = ["type BindOptions", "type Bound", "bind", "type PygenClient", "type ViewOf"];

/** The door of an SDK of one data model: every view, and the function that ties them to a client. */
export function indexFile(model: TargetModel<TypescriptRole>, style: TypescriptStyle): string {
  const views = viewLists(model.views, "./", style);
  if (style.typesOnly) return [views("import type") + views("export type"), typesPart(model)].join("\n");
  return [
    nameList("import", runtime, style.runtimeImport, lineWidth) + views("import"),
    views("export"),
    ...modelParts(model),
  ].join("\n");
}

/** The file of one of several data models: the function that ties its views to a client. */
export function modelFile(model: TargetModel<TypescriptRole>, style: TypescriptStyle): string {
  if (style.typesOnly) return [viewLists(model.views, "../", style)("import type"), typesPart(model)].join("\n");
  const imports = nameList("import", runtime, style.runtimeImport, lineWidth);
  return [imports + viewLists(model.views, "../", style)("import"), ...modelParts(model)].join("\n");
}

/** The door of an SDK of several data models: every view once, and the function of each model. */
export function severalIndexFile(
  models: readonly TargetModel<TypescriptRole>[],
  views: readonly NamedView[],
  style: TypescriptStyle,
): string {
  const functions = models.map(({ folder, names: { model } }) => {
    const names = [model.function, `type ${model.type}`, `type ${model.viewsType}`];
    const from = `./models/${folder}${style.importExtension}`;
    return style.typesOnly
      ? nameList("export type", [model.viewsType], from, lineWidth)
      : nameList("export", names, from, lineWidth);
  });
  return functions.join("") + viewLists(views, "./", style)(style.typesOnly ? "export type" : "export");
}

/** Imports or exports of views, a line for each file. */
function viewLists(
  views: readonly NamedView[],
  folder: string,
  { importExtension }: TypescriptStyle,
): (keyword: string) => string {
  const byFile = new Map<string, string[]>();
  for (const view of views) byFile.set(view.file, [...(byFile.get(view.file) ?? []), view.type]);
  const files = [...byFile].sort(([a], [b]) => compareText(a, b));
  return (keyword) =>
    files.map(([file, of]) => nameList(keyword, of, `${folder}${file}${importExtension}`, lineWidth)).join("");
}

/** The views of a data model by name, where there is nothing to bind. */
function typesPart({ model, names, views }: TargetModel<TypescriptRole>): string {
  const sorted = [...views].sort((a, b) => compareText(a.handle, b.handle));
  const members = sorted.map(({ handle, type }) => `  readonly ${propertyKey(handle, "type")}: ${type};\n`);
  const doc = docComment([`The views of data model ${formatVersionedId(model.id)}.`], 0, lineWidth);
  return `${doc}export interface ${names.model.viewsType} {\n${members.join("")}}\n`;
}

function modelParts({ model, names, views }: TargetModel<TypescriptRole>): readonly string[] {
  const sorted = [...views].sort((a, b) => compareText(a.handle, b.handle));
  return [viewsType(model, names.model, sorted), boundType(names.model), sdkFunction(model, names.model, sorted)];
}

function viewsType(model: IrModel, names: Names, views: readonly NamedView[]): string {
  const members = views.map((view) => `  readonly ${propertyKey(view.handle, "type")}: ViewOf<${view.type}>;\n`);
  const doc = docComment([`The views of data model ${formatVersionedId(model.id)}.`], 0, lineWidth);
  return `${doc}export interface ${names.viewsType} {\n${members.join("")}}\n`;
}

function boundType(names: Names): string {
  const doc = docComment([`What ${names.function}() returns.`], 0, lineWidth);
  return `${doc}export type ${names.type}<Options extends BindOptions = BindOptions> = Bound<${names.viewsType}, Options>;\n`;
}

function sdkFunction(model: IrModel, names: Names, views: readonly NamedView[]): string {
  const members = views.map(({ handle, type: constant }) => `    ${propertyKey(handle, "literal")}: ${constant},\n`);
  const example = views.find(({ instanceType }) => instanceType === "node") ?? views[0];
  const usage = example ? [`const rows = await sdk.${example.handle}.list({ limit: 10 });`] : [];
  const lines = [
    oneLine(`The typed SDK of data model ${formatVersionedId(model.id)}.`),
    "",
    "@param client - where instances are read from and written to",
    "@param options - `space`: the space of instances that are named by their external id alone",
    "",
    "@example",
    "```ts",
    `const sdk = ${names.function}(client, { space: "my_space" });`,
    ...usage,
    "```",
  ];
  const doc = `/**\n${lines.map((line) => ` * ${line.replaceAll("*/", "*\\/")}`.trimEnd()).join("\n")}\n */\n`;
  return (
    `${doc}export function ${names.function}<const Options extends BindOptions = Record<never, never>>(\n` +
    "  client: PygenClient,\n  options?: Options,\n" +
    `): ${names.type}<Options> {\n  const views: ${names.viewsType} = {\n${members.join("")}  };\n` +
    `  return bind<${names.viewsType}, Options>(client, views, options);\n}\n`
  );
}
