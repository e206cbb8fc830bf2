/** One message per file of src/ that is over the limit and that ARCHITECTURE.md does not name. */
export declare function tooLong(root: string): string[];
