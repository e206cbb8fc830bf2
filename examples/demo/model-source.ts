import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type ModelDocument, parseJson, readModelDocument } from "pygen/codegen";

/** The project that the demo's emulator serves. */
export const PROJECT = "demo";

/** Where the demo puts a data model of views that come without one. */
const OWN_SPACE = "pygen_demo";

/** What the demo does with a model file. */
export interface DemoModel {
  readonly name: string;
  /** Files that come into the emulator as system models. */
  readonly load: readonly string[];
  /** What is deployed through the API. */
  readonly deploy: ModelDocument;
  /** The data models to generate SDKs of. */
  readonly dataModels: readonly { readonly space: string; readonly externalId: string; readonly version: string }[];
}

const isSystem = (space: string): boolean => space.startsWith("cdf_");

/**
 * Reads a model file and sorts it into what the service brings along and what is deployed:
 * the models it depends on (named in an `index.json` beside its folder) and system spaces are loaded.
 */
export async function readDemoModel(file: string): Promise<DemoModel> {
  const path = resolve(file);
  const document = readModelDocument(parseJson(await readFile(path, "utf8")));
  const system = document.spaces.some(({ space }) => isSystem(space));
  const deploy: ModelDocument = {
    spaces: document.spaces.filter(({ space }) => !isSystem(space)),
    containers: document.containers.filter(({ space }) => !isSystem(space)),
    views: document.views.filter(({ space }) => !isSystem(space)),
    dataModels: document.dataModels.filter(({ space }) => !isSystem(space)),
    ...(document.instances ? { instances: document.instances } : {}),
  };
  const name = basename(path) === "model.json" ? basename(dirname(path)) : basename(path, ".json");
  const load = [...(await dependencies(path)), ...(system ? [path] : [])];
  if (document.dataModels.length > 0) return { name, load, deploy, dataModels: document.dataModels };

  const views = document.views.length > 0 ? document.views : viewsWrittenThrough(document);
  const own = {
    space: OWN_SPACE,
    externalId: "AllViews",
    version: "v1",
    views: views.map(({ space, externalId, version }) => ({ type: "view" as const, space, externalId, version })),
  };
  return {
    name,
    load,
    deploy: { ...deploy, spaces: [...deploy.spaces, { space: OWN_SPACE }], dataModels: [own] },
    dataModels: [own],
  };
}

function viewsWrittenThrough(document: ModelDocument) {
  const views = [...(document.instances?.nodes ?? []), ...(document.instances?.edges ?? [])]
    .flatMap((instance) => instance.sources ?? [])
    .map(({ source }) => source)
    .filter((source) => source.type === "view");
  return [...new Map(views.map((view) => [`${view.space}/${view.externalId}@${view.version}`, view])).values()];
}

/** The files of the models that `index.json` says this one builds on, each after those it builds on itself. */
async function dependencies(path: string): Promise<readonly string[]> {
  const folder = dirname(dirname(path));
  const text = await readFile(join(folder, "index.json"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return [];
  const { models } = JSON.parse(text) as {
    readonly models: readonly { readonly name: string; readonly dependsOn: readonly string[] }[];
  };
  const found: string[] = [];
  const visit = (name: string): void => {
    for (const needed of models.find((model) => model.name === name)?.dependsOn ?? []) {
      visit(needed);
      if (!found.includes(needed)) found.push(needed);
    }
  };
  visit(basename(dirname(path)));
  return found.map((name) => join(folder, name, "model.json"));
}
