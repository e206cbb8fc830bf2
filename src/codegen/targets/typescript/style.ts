/** How TypeScript files are written. */
export interface TypescriptOptions {
  /** Ending of relative imports. `.js` suits Node and bundlers, `.ts` Deno, none bundlers alone (E135). @defaultValue ".js" */
  readonly importExtension?: ".js" | ".ts" | "";
  /** Where generated files import the runtime from. @defaultValue "pygen" */
  readonly runtimeImport?: string;
  /**
   * The type of int64 values: `number` is exact up to 2^53 and reading refuses what is beyond, `bigint` is exact for all
   * (E104).
   * @defaultValue "number"
   */
  readonly int64?: "number" | "bigint";
  /**
   * The type of timestamps in rows: `Date`, or the service's ISO text as it stands, with all digits and ready for JSON.
   * Conditions and writes take both either way; `date` properties are always texts.
   * @defaultValue "date"
   */
  readonly timestamps?: "date" | "string";
  /**
   * Adds a valibot schema for what is written through each view, in the folder `schemas`: for forms and APIs. The
   * application installs valibot.
   * @defaultValue false
   */
  readonly schemas?: boolean;
  /** Writes types alone: no metadata, and nothing that runs. @defaultValue false */
  readonly typesOnly?: boolean;
}

/** What the files need to know of it. */
export type TypescriptStyle = Required<TypescriptOptions>;

/** Columns that a line has, as far as names and texts without blanks let it. */
export const lineWidth = 120;
