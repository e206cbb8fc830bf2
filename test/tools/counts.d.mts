export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Counts of a vitest JSON report; a file that failed as a whole, before its tests, is one failure. */
export declare function vitestCounts(file: string): Counts;

/** Counts of a Playwright JSON report; a test that passed only on a retry has failed, and so has a broken file. */
export declare function playwrightCounts(file: string): Counts;
