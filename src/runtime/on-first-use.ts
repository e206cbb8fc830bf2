import { loadPart } from "../client/index.js";
import { isRecord } from "../models/index.js";

type Operation = (...args: never[]) => Promise<unknown>;

/**
 * An operation whose code is loaded when it is called. While it is loaded, the signal among the options, which are the
 * last argument, holds already.
 *
 * @param what - what it does, for the error where it cannot be loaded
 * @param load - loads the part that it is in
 * @param name - of the operation in its part
 * @throws ConfigError `CONFIG.PART` when it cannot be loaded, of which nothing was done
 */
export function onFirstUse<Part extends Record<Name, Operation>, Name extends string>(
  what: string,
  load: () => Promise<Part>,
  name: Name,
): Part[Name] {
  const run = async (...args: readonly unknown[]): Promise<unknown> => {
    const options = args.at(-1);
    const signal = isRecord(options) ? (options["signal"] as AbortSignal | undefined) : undefined;
    const part = await loadPart(what, load, { signal });
    return await part[name](...(args as never[]));
  };
  // It takes and gives what the operation does.
  return run as Operation as Part[Name];
}
