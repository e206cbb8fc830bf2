import { canonicalJson } from "../../ir/index.js";
import { formatVersionedId, isRecord } from "../../models/index.js";
import { boundView } from "../../runtime/index.js";
import { viewsIn } from "./views-in.js";

/** Which views' instances a query reads, and where they are. */
interface Source {
  /** The project of the service. */
  readonly at: string;
  /** Ids of the views, `space/externalId@version`. */
  readonly views: Readonly<Record<string, true>>;
}

/** What is asked for. */
interface Question {
  readonly call: string;
  /** Id of the view that was asked. */
  readonly view: string;
  /** The space of ids that are given as a string. */
  readonly space: string | null;
  /** Everything else, as JSON text that does not depend on the order of keys. */
  readonly args: string;
}

/** The key of a query: plain data, equal for queries that ask the same. */
export type ViewQueryKey = readonly ["pygen", Source, Question];

/** Matches the keys of all queries that read instances of a view, be it through relations from another view. */
export type ViewKey = readonly ["pygen", Source];

/**
 * Matches all queries that read instances of a view, whether it was asked itself or through relations: for
 * `invalidateQueries`, `cancelQueries` and the like. Views that share properties, as one that implements another does, are
 * different views: name each of them.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none
 *
 * @example
 * ```ts
 * import { QueryClient } from "@tanstack/react-query";
 * import { viewKey } from "pygen/react";
 *
 * await new QueryClient().invalidateQueries({ queryKey: viewKey(wind.blade) });
 * ```
 */
export function viewKey(handle: object): ViewKey {
  const { client, view } = boundView(handle, "viewKey()");
  return ["pygen", { at: addressOf(client), views: { [formatVersionedId(view)]: true } }];
}

/** The project that a client speaks to. */
interface Place {
  readonly baseUrl: string;
  readonly project: string;
}

/** Whether a key of a cache is of a query that reads one of these views. */
export function readsAny([by, source]: readonly unknown[], place: Place, views: ReadonlySet<string>): boolean {
  if (by !== "pygen" || !isRecord(source) || source["at"] !== addressOf(place)) return false;
  return isRecord(source["views"]) && Object.keys(source["views"]).some((id) => views.has(id));
}

/** The key of what a handle is asked for. */
export function queryKey(handle: object, call: string, args: unknown): ViewQueryKey {
  const { client, scope, view } = boundView(handle, `${call}Options()`);
  // The maps are read by the library's own matching of keys: an id of a view has a slash, and so is no `__proto__`.
  const views = Object.fromEntries([...viewsIn(args, view, scope.registry)].sort().map((id) => [id, true as const]));
  const question = {
    call,
    view: formatVersionedId(view),
    space: scope.space ?? null,
    args: canonicalJson(plain(args)),
  };
  return ["pygen", { at: addressOf(client), views }, question];
}

function addressOf({ baseUrl, project }: Place): string {
  return `${baseUrl}/api/v1/projects/${project}`;
}

/**
 * The same with nothing in it that JSON has no form for. As a text it keeps keys such as `__proto__`, which the library's
 * own hash of objects would lose.
 */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString();
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
