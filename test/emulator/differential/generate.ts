import fc from "fast-check";
import type {
  Filter,
  InstancesAggregateRequest,
  InstancesListRequest,
  InstancesQueryRequest,
  InstancesSearchRequest,
  InstancesUpsertRequest,
  InstanceWrite,
  JsonValue,
  ResultSetExpression,
  SortKey,
} from "../../../src/models/index.js";
import { CONTAINERS, type Column, VIEWS } from "./model.js";

const NODES = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7"];
const EDGES = ["e0", "e1", "e2", "e3", "e4", "e5"];
const SPACE = "s";

/** Few values, so that they meet each other. */
const TEXTS = ["", "a", "ab", "ab cd", "B", "é", "\u{1F600}", "\uFFFD"];
const TIMES = ["2024-01-01T00:00:00.000+00:00", "2024-01-02T00:00:00.000+00:00", "2025-01-01T00:00:00.000+00:00"];

const id = (externalId: string) => ({ space: SPACE, externalId });
const node = fc.constantFrom(...NODES).map(id);
const view = (externalId: string) => ({ type: "view" as const, space: SPACE, externalId, version: "v1" });
const container = (externalId: string) => ({ type: "container" as const, space: SPACE, externalId });

function single({ kind, type }: Column): fc.Arbitrary<JsonValue> {
  if (kind === "number") return fc.integer({ min: -1, max: 3 });
  if (kind === "boolean") return fc.boolean();
  if (kind === "relation") return node;
  return fc.constantFrom(...(type.type === "timestamp" ? TIMES : TEXTS));
}

const valueFor = (column: Column): fc.Arbitrary<JsonValue> =>
  column.list ? fc.array(single(column), { maxLength: 3 }) : single(column);

/** A property as a view or a container names it. */
interface Named {
  readonly path: readonly [space: string, source: string, id: string];
  readonly column: Column;
}

const throughContainers: readonly Named[] = Object.entries(CONTAINERS).flatMap(([name, columns]) =>
  Object.entries(columns).map(([property, column]): Named => ({ path: [SPACE, name, property], column })),
);
const throughViews: readonly Named[] = Object.entries(VIEWS).flatMap(([name, mapping]) =>
  Object.entries(mapping).map(
    ([property, [from, to]]): Named => ({
      path: [SPACE, `${name}/v1`, property],
      column: CONTAINERS[from]?.[to] as Column,
    }),
  ),
);
const named = [...throughContainers, ...throughViews];
const some = (test: (column: Column) => boolean): fc.Arbitrary<Named> =>
  fc.constantFrom(...named.filter(({ column }) => test(column)));

type Bounds = { gt?: JsonValue; gte?: JsonValue; lt?: JsonValue; lte?: JsonValue };

function bounds(column: Column): fc.Arbitrary<Bounds> {
  const lower = fc.tuple(fc.constantFrom("gt", "gte"), single(column));
  const upper = fc.tuple(fc.constantFrom("lt", "lte"), single(column));
  return fc
    .tuple(fc.option(lower), fc.option(upper))
    .filter(([a, b]) => a !== null || b !== null)
    .map((pair) => Object.fromEntries(pair.flatMap((bound) => (bound ? [bound] : []))));
}

/** Filters over nodes and edges, to a depth. */
export function filterOf(depth: number, withParameters = false): fc.Arbitrary<Filter> {
  const value = (column: Column): fc.Arbitrary<JsonValue> =>
    withParameters && column.kind === "number" && column.type.type !== "timestamp"
      ? fc.oneof(single(column), fc.constant({ parameter: "number" }))
      : single(column);
  const equals = some(({ list }) => !list).chain(({ path, column }) =>
    value(column).map((given): Filter => ({ equals: { property: path, value: given } })),
  );
  const within = some(({ list, kind }) => !list || kind === "relation").chain(({ path, column }) =>
    fc.array(single(column), { maxLength: 3 }).map((values): Filter => ({ in: { property: path, values } })),
  );
  const contains = fc
    .tuple(
      fc.constantFrom("containsAny", "containsAll"),
      some(({ list }) => list),
    )
    .chain(([operator, { path, column }]) =>
      fc
        .array(single(column), { maxLength: 2 })
        .map((values) => ({ [operator]: { property: path, values } }) as unknown as Filter),
    );
  const range = some(({ list, kind }) => !list && (kind === "number" || kind === "text")).chain(({ path, column }) =>
    bounds(column).map((given): Filter => ({ range: { property: path, ...given } })),
  );
  const overlaps = bounds({ kind: "number", list: false, type: { type: "int32" } }).map(
    (given): Filter => ({
      overlaps: { startProperty: [SPACE, "A", "whole"], endProperty: [SPACE, "A", "real"], ...given },
    }),
  );
  const prefix = some(({ list, type }) => !list && type.type === "text").chain(({ path }) =>
    fc.constantFrom("", "a", "ab").map((text): Filter => ({ prefix: { property: path, value: text } })),
  );
  const exists = some(() => true).map(({ path }): Filter => ({ exists: { property: path } }));
  const compared = fc.constant<Filter>({
    equals: { property: [SPACE, "A", "text"], value: { property: [SPACE, "B", "note"] } },
  });
  const facts = fc.oneof(
    fc.constantFrom(...NODES).map((name): Filter => ({ equals: { property: ["node", "externalId"], value: name } })),
    fc.constantFrom("x", "y").map((type): Filter => ({ equals: { property: ["edge", "type"], value: id(type) } })),
    fc.constantFrom(...NODES).map((name): Filter => ({ equals: { property: ["edge", "startNode"], value: id(name) } })),
  );
  const hasData = fc
    .array(fc.constantFrom(container("A"), container("B"), container("E"), view("Plain"), view("Both")), {
      maxLength: 2,
    })
    .map((sources): Filter => ({ hasData: sources }));
  const references = fc.array(node, { maxLength: 3 }).map((given): Filter => ({ instanceReferences: given }));
  const leaf = fc.oneof(
    equals,
    within,
    contains,
    range,
    overlaps,
    prefix,
    exists,
    compared,
    facts,
    hasData,
    references,
    fc.constant<Filter>({ matchAll: {} }),
  );
  if (depth === 0) return leaf;
  const inner = filterOf(depth - 1, withParameters);
  const scope = some(({ kind }) => kind === "relation").map(({ path }) => path);
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map((and): Filter => ({ and })) },
    { weight: 1, arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map((or): Filter => ({ or })) },
    { weight: 1, arbitrary: inner.map((not): Filter => ({ not })) },
    {
      weight: 1,
      arbitrary: fc.tuple(scope, inner).map(([path, filter]): Filter => ({ nested: { scope: path, filter } })),
    },
  );
}

const sourceData = (names: readonly string[]) =>
  fc.constantFrom(...names).chain((name) => {
    const isView = Object.hasOwn(VIEWS, name);
    const properties = (isView ? throughViews : throughContainers).filter(
      ({ path }) => path[1] === (isView ? `${name}/v1` : name),
    );
    const entry = fc
      .constantFrom(...properties)
      .chain(({ path, column }) => fc.tuple(fc.constant(path[2]), fc.option(valueFor(column))));
    return fc
      .array(entry, { maxLength: 5 })
      .map((entries) => ({ source: isView ? view(name) : container(name), properties: Object.fromEntries(entries) }));
  });

const nodeWrite: fc.Arbitrary<InstanceWrite> = fc
  .tuple(node, fc.array(sourceData(["Plain", "Both", "A", "B"]), { minLength: 1, maxLength: 2 }))
  .map(([given, sources]) => ({ instanceType: "node", ...given, sources }));
const edgeWrite: fc.Arbitrary<InstanceWrite> = fc
  .tuple(
    fc.constantFrom(...EDGES),
    fc.constantFrom("x", "y"),
    node,
    node,
    fc.array(sourceData(["Wire", "E"]), { maxLength: 1 }),
  )
  .map(([name, type, startNode, endNode, sources]) => ({
    instanceType: "edge",
    ...id(name),
    type: id(type),
    startNode,
    endNode,
    ...(sources.length > 0 ? { sources } : {}),
  }));

const distinct = { selector: ({ externalId }: { readonly externalId: string }) => externalId };

/** Upserts and deletes, one after the other; relations may dangle, edges make the nodes they need. */
const writes: fc.Arbitrary<readonly InstancesUpsertRequest[]> = fc.array(
  fc
    .tuple(
      fc.uniqueArray(nodeWrite, { ...distinct, maxLength: 8 }),
      fc.uniqueArray(edgeWrite, { ...distinct, maxLength: 5 }),
      fc.uniqueArray(fc.constantFrom(...NODES), { maxLength: 1 }),
    )
    .map(([nodes, edges, gone]) => {
      const used = new Set(
        [...nodes, ...edges].flatMap((item) =>
          item.instanceType === "edge" ? [item.startNode.externalId, item.endNode.externalId] : [item.externalId],
        ),
      );
      const ends = [...used].filter((name) => !nodes.some(({ externalId }) => externalId === name));
      return {
        items: [...ends.map((name): InstanceWrite => ({ instanceType: "node", ...id(name) })), ...nodes, ...edges],
        delete: gone.filter((name) => !used.has(name)).map((name) => ({ instanceType: "node" as const, ...id(name) })),
        autoCreateDirectRelations: false,
      };
    }),
  { minLength: 1, maxLength: 4 },
);

const sort: fc.Arbitrary<readonly SortKey[]> = fc.array(
  fc
    .tuple(
      some(({ list, kind }) => !list && kind !== "boolean"),
      fc.constantFrom("ascending" as const, "descending" as const),
      fc.boolean(),
    )
    .map(([{ path }, direction, nullsFirst]) => ({ property: path, direction, nullsFirst })),
  { maxLength: 2 },
);

const list: fc.Arbitrary<InstancesListRequest> = fc.record({
  instanceType: fc.constantFrom("node" as const, "node" as const, "edge" as const),
  sources: fc.array(
    fc.constantFrom("Plain", "Both", "Filtered", "Wire").map((name) => ({ source: view(name) })),
    { maxLength: 1 },
  ),
  filter: filterOf(2),
  sort,
  limit: fc.integer({ min: 1, max: 5 }),
});

const search: fc.Arbitrary<InstancesSearchRequest> = fc.record({
  view: fc.constantFrom("Plain", "Both", "Filtered").map(view),
  query: fc.constantFrom("", "a", "ab", "cd AB", "é x"),
  operator: fc.constantFrom("AND" as const, "OR" as const),
  filter: filterOf(1).filter((given) => !JSON.stringify(given).includes("overlaps")),
});

const aggregate: fc.Arbitrary<InstancesAggregateRequest> = fc
  .record({
    view: fc.constant(view("Plain")),
    filter: filterOf(1),
    aggregates: fc.array(
      fc.oneof(
        fc.constantFrom({ count: {} }, { count: { property: "text" } }, { count: { property: "links" } }),
        fc
          .tuple(fc.constantFrom("sum", "avg", "min", "max"), fc.constantFrom("whole", "real", "wholes"))
          .map(([name, property]) => ({ [name]: { property } }) as never),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    limit: fc.constant(1000),
  })
  .chain((request) =>
    fc
      .uniqueArray(fc.constantFrom("text", "whole", "flag", "link", "texts"), { maxLength: 2 })
      .map((groupBy) => (groupBy.length > 0 ? { ...request, groupBy } : request)),
  );

const relation = fc.constantFrom(
  { source: view("Plain"), identifier: "link" },
  { source: view("Both"), identifier: "parent" },
  { source: container("A"), identifier: "link" },
);
const lists = fc.constantFrom(
  { source: view("Plain"), identifier: "links" },
  { source: container("A"), identifier: "links" },
);
const limit = fc.integer({ min: 1, max: 6 });
const filter = filterOf(1, true);

/** An expression, and whether it gives edges. */
interface Made {
  readonly made: ResultSetExpression;
  readonly edges: boolean;
}

/** An expression over those before it; `kinds` tells nodes from edges. */
function expression(before: readonly { readonly name: string; readonly edges: boolean }[]): fc.Arbitrary<Made> {
  const root: fc.Arbitrary<Made> = fc
    .record({ filter, sort, limit })
    .map(({ filter: given, ...rest }) => ({ made: { nodes: { filter: given }, ...rest }, edges: false }));
  const rootEdges: fc.Arbitrary<Made> = fc
    .record({ filter, nodeFilter: filter, limit })
    .map(({ limit: most, ...edges }) => ({ made: { edges, limit: most }, edges: true }));
  if (before.length === 0) return fc.oneof(root, rootEdges);
  const chained = fc.constantFrom(...before).chain(({ name: from, edges }) => {
    const walk = fc
      .record({
        direction: fc.constantFrom("outwards" as const, "inwards" as const),
        maxDistance: fc.integer({ min: 1, max: 3 }),
        filter,
        nodeFilter: filter,
        terminationFilter: filter,
        sort,
        limit,
        each: fc.option(fc.integer({ min: 1, max: 2 })),
      })
      .map(({ sort: order, limit: most, each, ...part }) => ({
        made: {
          edges: { from, ...part, ...(each === null ? {} : { limitEach: each, maxDistance: 1 }) },
          sort: order,
          limit: most,
        },
        edges: true,
      }));
    const along = edges
      ? fc
          .record({ chainTo: fc.constantFrom("source" as const, "destination" as const), filter, sort, limit })
          .map(({ chainTo, filter: given, ...rest }) => ({
            made: { nodes: { from, chainTo, filter: given }, ...rest },
            edges: false,
          }))
      : fc
          .record({
            follow: fc.oneof(
              fc.tuple(relation, fc.constantFrom("outwards" as const, "inwards" as const)),
              fc.tuple(lists, fc.constant("outwards" as const)),
            ),
            filter,
            sort,
            limit,
          })
          .map(({ follow: [through, direction], filter: given, ...rest }) => ({
            made: { nodes: { from, through, direction, filter: given }, ...rest },
            edges: false,
          }));
    return fc.oneof(walk, along);
  });
  const set = fc.boolean().chain((edges): fc.Arbitrary<Made> => {
    const names = before.filter((one) => one.edges === edges).map(({ name }) => name);
    if (names.length === 0) return root;
    return fc
      .tuple(
        fc.constantFrom("union", "unionAll", "intersection"),
        fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
        fc.array(fc.constantFrom(...names), { maxLength: 1 }),
        limit,
      )
      .map(([operator, members, except, most]) => ({
        made: { [operator]: members, except, limit: most } as unknown as ResultSetExpression,
        edges,
      }));
  });
  return fc.oneof({ weight: 1, arbitrary: root }, { weight: 3, arbitrary: chained }, { weight: 1, arbitrary: set });
}

const query: fc.Arbitrary<InstancesQueryRequest> = expression([]).chain((a) =>
  expression([{ name: "a", edges: a.edges }]).chain((b) =>
    expression([
      { name: "a", edges: a.edges },
      { name: "b", edges: b.edges },
    ]).map((c) => ({
      with: { a: a.made, b: b.made, c: c.made },
      select: { a: {}, b: {}, c: {} },
      parameters: { number: 1 },
    })),
  ),
);

/** A small world, and one of each kind of question about it. */
export interface DifferentialCase {
  readonly indexed: readonly string[];
  readonly viewFilter: Filter;
  readonly writes: readonly InstancesUpsertRequest[];
  readonly list: InstancesListRequest;
  readonly search: InstancesSearchRequest;
  readonly aggregate: InstancesAggregateRequest;
  readonly query: InstancesQueryRequest;
}

/** Worlds and questions; the questions are asked once for each write, so indexes are there before they change. */
export const differentialCase: fc.Arbitrary<DifferentialCase> = fc.record({
  indexed: fc.subarray(["text", "whole", "real", "when", "link", "texts", "wholes", "links", "note", "size", "length"]),
  viewFilter: filterOf(1),
  writes,
  list,
  search,
  aggregate,
  query,
});
