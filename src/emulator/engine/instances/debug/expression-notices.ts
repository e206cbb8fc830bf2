import {
  type ContainerReference,
  type Filter,
  isListType,
  type ResultSetExpression,
  type SortKey,
  type SyncExpression,
  type Through,
} from "../../../../models/index.js";
import { filterReferences } from "../../filter-references.js";
import { containerKey, type ProjectState } from "../../state.js";
import { mappedKeys } from "../has-data.js";
import { relationOf } from "../query/through.js";
import { rowsOf } from "../row-indexes.js";
import { type Column, columnOf, servingIndexes } from "../serving-indexes.js";
import { hasOperator } from "../view-paths.js";
import { type Notice, notice } from "./notices.js";

/** Rows for each one asked for that make reading them significant. */
const MANY_ROWS = 10;
/** Containers in one `hasData` that make it significant. */
const MANY_CONTAINERS = 3;
const DEFAULT_LIMIT = 100;

/** What there is to say of one expression; the request has been checked, so all that it names is there. */
export function expressionNotices(
  state: ProjectState,
  name: string,
  expression: ResultSetExpression | SyncExpression,
): readonly Notice[] {
  if (!("nodes" in expression || "edges" in expression)) return [];
  const filter = "nodes" in expression ? expression.nodes.filter : expression.edges.filter;
  const sort = "sort" in expression ? expression.sort : undefined;
  return [
    ...sortNotices(state, name, sort ?? []),
    ...("nodes" in expression ? throughNotices(state, name, expression.nodes) : []),
    ...(filter ? filterNotices(state, name, filter, expression.limit ?? DEFAULT_LIMIT) : []),
  ];
}

function sortNotices(state: ProjectState, name: string, sort: readonly SortKey[]): readonly Notice[] {
  const serving = sort.length === 0 ? undefined : servingIndexes(state, sort);
  if (!serving) return [];
  const [first] = serving;
  if (!first) return [notice("sortNotBackedByIndex", name, { sort })];
  if (serving.some((index) => index.state !== "failed")) return [notice("filterMatchesCursorableSort", name, { sort })];
  return [notice("filterMatchesBrokenCursorableIndex", name, { sort, index: first.id })];
}

function throughNotices(
  state: ProjectState,
  name: string,
  { through, direction = "inwards" }: { readonly through?: Through; readonly direction?: "inwards" | "outwards" },
): readonly Notice[] {
  if (!through) return [];
  if (direction === "outwards") return [notice("intractableDirectRelationsCursor", name)];
  const { containerKey: key, property, type } = relationOf(state, through);
  if (isListType(type) || isIndexed(state, { containerKey: key, property })) return [];
  const { source, identifier } = through;
  const named = source.type === "view" ? `${source.externalId}/${source.version}` : source.externalId;
  return [notice("unindexedThrough", name, { property: [source.space, named, identifier] })];
}

function filterNotices(state: ProjectState, name: string, filter: Filter, limit: number): readonly Notice[] {
  const notices: Notice[] = [];
  if (hasOperator(filter, "nested")) notices.push(notice("intractableCursorWithNestedFilter", name));
  if (namesExternalIds(filter)) notices.push(notice("selectiveExternalIDFilter", name));
  const { properties, sources } = filterReferences(filter);
  const columns = properties.flatMap((path) => columnOf(state, path) ?? []);
  const unindexed = columns.filter((column) => !isIndexed(state, column)).map((column) => column.containerKey);
  if (unindexed.length > 0) {
    const containers = [...new Set(unindexed)].map(referenceOf);
    notices.push(notice("containersWithoutIndexesInvolved", name, { containers }));
    const rows = Math.max(...unindexed.map((key) => rowsOf(state, key).size));
    if (rows > limit * MANY_ROWS) {
      notices.push(notice("significantPostFiltering", name, { limit, maxInvolvedRows: rows }));
    }
  }
  const held = new Set(
    sources.flatMap((source) => (source.type === "view" ? mappedKeys(state, source) : [containerKey(source)])),
  );
  if (held.size >= MANY_CONTAINERS) {
    notices.push(notice("significantHasDataFiltering", name, { containers: [...held].map(referenceOf) }));
  }
  return notices;
}

/** Whether an index begins with a property. */
function isIndexed(state: ProjectState, { containerKey: key, property }: Column): boolean {
  const { indexes = {}, constraints = {} } = state.containers.get(key) ?? {};
  return (
    Object.values(indexes).some((index) => index.properties[0] === property) ||
    Object.values(constraints).some((rule) => rule.constraintType === "uniqueness" && rule.properties[0] === property)
  );
}

function namesExternalIds(filter: Filter): boolean {
  if ("and" in filter) return filter.and.some(namesExternalIds);
  if ("instanceReferences" in filter) return true;
  const path = "equals" in filter ? filter.equals.property : "in" in filter ? filter.in.property : [];
  return path.length === 2 && path[1] === "externalId";
}

function referenceOf(key: string): ContainerReference {
  const [space = "", externalId = ""] = key.split("/");
  return { type: "container", space, externalId };
}
