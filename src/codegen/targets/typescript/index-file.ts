import { compareText, type IrModel, type NamedView } from "../../../ir/index.js";
import { formatVersionedId } from "../../../models/index.js";
import type { TargetModel } from "../../target.js";
import { docComment, nameList, oneLine, propertyKey } from "../../text/index.js";
import type { TypescriptRole } from "./naming.js";
import { lineWidth, type TypescriptStyle } from "./style.js";

/** What the model is called. */
type Names = Readonly<Record<TypescriptRole, string>>;

/** The door of a generated SDK: every view, and the function that ties them to a client. */
export function indexFile(
  { model, names: { model: names }, views }: TargetModel<TypescriptRole>,
  { runtimeImport, importExtension }: TypescriptStyle,
): string {
  const runtime = ["type BindOptions", "type Bound", "bind", "type PygenClient", "type ViewOf"];
  const byFile = new Map<string, string[]>();
  for (const view of views) byFile.set(view.file, [...(byFile.get(view.file) ?? []), view.type]);
  const files = [...byFile].sort(([a], [b]) => compareText(a, b));
  const lists = (keyword: string): string =>
    files.map(([file, of]) => nameList(keyword, of, `./${file}${importExtension}`, lineWidth)).join("");
  const sorted = [...views].sort((a, b) => compareText(a.handle, b.handle));
  return [
    nameList("import", runtime, runtimeImport, lineWidth) + lists("import"),
    lists("export"),
    viewsType(model, names, sorted),
    boundType(names),
    sdkFunction(model, names, sorted),
  ].join("\n");
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
    "  return bind(client, views, options);\n}\n"
  );
}
