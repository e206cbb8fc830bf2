import { type CommonClientOptions, PygenClient } from "../../client/index.js";
import { ConfigError } from "../../errors/index.js";
import type { TimeoutOptions } from "../../http/index.js";
import type { CogniteClientLike } from "./cognite-client.js";
import { CogniteTransport } from "./cognite-transport.js";

/** Options of {@link fromCogniteClient}: those of a client that the given one does not decide. */
export type FromCogniteClientOptions = Omit<CommonClientOptions, "project" | "application" | "retry" | "compression">;

/**
 * A client whose every request goes through a `CogniteClient` of `@cognite/sdk`, as apps hosted in Fusion must have it:
 * that one's sign-in, address, project, headers and repetitions; this package's resources, typed views, chunks, paging,
 * concurrency and errors.
 *
 * What `@cognite/sdk` cannot do: an aborted call rejects at once, but its request goes on; bodies are not packed; and only
 * what it repeats is repeated (429 always, failures of the service for GET), so that nothing is repeated twice over.
 *
 * @throws ConfigError when it is given something else
 *
 * @example
 * ```ts
 * import { type CogniteClientLike, fromCogniteClient } from "pygen/cognite-sdk";
 *
 * export async function spaces(cogniteClient: CogniteClientLike) {
 *   const client = fromCogniteClient(cogniteClient);
 *   return client.spaces.list();
 * }
 * ```
 */
export function fromCogniteClient(client: CogniteClientLike, options: FromCogniteClientOptions = {}): PygenClient {
  if (typeof client?.getBaseUrl !== "function" || typeof client.post !== "function") {
    throw new ConfigError("CONFIG.INVALID", "fromCogniteClient needs a CogniteClient of @cognite/sdk.", {
      hint: "Give the client itself, not its options: fromCogniteClient(new CogniteClient({ ... })).",
    });
  }
  const baseUrl = client.getBaseUrl().replace(/\/+$/, "");
  return new PygenClient({
    ...options,
    baseUrl,
    project: client.project,
    // Never sent: the given client names its application.
    application: "pygen",
    timeout: wholeCall(options.timeout),
    transport: new CogniteTransport(client, baseUrl),
  });
}

/** An attempt is all that the given client does for a call, its repetitions included, so it may take as long as the call. */
function wholeCall(timeout: number | TimeoutOptions | undefined): TimeoutOptions {
  const given = typeof timeout === "number" ? { total: timeout } : (timeout ?? {});
  return { ...given, attempt: given.attempt ?? given.total ?? 300_000 };
}
