/** What one app costs, in bytes. */
export interface Size {
  readonly name: string;
  readonly minified: number;
  readonly gzip: number;
  readonly limit?: number | undefined;
  /** What it loads on first use of more, in addition. */
  readonly later: readonly Pick<Size, "name" | "minified" | "gzip">[];
}

/** Bundles the apps; needs `dist/`. */
export declare function measure(): Promise<Size[]>;

/** The sizes as a table, and the names of those over their limit. */
export declare function report(sizes: readonly Size[]): { readonly text: string; readonly tooLarge: readonly string[] };
