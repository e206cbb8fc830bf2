/** The code with a mark at whatever its constants are made by. */
export declare function markPure(code: string): string;

/** The plugin of rollup. */
export declare function pureCalls(folder: string): {
  readonly name: string;
  readonly transform: (code: string, id: string) => { code: string; map: null } | undefined;
};
