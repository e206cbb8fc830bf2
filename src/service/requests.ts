import * as v from "valibot";
import { generationSchema } from "../codegen/config/index.js";
import type { GenerationConfig, SourceFile } from "../codegen/index.js";
import type { JsonValue } from "../models/index.js";
import type { ArchiveFormat } from "../output/index.js";

/** A data model of CDF, which is fetched with the caller's token. */
export interface ModelByReference {
  /** Each as `space/externalId@version`. */
  readonly dataModels: readonly string[];
  readonly project: string;
  /** Of `https://<cluster>.cognitedata.com`. */
  readonly cluster?: string | undefined;
  /** Address of the service, in place of `cluster`; one of those that this service may ask. */
  readonly baseUrl?: string | undefined;
}

/** A model that comes with the request, as texts. */
export interface ModelByFiles {
  /** As `readModelFiles` takes them: JSON, YAML or GraphQL, by the ending of their paths. */
  readonly files: readonly SourceFile[];
  /** What the models build on. */
  readonly dependsOn?: readonly SourceFile[] | undefined;
  /** Values of placeholders in files of the CDF toolkit. */
  readonly variables?: Readonly<Record<string, JsonValue>> | undefined;
}

/** A model that comes with the request, as JSON. */
export interface ModelByDocument {
  readonly document: JsonValue;
}

/** Where a model comes from. */
export type ModelSource = ModelByReference | ModelByFiles | ModelByDocument;

/** What `POST /validate` takes. */
export interface ValidateRequest {
  readonly model: ModelSource;
  /** Which data model of the document. @defaultValue all */
  readonly dataModel?: string | undefined;
  /** As in `pygen.config.json`. */
  readonly config?: Omit<GenerationConfig, "target"> | undefined;
}

/** What `POST /generate` takes. */
export interface GenerateRequest extends ValidateRequest {
  /** @defaultValue what the header `Accept` asks for, else zip */
  readonly format?: ArchiveFormat | undefined;
}

/** What `POST /diff` takes. */
export interface DiffRequest {
  readonly before: ModelSource;
  readonly after: ModelSource;
}

const text = v.pipe(v.string(), v.maxLength(10_000_000));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));
const json = v.custom<JsonValue>((value) => value !== undefined, "must be JSON");
const files = v.pipe(v.array(v.strictObject({ path: name, text })), v.minLength(1), v.maxLength(2_000));

const modelSource: v.GenericSchema<unknown, ModelSource> = v.union(
  [
    v.strictObject({
      dataModels: v.pipe(
        v.array(v.pipe(v.string(), v.regex(/^[^/@\s]+\/[^/@\s]+@[^/@\s]+$/, "must be space/externalId@version"))),
        v.minLength(1),
        v.maxLength(100),
      ),
      project: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/i, "must be the name of a project")),
      cluster: v.exactOptional(
        v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be the name of a cluster")),
      ),
      baseUrl: v.exactOptional(v.pipe(v.string(), v.url(), v.maxLength(1_000))),
    }),
    v.strictObject({
      files,
      dependsOn: v.exactOptional(files),
      variables: v.exactOptional(v.record(v.string(), json)),
    }),
    v.strictObject({ document: json }),
  ],
  "must have dataModels and project, or files, or document, and nothing else",
);

const validateEntries = {
  model: modelSource,
  dataModel: v.exactOptional(name),
  config: v.exactOptional(generationSchema),
};

/** The schema of what `POST /validate` takes. */
export const validateRequest: v.GenericSchema<unknown, ValidateRequest> = v.strictObject(validateEntries);

/** The schema of what `POST /generate` takes. */
export const generateRequest: v.GenericSchema<unknown, GenerateRequest> = v.strictObject({
  ...validateEntries,
  format: v.exactOptional(v.picklist(["zip", "tar.gz", "json"])),
});

/** The schema of what `POST /diff` takes. */
export const diffRequest: v.GenericSchema<unknown, DiffRequest> = v.strictObject({
  before: modelSource,
  after: modelSource,
});
