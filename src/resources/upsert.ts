import { isAbortError, isApiError } from "../errors/index.js";
import {
  type Batch,
  type HTTPClient,
  type HTTPRequest,
  outcomeOf,
  type PreparedBody,
  type RequestOptions,
  runBatch,
} from "../http/index.js";
import type { InstancesUpsertResponse, InstanceWrite, UpsertOptions, WrittenInstance } from "../models/index.js";
import { upsertResponse } from "../models/responses/index.js";
import { inOrderOf, instanceIdOf, instanceKey, requestSize } from "./instance-key.js";
import { readBack } from "./read-back.js";
import { upsertOrder } from "./upsert-order.js";

/** Options of the requests of an upsert. */
export interface UpsertRequestOptions extends RequestOptions {
  /**
   * Told what each request wrote, as soon as that is known. `lost`: the answer to an earlier attempt was lost, so that
   * `wasModified` may be false of what that one wrote.
   */
  readonly onWritten?: (items: readonly WrittenInstance[], about: { readonly lost: boolean }) => void;
}

const isThere =
  "What was to be made is there already: leave it out, pass over it by skipOnVersionConflict, or write it without a version.";

const hint = "The answer of an earlier attempt was lost: it may have been applied, and this be a conflict with itself.";

/** Writes instances in requests of 1,000, those that others point at before them. */
export async function upsertInstances(
  http: HTTPClient,
  items: readonly InstanceWrite[],
  args: UpsertOptions,
  options: UpsertRequestOptions,
): Promise<WrittenInstance[]> {
  const { stages, waitsFor } = upsertOrder(items, requestSize);
  const written = await runBatch<InstanceWrite, WrittenInstance>({
    stages,
    waitsFor,
    given: items,
    size: requestSize,
    concurrency: http.concurrency("write"),
    idOf: instanceIdOf,
    signal: options.signal,
    ...upsertSender(http, args, options),
  });
  return stages.length === 1 && stages[0] === items ? written : inOrderOf(written, items);
}

/**
 * Sends the requests of an upsert. One that names versions, sent again after it was applied, would meet its own new
 * versions: so when an answer is lost, what is stored is read first, and again when there is a conflict after all, since
 * the lost request may have arrived late.
 */
function upsertSender(
  http: HTTPClient,
  args: UpsertOptions,
  { onWritten, ...options }: UpsertRequestOptions,
): Pick<Batch<InstanceWrite, WrittenInstance>, "prepare" | "send"> {
  /** Sent in a request whose outcome is unknown. */
  const doubtful = new Set<InstanceWrite>();
  const note = (items: readonly InstanceWrite[]): undefined => {
    for (const item of items) doubtful.add(item);
  };
  const doubt = (items: readonly InstanceWrite[], signal = options.signal) => {
    note(items);
    return readBack(http, items, args.replace, { ...options, signal });
  };
  const requestOf = (items: readonly InstanceWrite[]) =>
    ({ method: "POST", path: "/models/instances", body: { ...args, items } }) as const;
  type Request = HTTPRequest<InstancesUpsertResponse>;
  const sendPlain = async (items: readonly InstanceWrite[], request: Request): Promise<readonly WrittenInstance[]> => {
    try {
      return (await http.request({ ...request, settle: async () => note(items) })).items;
    } catch (error) {
      if (outcomeOf(error) === "unknown") note(items);
      throw error;
    }
  };
  const sendVersioned = async (
    items: readonly InstanceWrite[],
    request: Request,
  ): Promise<readonly WrittenInstance[]> => {
    const settle = async (signal?: AbortSignal): Promise<InstancesUpsertResponse | undefined> => {
      // Nothing is known then; sending again is harmless, because versions are checked.
      const found = await doubt(items, signal).catch(() => []);
      const known = found.flatMap((item) => item ?? []);
      return known.length === items.length ? { items: known } : undefined;
    };
    try {
      const answer = await http.request({ ...request, settle });
      if (!args.skipOnVersionConflict || !items.some((item) => doubtful.has(item))) return answer.items;
      return withApplied(answer.items, items, await doubt(items).catch(() => []));
    } catch (error) {
      const doubted = items.some((item) => doubtful.has(item));
      if (isAbortError(error) || (outcomeOf(error) !== "unknown" && !(doubted && isConflict(error)))) {
        throw withHint(error, items);
      }
      const settled = await settle();
      if (settled !== undefined) return settled.items;
      throw isConflict(error) ? Object.assign(error as Error, { outcome: "unknown", hint }) : error;
    }
  };
  const send = async (items: readonly InstanceWrite[], body?: PreparedBody): Promise<readonly WrittenInstance[]> => {
    const request = { ...options, ...requestOf(items), ...(body && { body }), schema: upsertResponse };
    const isVersioned = items.some(({ existingVersion }) => existingVersion !== undefined);
    const written = await (isVersioned ? sendVersioned(items, request) : sendPlain(items, request));
    onWritten?.(written, { lost: items.some((item) => doubtful.has(item)) });
    return written;
  };
  return { prepare: (items) => http.prepare(requestOf(items)), send };
}

/** A conflict about what was to be made: version 0 is written where there is none yet. */
function withHint(error: unknown, items: readonly InstanceWrite[]): unknown {
  const toBeMade = items.every(({ existingVersion = 0 }) => existingVersion === 0);
  return toBeMade && isConflict(error) ? Object.assign(error as Error, { hint: isThere }) : error;
}

function isConflict(error: unknown): boolean {
  return isApiError(error) && error.code === "API.VERSION_CONFLICT";
}

/** An answer in which what was skipped only because it had been applied before is told as written. */
function withApplied(
  answers: readonly WrittenInstance[],
  items: readonly InstanceWrite[],
  found: readonly (WrittenInstance | undefined)[],
): readonly WrittenInstance[] {
  const byKey = new Map(answers.map((answer) => [instanceKey(answer), answer]));
  return items.flatMap((item, place) => {
    const answer = byKey.get(instanceKey(item));
    return (answer?.wasModified ? answer : (found[place] ?? answer)) ?? [];
  });
}
