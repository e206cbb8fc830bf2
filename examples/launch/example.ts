import type { Farm } from "./farm.js";

/** An example that runs. */
export interface Running {
  /** Where to look. */
  readonly url: string;
  /** What else to say, line by line. */
  readonly notes: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts an example.
 *
 * @param startFarm - starts the services that it needs; `page` is the address that browsers come back to from signing in
 */
export type Example = (startFarm: (page?: string) => Promise<Farm>) => Promise<Running>;
