/** A file of ky (below its `distribution/`) without what never runs; `undefined` for files that stay as they are. */
export declare function core(file: string, source: string): Promise<string | undefined>;

/** The plugin, of rollup and of Vite. */
export declare function kyCore(): {
  readonly name: string;
  transform(source: string, id: string): Promise<{ code: string; map: { mappings: "" } } | undefined>;
};
