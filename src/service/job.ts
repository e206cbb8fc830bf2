import {
  compareModels,
  type GenerationConfig,
  generate,
  generationOf,
  type ModelChange,
  type ModelDocument,
  readModelFiles,
  resolveModels,
  type SourceFile,
} from "../codegen/index.js";
import { type Diagnostic, isModelError, isPygenError } from "../errors/index.js";
import type { JsonValue } from "../models/index.js";
import { type ArchiveFormat, archiveOf } from "../output/index.js";

/** A model as texts: what threads can be given. */
export interface ModelTexts {
  readonly files: readonly SourceFile[];
  readonly dependsOn: readonly SourceFile[];
  readonly variables: Readonly<Record<string, JsonValue>>;
}

interface OneModel {
  readonly model: ModelTexts;
  readonly dataModel?: string | undefined;
  readonly config: Omit<GenerationConfig, "target">;
  readonly maxViews: number;
}

/** What a thread is to do, as plain data. */
export type Job =
  | (OneModel & { readonly kind: "generate"; readonly format: ArchiveFormat })
  | (OneModel & { readonly kind: "validate" })
  | { readonly kind: "diff"; readonly before: ModelTexts; readonly after: ModelTexts; readonly maxViews: number };

/** What became of a job, as plain data. */
export type JobResult =
  | { readonly kind: "archive"; readonly bytes: Uint8Array<ArrayBuffer>; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "diagnostics"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "changes"; readonly changes: readonly ModelChange[] }
  | {
      readonly kind: "refused";
      readonly code: string;
      readonly message: string;
      readonly diagnostics: readonly Diagnostic[];
    };

/** Does a job. What is wrong with a model is told in the result. */
export async function runJob(job: Job): Promise<JobResult> {
  try {
    return job.kind === "diff" ? await diff(job) : await generateOrValidate(job);
  } catch (error) {
    if (isModelError(error)) return refused(error.code, error.message, error.diagnostics);
    if (isPygenError(error)) return refused(error.code, error.message);
    if (error instanceof RangeError) return refused("LIMIT.DEPTH", "The model is nested too deeply.");
    throw error;
  }
}

function refused(code: string, message: string, diagnostics: readonly Diagnostic[] = []): JobResult {
  return { kind: "refused", code, message, diagnostics };
}

async function generateOrValidate(job: Exclude<Job, { kind: "diff" }>): Promise<JobResult> {
  const { model, dataModel, config, maxViews } = job;
  const { document, dependencies } = await documentsOf(model, dataModel);
  const tooMany = aboveLimit([document, ...dependencies], maxViews);
  if (tooMany) return tooMany;
  const { files, diagnostics } = generate({
    document,
    dependencies,
    ...(dataModel === undefined ? {} : { dataModel }),
    ...generationOf(config),
  });
  if (job.kind === "validate") return { kind: "diagnostics", diagnostics };
  if (diagnostics.some(({ severity }) => severity === "error")) {
    return refused("MODEL.INVALID", "The model has errors; nothing is generated.", diagnostics);
  }
  return { kind: "archive", bytes: await archiveOf(files, job.format), diagnostics };
}

async function diff({ before, after, maxViews }: Extract<Job, { kind: "diff" }>): Promise<JobResult> {
  const [old, next] = [await documentsOf(before), await documentsOf(after)];
  const tooMany = aboveLimit([old.document, next.document, ...old.dependencies, ...next.dependencies], 2 * maxViews);
  if (tooMany) return tooMany;
  const [oldModels, nextModels] = [old, next].map((each) => resolveModels(each).map(({ model }) => model));
  return { kind: "changes", changes: compareModels(oldModels ?? [], nextModels ?? []) };
}

async function documentsOf(
  { files, dependsOn, variables }: ModelTexts,
  dataModel?: string,
): Promise<{
  readonly document: ModelDocument;
  readonly dependencies: readonly ModelDocument[];
}> {
  const document = await readModelFiles(files, { variables, ...(dataModel === undefined ? {} : { dataModel }) });
  return { document, dependencies: dependsOn.length === 0 ? [] : [await readModelFiles(dependsOn, { variables })] };
}

function aboveLimit(documents: readonly ModelDocument[], maxViews: number): JobResult | undefined {
  const views = documents.reduce((sum, document) => sum + document.views.length, 0);
  if (views <= maxViews) return undefined;
  return refused("LIMIT.VIEWS", `The model has ${views} views; at most ${maxViews} are taken.`);
}
