import * as v from "valibot";
import type { DebugOptions } from "../instance.js";
import type { JsonValue } from "../json.js";
import type {
  EdgeExpression,
  InstancesQueryRequest,
  NodeExpression,
  ResultSetExpression,
  SelectExpression,
  SelectSource,
  SetExpression,
  SetMember,
  Through,
} from "../query.js";
import type { ViewReference } from "../reference.js";
import type { Direction } from "../view.js";
import { propertyId, sourceReference, viewReferenceSchema } from "./common.js";
import { innerFilter, shallow, sortKeys } from "./filter.js";
import { debugOptions, targetUnits } from "./instance.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { choose, dictionary, fields, integer, items, list } from "./shapes.js";

/** Most expressions, selections and cursors of one query (contract 3.4). */
const MAX_EXPRESSIONS = 50;
/** Largest `limit` of one expression (contract 3.4). */
const MAX_LIMIT = 10_000;

const direction: RequestSchema<Direction> = lazily(() => v.picklist(["outwards", "inwards"]));
const chainTo: RequestSchema<"destination" | "source"> = lazily(() => v.picklist(["destination", "source"]));
const limit: RequestSchema<number> = lazily(() => integer(1, MAX_LIMIT));

/** Also read in its old form, with `view` in place of `source` (contract 8.1). */
const through: RequestSchema<Through> = lazily(() =>
  choose<Through>((input) => ("view" in input ? oldThrough() : newThrough())),
);

const newThrough: RequestSchema<Through> = lazily(() =>
  fields({ source: sourceReference(), identifier: propertyId() }),
);

const oldThrough: RequestSchema<Through> = lazily(() =>
  v.pipe(
    fields({ view: viewReferenceSchema(), identifier: propertyId() }),
    v.transform(
      ({ view, identifier }: { view: ViewReference; identifier: string }): Through => ({ source: view, identifier }),
    ),
  ),
);

/** The inner part of a node expression, in queries and in syncs. */
export const nodesPart: RequestSchema<NodeExpression["nodes"]> = lazily(() =>
  fields({
    from: v.exactOptional(v.string()),
    chainTo: v.exactOptional(chainTo()),
    through: v.exactOptional(through()),
    direction: v.exactOptional(direction()),
    filter: v.exactOptional(innerFilter()),
  }),
);

const nodeExpression: RequestSchema<NodeExpression> = lazily(() =>
  fields({
    nodes: nodesPart(),
    sort: v.exactOptional(sortKeys()),
    limit: v.exactOptional(limit()),
  }),
);

/** The fields of the inner part of an edge expression that queries and syncs share. */
function edgesFields() {
  return {
    from: v.exactOptional(v.string()),
    chainTo: v.exactOptional(chainTo()),
    maxDistance: v.exactOptional(integer(1, Number.MAX_SAFE_INTEGER)),
    direction: v.exactOptional(direction()),
    filter: v.exactOptional(innerFilter()),
    nodeFilter: v.exactOptional(innerFilter()),
    terminationFilter: v.exactOptional(innerFilter()),
  } as const;
}

/** The inner part of an edge expression in syncs. */
export const syncEdgesPart: RequestSchema<Omit<EdgeExpression["edges"], "limitEach">> = lazily(() =>
  fields(edgesFields()),
);

const edgeExpression: RequestSchema<EdgeExpression> = lazily(() =>
  fields({
    edges: fields({ ...edgesFields(), limitEach: v.exactOptional(integer(1, 2000)) }),
    sort: v.exactOptional(sortKeys()),
    postSort: v.exactOptional(sortKeys()),
    limit: v.exactOptional(limit()),
  }),
);

const setExpression: RequestSchema<SetExpression> = lazily(() => {
  const members = items<SetMember>(
    v.lazy((input) => (typeof input === "string" ? v.string() : setExpression())),
    1,
    50,
  );
  const rest = { except: v.exactOptional(list(v.string())), limit: v.exactOptional(limit()) };
  return choose<SetExpression>((input) => {
    if ("union" in input) return fields({ union: members, ...rest });
    if ("unionAll" in input) return fields({ unionAll: members, ...rest });
    return fields({ intersection: members, ...rest });
  });
});

const resultSetExpression: RequestSchema<ResultSetExpression> = lazily(() =>
  choose<ResultSetExpression>((input) => {
    if ("nodes" in input) return nodeExpression();
    if ("edges" in input) return edgeExpression();
    if ("union" in input || "unionAll" in input || "intersection" in input) return setExpression();
    return v.custom<ResultSetExpression>(() => false, "must have nodes, edges, union, unionAll or intersection");
  }),
);

/** The views to read a set through, with the properties to return. */
export const selectSources: RequestSchema<readonly SelectSource[]> = lazily(() =>
  items(
    fields({
      source: viewReferenceSchema(),
      properties: list(v.string()),
      targetUnits: v.exactOptional(targetUnits()),
    }),
    0,
    10,
  ),
);

const selectExpression: RequestSchema<SelectExpression> = lazily(() =>
  fields({
    sources: v.exactOptional(selectSources()),
    sort: v.exactOptional(sortKeys()),
    limit: v.exactOptional(limit()),
  }),
);

const anyName = (): undefined => undefined;

/** A dictionary of 1 to 50 expressions or selections, by names of the user's choosing. */
export function named<T>(entry: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Readonly<Record<string, T>>> {
  return dictionary(anyName, entry, { min: 1, max: MAX_EXPRESSIONS });
}

type Optional<T> = v.ExactOptionalSchema<v.GenericSchema<unknown, T>, undefined>;

/** Schemas of what queries and syncs take besides their expressions. */
export interface QueryFieldSchemas {
  readonly cursors: Optional<Readonly<Record<string, string | null>>>;
  readonly parameters: Optional<Readonly<Record<string, JsonValue>>>;
  readonly includeTyping: Optional<boolean>;
  readonly debug: Optional<DebugOptions>;
}

/** What queries and syncs take besides their expressions. */
export function queryFields(): QueryFieldSchemas {
  return {
    cursors: v.exactOptional(dictionary(anyName, v.nullable(v.string()), { max: MAX_EXPRESSIONS })),
    parameters: v.exactOptional(
      dictionary(
        anyName,
        v.custom<JsonValue>((value) => value !== undefined),
      ),
    ),
    includeTyping: v.exactOptional(v.boolean()),
    debug: v.exactOptional(debugOptions()),
  };
}

/** Body of `POST /models/instances/query` (contract 8.1). */
export const instancesQueryBody: RequestSchema<InstancesQueryRequest> = lazily(() =>
  shallow(fields({ with: named(resultSetExpression()), select: named(selectExpression()), ...queryFields() })),
);
