import { type Diagnostic, isModelError } from "../../errors/index.js";
import type { DmlProblem } from "../../ir/dml/index.js";
import { type ModelDocument, readModelDocument } from "../../ir/index.js";
import { isRecord, parseJson, parseVersionedId, type VersionedIdentity } from "../../models/index.js";
import { type Located, mergeDocuments } from "./merge.js";
import { isGraphqlSchemaFile, partsOf } from "./parts-of.js";
import { withVariables } from "./placeholders.js";
import { sourceProblem, unusable } from "./problems.js";
import type { SourceFile, SourceOptions } from "./source-file.js";
import { isVariables, readVariables, type Variables } from "./variables.js";
import { readYaml } from "./yaml.js";

/**
 * Reads a data model from texts: one, or several that hold its parts. Their endings say how each is read: `.json` and
 * `.yaml` in create form, as an answer of the service, or as files of the CDF toolkit (`Pump.view.yaml`, with
 * placeholders); `.graphql` in the data modeling language. A text whose path has no such ending is read as what it looks
 * like.
 *
 * @throws ModelError `MODEL.INVALID` with every problem and its place, as `path:line` or `path: place within`
 *
 * @example
 * ```ts
 * import { generate, readModelFiles } from "pygen/codegen";
 *
 * const document = await readModelFiles([{ path: "Pump.view.yaml", text }], { variables: { space: "plant" } });
 * const { files } = generate({ document });
 * ```
 */
export async function readModelFiles(
  files: readonly SourceFile[],
  options: SourceOptions = {},
): Promise<ModelDocument> {
  const problems: Diagnostic[] = [];
  const documents: Located[] = [];
  const variables = await readVariables(files, options, problems);
  const models = await graphqlModels(files, variables, problems);
  for (const file of files.filter((each) => !isVariables(each))) {
    const json = await contentOf(file, { models, variables, options, problems });
    if (json !== undefined) addDocument(file.path, json, documents, problems);
  }
  const document = mergeDocuments(documents, problems);
  if (problems.length > 0) throw unusable(problems);
  return document;
}

/** What reading one file of several takes. */
interface Reading {
  /** The data models of files in GraphQL, by path. */
  readonly models: ReadonlyMap<string, VersionedIdentity>;
  readonly variables: readonly Variables[];
  readonly options: SourceOptions;
  readonly problems: Diagnostic[];
}

/** What a text holds, in a form that a model document is read from. */
async function contentOf(file: SourceFile, { models, variables, options, problems }: Reading): Promise<unknown> {
  const { path } = file;
  if (isGraphqlSchemaFile(path)) return undefined;
  const known = problems.length;
  const text = withVariables({ path, text: file.text.replace(/^\uFEFF/, "") }, variables, problems);
  if (problems.length > known) return undefined;
  const format = formatOf(path, text);
  if (format === "graphql") {
    const id = models.get(path) ?? parseVersionedId(options.dataModel ?? "");
    if (id) return dmlOf(path, text, id, problems);
    problems.push(sourceProblem("SOURCE.DML_MODEL", path, "GraphQL does not say which data model this is"));
    return undefined;
  }
  const values = format === "json" ? readJson(path, text, problems) : await readYaml(path, text, problems);
  if (problems.length > known) return undefined;
  const parts = partsOf(path, values, options.skipOthers ?? false);
  if (parts === undefined && !options.skipOthers) {
    problems.push(sourceProblem("SOURCE.NOT_A_MODEL", path, "it holds nothing of a data model"));
  }
  return parts;
}

const dmlCodes = { SYNTAX: "SOURCE.SYNTAX", TYPE: "SOURCE.DML_TYPE", DIRECTIVE: "SOURCE.DML_DIRECTIVE" } as const;

async function dmlOf(path: string, text: string, id: VersionedIdentity, problems: Diagnostic[]): Promise<unknown> {
  const { readDml } = await import("../../ir/dml/index.js");
  const found: DmlProblem[] = [];
  const schema = readDml(text, id, found);
  for (const { code, message, line } of found) {
    const told = code === "SYNTAX" ? `it is not GraphQL: ${message}` : message;
    problems.push(sourceProblem(dmlCodes[code], path, told, line));
  }
  return schema;
}

function addDocument(path: string, json: unknown, documents: Located[], problems: Diagnostic[]): void {
  try {
    documents.push({ path, document: readModelDocument(json) });
  } catch (error) {
    if (!isModelError(error)) throw error;
    problems.push(
      ...error.diagnostics.map((diagnostic) => ({
        ...diagnostic,
        place: diagnostic.place === "" ? path : `${path}: ${diagnostic.place}`,
        message: `${path}: ${diagnostic.message}`,
      })),
    );
  }
}

function formatOf(path: string, text: string): "json" | "yaml" | "graphql" {
  const [, ending = ""] = /\.(json|ya?ml|graphql|gql)$/i.exec(path) ?? [];
  switch (ending.toLowerCase()) {
    case "json":
      return "json";
    case "graphql":
    case "gql":
      return "graphql";
    case "yml":
    case "yaml":
      return "yaml";
  }
  if (/^\s*[[{]/.test(text)) return "json";
  return /^[ \t]*(type|interface|enum)\s+\w+\s*(\{|@|implements\b)/m.test(text) ? "graphql" : "yaml";
}

function readJson(path: string, text: string, problems: Diagnostic[]): readonly unknown[] {
  try {
    return [parseJson(text)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const [, position] = /position (\d+)/.exec(reason) ?? [];
    const line = position === undefined ? undefined : text.slice(0, Number(position)).split("\n").length;
    problems.push(sourceProblem("SOURCE.SYNTAX", path, `it is not JSON: ${reason}`, line));
    return [];
  }
}

/** The data models of GraphQL files that toolkit files name (`Model.GraphQLSchema.yaml`), by path. */
async function graphqlModels(
  files: readonly SourceFile[],
  variables: readonly Variables[],
  problems: Diagnostic[],
): Promise<ReadonlyMap<string, VersionedIdentity>> {
  const models = new Map<string, VersionedIdentity>();
  for (const file of files.filter(({ path }) => isGraphqlSchemaFile(path))) {
    const { path } = file;
    for (const schema of (await readYaml(path, withVariables(file, variables, problems), problems)).flat()) {
      const { space, externalId, version, dml } = isRecord(schema) ? schema : {};
      if (typeof space !== "string" || typeof externalId !== "string" || typeof version !== "string") {
        problems.push(sourceProblem("SOURCE.DML_MODEL", path, "space, externalId and version have to be texts"));
        continue;
      }
      const folder = path.slice(0, path.lastIndexOf("/") + 1);
      const name = typeof dml === "string" ? dml.replace(/^\.\//, "") : `${externalId}.graphql`;
      models.set(folder + name, { space, externalId, version });
    }
  }
  return models;
}
