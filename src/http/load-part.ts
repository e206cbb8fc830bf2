import { ConfigError, type ErrorDetails } from "../errors/index.js";
import { abortErrorOf } from "./aborted.js";
import { untilAborted } from "./deadline.js";

/**
 * Loads code that is left out of what is loaded first, by the `import()` it is given. One that failed is tried anew the
 * next time.
 *
 * @param what - what needs it, as the error says it
 * @param details - of the error; and a signal, of which waiting ends
 * @throws ConfigError `CONFIG.PART` when it cannot be loaded; AbortError when the signal is aborted before it is there
 */
export async function loadPart<T>(
  what: string,
  load: () => Promise<T>,
  { signal, ...details }: ErrorDetails & { readonly signal?: AbortSignal | undefined } = {},
): Promise<T> {
  try {
    // What is no signal is refused by what is loaded.
    return await untilAborted(load(), signal && "aborted" in signal ? signal : undefined);
  } catch (cause) {
    const told: ErrorDetails = { outcome: "unsent", ...details };
    if (signal?.aborted) throw abortErrorOf(signal.reason, told);
    throw new ConfigError("CONFIG.PART", `The part of pygen for ${what} could not be loaded.`, {
      ...told,
      cause,
      hint: "It lies beside the files that were loaded first: are all of one build there, and is the connection up?",
    });
  }
}
