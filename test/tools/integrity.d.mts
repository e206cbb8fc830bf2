/** The hash of every file of a folder, in the form of the attribute `integrity`, by name in order; maps need none. */
export declare function hashes(folder: string): Record<string, string>;
