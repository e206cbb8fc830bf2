import type { JsonValue } from "../../models/index.js";

/** A text that holds a data model or a part of one. */
export interface SourceFile {
  /** How messages name it, with `/` between folders; its ending says how it is read, and its folders which variables count. */
  readonly path: string;
  readonly text: string;
}

/** How texts are read. */
export interface SourceOptions {
  /** Values of the placeholders `{{ name }}` in files of the CDF toolkit; they count before those of all files. */
  readonly variables?: Readonly<Record<string, JsonValue>>;
  /** Files with values of placeholders: a toolkit's `config.ENV.yaml`, or names and values. */
  readonly variableFiles?: readonly SourceFile[];
  /** `space/externalId@version` of the data model that a file in GraphQL describes: the language has no place for it. */
  readonly dataModel?: string;
  /** Skips files that hold nothing of a data model, as a folder may have, instead of telling about them. */
  readonly skipOthers?: boolean;
}
