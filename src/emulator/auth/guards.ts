import type { JsonValue } from "../../models/index.js";
import { type DataContainer, findNode } from "../engine/data/index.js";
import { Fault } from "../engine/fault.js";
import { type ProjectState, versionedKey } from "../engine/state.js";
import { type Access, lacking, requireRight } from "./access.js";
import { nodesMade, objectsIn, schemaSpacesWithin, spacesOf, spacesWithin } from "./named-spaces.js";
import { visibleState } from "./visible.js";

/** A call, as far as rights depend on it; the body is as it was sent. */
export interface GuardedCall {
  readonly state: ProjectState;
  readonly body: unknown;
  readonly path: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Refuses a call that its caller has no right to (contract 1.4), or gives what it may see of the project.
 *
 * Throws Fault 403.
 */
export type Guard = (access: Access, call: GuardedCall) => ProjectState;

const SCHEMA = "dataModelsAcl";
const INSTANCES = "dataModelInstancesAcl";

/** Lists name no space, or one. */
const listSchema: Guard = (access, { state, parameters }) => {
  const { space } = parameters;
  requireRight(access, SCHEMA, "READ", typeof space === "string" ? [space] : undefined);
  return state;
};

const readSchema: Guard = (access, { state, body }) => {
  requireRight(access, SCHEMA, "READ", spacesOf(objectsIn(body, "items")));
  return state;
};

const deleteSchema: Guard = (access, { state, body }) => {
  requireRight(access, SCHEMA, "WRITE", spacesOf(objectsIn(body, "items")));
  return state;
};

/** What is written, and views that come whole inside of a model, and what all of it names. */
const writeSchema: Guard = (access, { state, body }) => {
  const items = objectsIn(body, "items");
  const inline = items.flatMap((item) => objectsIn(item, "views")).filter(({ type }) => type !== "view");
  requireRight(access, SCHEMA, "WRITE", spacesOf([...items, ...inline]));
  requireRight(access, SCHEMA, "READ", spacesWithin(items.map(({ space: _own, ...item }) => Object.values(item))));
  return state;
};

const readInstances: Guard = (access, { state, body }) => {
  requireRight(access, INSTANCES, "READ");
  requireRight(access, SCHEMA, "READ", schemaSpacesWithin(body));
  return seenBy(access, state);
};

/** Who may set properties only needs the instances to be there (contract 1.4). */
const writeInstances: Guard = (access, { state, body }) => {
  const items = objectsIn(body, "items");
  const settable = ({ space, externalId }: Record<string, unknown>): boolean =>
    typeof space === "string" &&
    typeof externalId === "string" &&
    access.allows(INSTANCES, "WRITE_PROPERTIES", space) &&
    state.instances.has({ space, externalId });
  const written = [...items.filter((item) => !settable(item)), ...objectsIn(body, "delete")];
  const made = nodesMade(body).filter((id) => !state.instances.has(id));
  requireRight(access, INSTANCES, "WRITE", [...spacesOf(written), ...made.map(({ space }) => space)]);
  const sources = items.flatMap((item) => objectsIn(item, "sources")).map(({ source }) => source);
  requireRight(access, SCHEMA, "READ", schemaSpacesWithin(sources));
  return state;
};

const deleteInstances: Guard = (access, { state, body }) => {
  requireRight(access, INSTANCES, "WRITE", spacesOf(objectsIn(body, "items")));
  return state;
};

const graphQL: Guard = (access, { state, path: { space = "", externalId = "", version = "" } }) => {
  requireRight(access, INSTANCES, "READ");
  const views = state.dataModels.get(versionedKey({ space, externalId, version }))?.views ?? [];
  requireRight(access, SCHEMA, "READ", [space, ...views.map((view) => view.space)]);
  return seenBy(access, state);
};

/** What a schema in a document writes to and names is known only once it is read: it may be any space. */
const writeDml: Guard = (access, { state }) => {
  for (const action of ["READ", "WRITE"]) {
    if (!access.allowsAll(SCHEMA, action)) throw lacking(`${SCHEMA}:${action} on all spaces`);
  }
  return state;
};

/** What only a right of its own kind opens. */
const only = (acl: string, action: string): Guard => {
  return (access, { state }) => {
    requireRight(access, acl, action);
    return state;
  };
};

/** Reads what belongs to nodes: by the right of its kind, or by those to the nodes and the core model. */
const readOf = (acl: string): Guard => {
  return (access, { state }) => {
    if (access.allows(acl, "READ")) return state;
    if (!access.allows(INSTANCES, "READ")) throw lacking(`${acl}:READ or ${INSTANCES}:READ`);
    requireRight(access, SCHEMA, "READ", ["cdf_cdm"]);
    return seenBy(access, state);
  };
};

/** Writes what belongs to nodes. */
const writeOf = (acl: string, container: DataContainer): Guard => {
  return (access, { state, body }) => {
    if (access.allows(acl, "WRITE")) return state;
    if (!access.allows(INSTANCES, "WRITE")) throw lacking(`${acl}:WRITE or ${INSTANCES}:WRITE`);
    requireRight(access, INSTANCES, "WRITE", nodeSpaces(state, body, container));
    requireRight(access, SCHEMA, "READ", ["cdf_cdm"]);
    return state;
  };
};

/** The spaces of the nodes that a request names, in items or at its top. */
function nodeSpaces(state: ProjectState, body: unknown, container: DataContainer): readonly string[] {
  return [...objectsIn(body, "items"), ...objectsIn({ top: [body] }, "top")].flatMap(({ instanceId, id }) => {
    const node = typeof id === "number" ? findNode(state, { id }, container) : undefined;
    return [...spacesOf(objectsIn({ ids: [instanceId] }, "ids")), ...(node ? [node.space] : [])];
  });
}

function seenBy(access: Access, state: ProjectState): ProjectState {
  if (access.allowsAll(INSTANCES, "READ")) return state;
  return visibleState(state, (space) => access.allows(INSTANCES, "READ", space));
}

const points = "CogniteTimeSeries";
const file = "CogniteFile";

/** The guards of calls, by method and path. */
const guards: ReadonlyMap<string, Guard> = new Map([
  ...["spaces", "containers", "views", "datamodels"].flatMap((kind): [string, Guard][] => [
    [`POST /models/${kind}`, writeSchema],
    [`GET /models/${kind}`, listSchema],
    [`POST /models/${kind}/byids`, readSchema],
    [`POST /models/${kind}/delete`, deleteSchema],
  ]),
  ["POST /models/containers/inspect", readSchema],
  ["POST /models/containers/constraints/delete", deleteSchema],
  ["POST /models/containers/indexes/delete", deleteSchema],
  ...["constraints", "indexes", "properties"].map((parts): [string, Guard] => [
    `POST /models/containers/${parts}/retry`,
    deleteSchema,
  ]),
  ["POST /models/instances", writeInstances],
  ["POST /models/instances/delete", deleteInstances],
  ...["byids", "list", "query", "sync", "search", "aggregate", "inspect"].map((call): [string, Guard] => [
    `POST /models/instances/${call}`,
    readInstances,
  ]),
  ["POST /userapis/spaces/:space/datamodels/:externalId/versions/:version/graphql", graphQL],
  ["POST /dml/graphql", writeDml],
  ["GET /models/statistics", listSchema],
  ["GET /models/statistics/spaces", listSchema],
  ["POST /models/statistics/spaces/byids", readSchema],
  ["POST /timeseries/byids", readOf("timeSeriesAcl")],
  ["POST /timeseries/list", readOf("timeSeriesAcl")],
  ["POST /timeseries/data", writeOf("timeSeriesAcl", points)],
  ["POST /timeseries/data/list", readOf("timeSeriesAcl")],
  ["POST /timeseries/data/latest", readOf("timeSeriesAcl")],
  ["POST /timeseries/data/delete", writeOf("timeSeriesAcl", points)],
  ["POST /files/byids", readOf("filesAcl")],
  ["POST /files/list", readOf("filesAcl")],
  ["POST /files/uploadlink", writeOf("filesAcl", file)],
  ["POST /files/multiuploadlink", writeOf("filesAcl", file)],
  ["POST /files/completemultipartupload", writeOf("filesAcl", file)],
  ["POST /files/downloadlink", readOf("filesAcl")],
  ["POST /sequences", only("sequencesAcl", "WRITE")],
  ["POST /sequences/data", only("sequencesAcl", "WRITE")],
  ["POST /sequences/data/list", only("sequencesAcl", "READ")],
  ["POST /sequences/data/latest", only("sequencesAcl", "READ")],
  ["POST /sequences/data/delete", only("sequencesAcl", "WRITE")],
]);

/** A call that nobody thought of. */
const closed: Guard = () => {
  throw new Fault(403, "Forbidden: no capability opens this call.");
};

/** The guard of a call. */
export function guardOf(method: string, path: string): Guard {
  return guards.get(`${method} ${path}`) ?? closed;
}

/** The lists of which a caller is shown only what is in spaces whose schema it may read. */
const LISTS: ReadonlySet<string> = new Set([
  ...["spaces", "containers", "views", "datamodels", "statistics/spaces"].map((kind) => `GET /models/${kind}`),
]);

/** An answer without what its caller may not see; a page may hold less than its limit then. */
export function shownTo(access: Access, method: string, path: string, answer: object): object {
  if (!LISTS.has(`${method} ${path}`)) return answer;
  const items = objectsIn(answer, "items").filter(
    ({ space }) => typeof space === "string" && access.allows(SCHEMA, "READ", space),
  );
  return { ...answer, items: items as JsonValue };
}
