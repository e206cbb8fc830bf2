import { loadPart } from "../client/index.js";
import { isRecord } from "../models/index.js";

/**
 * An operation whose code is loaded when it is called. While it is loaded, the signal among the options, which are the
 * last argument, holds already.
 *
 * @param what - what it does, for the error where it cannot be loaded
 * @throws ConfigError `CONFIG.PART` when it cannot be loaded, of which nothing was done
 */
export function onFirstUse<Args extends readonly unknown[], Result>(
  what: string,
  load: () => Promise<(...args: Args) => Promise<Result>>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    const options = args.at(-1);
    const signal = isRecord(options) ? (options["signal"] as AbortSignal | undefined) : undefined;
    const run = await loadPart(what, load, { signal });
    return await run(...args);
  };
}
