import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of real data models beside the project; tests that need it say so when it is absent. */
export const MODELS: string = join(import.meta.dirname, "../../../shared/models");

/** Whether the real data models are there. */
export const hasModels: boolean = existsSync(join(MODELS, "index.json"));

if (!hasModels) console.warn("skipped: ../shared/models is absent");

/** Any part of a model file, as it is written. */
export type Json = Record<string, any>;

/** A model file: its resources in create form. */
export interface ModelFile {
  readonly spaces: readonly Json[];
  readonly containers: readonly Json[];
  readonly views: readonly Json[];
  readonly dataModels: readonly Json[];
  readonly instances?: { readonly nodes: readonly Json[]; readonly edges: readonly Json[] };
}

const index: { readonly models: readonly { readonly name: string; readonly dependsOn: readonly string[] }[] } =
  hasModels ? JSON.parse(readFileSync(join(MODELS, "index.json"), "utf8")) : { models: [] };

/** The names of all models. */
export const modelNames: readonly string[] = index.models.map(({ name }) => name);

/** The path of a model's file. */
export const modelPath = (name: string): string => join(MODELS, name, "model.json");

/** Reads one model file. */
export const readModel = (name: string): ModelFile => JSON.parse(readFileSync(modelPath(name), "utf8"));

/** The models that a model builds on, in the order to load them. */
export function dependenciesOf(name: string): readonly string[] {
  const found = new Set<string>();
  const visit = (current: string): void => {
    for (const needed of index.models.find((model) => model.name === current)?.dependsOn ?? []) {
      visit(needed);
      found.add(needed);
    }
  };
  visit(name);
  return [...found];
}
