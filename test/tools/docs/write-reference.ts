// Writes docs/reference/: a page for each door of the package, from the comments in the code.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Application, type TypeDocOptions } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";

const root = path.resolve(import.meta.dirname, "../../..");
const { compilerOptions }: { compilerOptions: { paths: Record<string, string[]> } } = JSON.parse(
  readFileSync(path.join(root, "tsconfig.json"), "utf8"),
);
const files = new Map(Object.entries(compilerOptions.paths).map(([door, [file = ""]]) => [door, file]));
/** What TypeDoc calls the files, by the doors that they are. */
const doors = new Map([...files].map(([door, file]) => [file.replace(/^\.\/(.+?)(?:\/index)?\.ts$/, "$1"), door]));

const options: TypeDocOptions & PluginOptions = {
  name: "Reference",
  entryPoints: [...files.values()].map((file) => path.join(root, file)),
  tsconfig: path.join(import.meta.dirname, "tsconfig.json"),
  // `npm run types` is what checks the code.
  skipErrorChecking: true,
  excludeExternals: true,
  excludePrivate: true,
  excludeInternal: true,
  disableSources: true,
  readme: "none",
  plugin: ["typedoc-plugin-markdown"],
  out: path.join(root, "docs/reference"),
  logLevel: "Error",
  // Of the plugin for Markdown.
  outputFileStrategy: "members",
  // Short ones stand on the page of their door; a page of a type named Index would be taken for that of its folder.
  membersWithOwnFile: ["Class", "Interface", "Function"],
  entryFileName: "index",
  hideBreadcrumbs: true,
  hidePageHeader: true,
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  typeDeclarationFormat: "table",
  propertyMembersFormat: "table",
  parametersFormat: "table",
  enumMembersFormat: "table",
  sanitizeComments: true,
  useHTMLEncodedBrackets: true,
};
const app = await Application.bootstrapWithPlugins(options);
const project = await app.convert();
if (!project) throw new Error("The reference could not be made.");
for (const module of project.children ?? []) {
  const door = doors.get(module.name);
  if (door === undefined) throw new Error(`${module.name} is no door.`);
  module.name = door;
}
await app.generateOutputs(project);
if (app.logger.hasErrors()) process.exitCode = 1;
