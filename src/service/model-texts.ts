import { type Fetch, type Hooks, PygenClient, type RetrievedModels, retrieveModels } from "../client/index.js";
import {
  isApiError,
  isCredentialsError,
  isNetworkError,
  isPygenError,
  isTimeoutError,
  type PygenError,
} from "../errors/index.js";
import { formatVersionedId, parseVersionedId, writeJson } from "../models/index.js";
import type { ModelTexts } from "./job.js";
import { Problem } from "./problem.js";
import type { ModelByReference, ModelSource } from "./requests.js";

/** How models of CDF are fetched. */
export interface FetchOptions {
  /** Addresses that may be asked, besides those of clusters. */
  readonly baseUrls: ReadonlySet<string>;
  /** The caller's token; passed on, and kept nowhere. */
  readonly token: string | undefined;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  readonly fetch: Fetch | undefined;
  readonly hooks: Hooks | undefined;
}

/**
 * A model as texts, fetched where the request only names it.
 *
 * @throws Problem for what cannot be had
 */
export async function modelTextsOf(source: ModelSource, options: FetchOptions): Promise<ModelTexts> {
  const none = { dependsOn: [], variables: {} };
  if ("document" in source) {
    return { ...none, files: [{ path: "model.json", text: JSON.stringify(source.document) }] };
  }
  if ("files" in source) {
    return { files: source.files, dependsOn: source.dependsOn ?? [], variables: source.variables ?? {} };
  }
  const { dataModels, parents } = await fetchModels(source, options);
  const text = (path: string, value: unknown) => ({ path, text: writeJson(value) });
  return {
    ...none,
    files: [text("model.json", { items: dataModels })],
    dependsOn: parents.length === 0 ? [] : [text("parents.json", { views: parents })],
  };
}

async function fetchModels(source: ModelByReference, options: FetchOptions): Promise<RetrievedModels> {
  const { token, milliseconds, signal, fetch, hooks } = options;
  if (token === undefined) {
    throw new Problem(401, "ACCESS.CDF_TOKEN", "Models of CDF are fetched with your token, and there is none.", {
      hint: "Send it as x-cdf-authorization: Bearer <token>.",
    });
  }
  const client = new PygenClient({
    baseUrl: baseUrlOf(source, options.baseUrls),
    project: source.project,
    application: "pygen-service",
    credentials: { getToken: async () => ({ token }) },
    timeout: { total: milliseconds },
    ...(fetch && { fetch }),
    ...(hooks && { hooks }),
  });
  const ids = source.dataModels.flatMap((id) => parseVersionedId(id) ?? []);
  try {
    const found = await retrieveModels(client, ids, { signal });
    if (found.missing.length === 0) return found;
    const missing = found.missing.map(formatVersionedId).join(", ");
    throw new Problem(404, "MODEL.NOT_FOUND", `Project ${source.project} has no data model ${missing}.`, {
      hint: "Check space, external id and version, and that the token may read the space.",
    });
  } catch (error) {
    throw isPygenError(error) ? unavailable(error) : error;
  }
}

function baseUrlOf({ cluster, baseUrl }: ModelByReference, allowed: ReadonlySet<string>): string {
  if (cluster !== undefined && baseUrl === undefined) return `https://${cluster}.cognitedata.com`;
  const origin = baseUrl === undefined ? undefined : new URL(baseUrl).origin;
  if (cluster === undefined && origin !== undefined && allowed.has(origin)) return origin;
  throw new Problem(
    422,
    "REQUEST.ADDRESS",
    "The model needs either a cluster, or a baseUrl that this service may ask.",
    {
      hint: `It may ask ${["https://<cluster>.cognitedata.com", ...allowed].join(", ")}.`,
    },
  );
}

/** What became of asking CDF, without what it said: that may tell of what the caller should not see. */
function unavailable(error: PygenError): Problem {
  const details = { cause: error };
  if (isApiError(error)) {
    const { status = 0 } = error;
    if (status === 401) return new Problem(401, "ACCESS.CDF_TOKEN", "CDF does not accept your token.", details);
    if (status === 403) return new Problem(403, "ACCESS.CDF", "Your token may not read these data models.", details);
    if (status === 429)
      return new Problem(503, "SERVICE.CDF", "CDF is busy.", { ...details, headers: { "retry-after": "5" } });
    return new Problem(status >= 500 ? 502 : 422, "SERVICE.CDF", `CDF answered with ${status}.`, details);
  }
  if (isCredentialsError(error)) return new Problem(401, "ACCESS.CDF_TOKEN", "Your token cannot be sent.", details);
  if (isTimeoutError(error)) return new Problem(502, "SERVICE.CDF", "CDF did not answer in time.", details);
  if (isNetworkError(error)) return new Problem(502, "SERVICE.CDF", "CDF cannot be reached.", details);
  return new Problem(502, "SERVICE.CDF", `CDF gave no usable answer (${error.code}).`, details);
}
