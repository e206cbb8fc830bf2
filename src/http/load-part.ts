import { ConfigError } from "../errors/index.js";
import { abortErrorOf } from "./aborted.js";
import { untilAborted } from "./deadline.js";

/**
 * Loads code that is left out of what is loaded first, by the `import()` it is given. One that failed is tried anew the
 * next time.
 *
 * @param what - what needs it, as the error says it
 * @throws ConfigError `CONFIG.PART` when it cannot be loaded; AbortError when the signal is aborted before it is there
 */
export async function loadPart<T>(what: string, load: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await untilAborted(load(), signal);
  } catch (cause) {
    if (signal?.aborted) throw abortErrorOf(signal.reason, { outcome: "unsent" });
    throw new ConfigError("CONFIG.PART", `The part of pygen for ${what} could not be loaded.`, {
      cause,
      hint: "It lies beside the files that were loaded first: are all of one build there, and is the connection up?",
      outcome: "unsent",
    });
  }
}
