import { buildSchema, type GraphQLSchema } from "graphql";
import { type DmlProblem, readDml } from "../ir/dml/index.js";
import type { DataModelCreate, DataModelId, GraphQLRequest, GraphQLResponse } from "../models/index.js";
import { Fault } from "./engine/fault.js";
import { answerGraphQL } from "./engine/graphql/index.js";
import { type ProjectState, type StoredDataModel, versionedKey } from "./engine/state.js";
import { applyModel } from "./load.js";

/** What a client sends: a data model and its schema in the data modeling language. */
interface DmlUpsert extends DataModelId {
  readonly graphQlDml: string;
  readonly name?: string | null;
  readonly description?: string | null;
}

/** Something that is wrong with a schema. */
interface DmlError {
  readonly kind: string;
  readonly message: string;
  readonly hint: string | null;
  readonly location: { readonly start: { readonly line: number; readonly column: number } } | null;
}

const SCHEMA = `
  scalar Timestamp
  type Position { line: Int! column: Int! }
  type Range { start: Position! }
  type DmlError { kind: String! message: String! hint: String location: Range }
  type DmlVersion {
    space: String! externalId: String! version: String! name: String description: String graphQlDml: String!
    createdTime: Timestamp! lastUpdatedTime: Timestamp!
  }
  type DmlUpsert { errors: [DmlError!] result: DmlVersion }
  input GraphQlDmlVersionUpsert {
    space: String! externalId: String! version: String! previousVersion: String graphQlDml: String! name: String
    description: String preserveDml: Boolean
  }
  type Query { _empty: String }
  type Mutation { upsertGraphQlDmlVersion(graphQlDmlVersion: GraphQlDmlVersionUpsert!): DmlUpsert }
`;

let schema: GraphQLSchema | undefined;

/**
 * Answers `POST /dml/graphql` (contract 6.8): its one mutation makes a data model, with views and containers, of a schema
 * in the data modeling language. What is wrong with that is in the answer's `errors`, and then nothing is changed.
 */
export function uploadDml(state: ProjectState, request: GraphQLRequest): GraphQLResponse {
  schema ??= buildSchema(SCHEMA);
  const rootValue = {
    upsertGraphQlDmlVersion: ({ graphQlDmlVersion }: { readonly graphQlDmlVersion: DmlUpsert }) =>
      upsert(state, graphQlDmlVersion),
  };
  return answerGraphQL(schema, request, { rootValue });
}

function upsert(state: ProjectState, given: DmlUpsert): object {
  const { space, externalId, version, graphQlDml, name, description } = given;
  const id = { space, externalId, version };
  const problems: DmlProblem[] = [];
  const found = readDml(graphQlDml, id, problems);
  if (!found || problems.length > 0) return { errors: problems.map(errorOf), result: null };
  const labels = { ...(name ? { name } : {}), ...(description ? { description } : {}) };
  const dataModels = found.dataModels.map((model) => ({ ...model, ...labels }));
  const removed = removedView(state.dataModels.get(versionedKey(id)), dataModels);
  if (removed) return { errors: [removed], result: null };
  try {
    applyModel(state, { ...found, dataModels }, {});
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { errors: [{ kind: "VALIDATION_ERROR", message: error.message, hint: null, location: null }], result: null };
  }
  const stored = state.dataModels.get(versionedKey(id));
  return {
    errors: null,
    result: { ...given, createdTime: stored?.createdTime, lastUpdatedTime: stored?.lastUpdatedTime },
  };
}

/** Views may come to a version of a data model, but not go. */
function removedView(before: StoredDataModel | undefined, after: readonly DataModelCreate[]): DmlError | undefined {
  const kept = new Set(after.flatMap(({ views = [] }) => views.map(({ externalId }) => externalId)));
  const gone = before?.views.find(({ externalId }) => !kept.has(externalId));
  return (
    gone && {
      kind: "DIFF_ERROR",
      message: `Can not remove view '${gone.externalId}' from the data model definition`,
      hint: "Please publish a new data model version.",
      location: null,
    }
  );
}

function errorOf({ code, message, line, column }: DmlProblem): DmlError {
  const isSyntax = code === "SYNTAX";
  return {
    kind: isSyntax ? "SYNTAX_ERROR" : "VALIDATION_ERROR",
    message: isSyntax ? "Invalid syntax in provided GraphQL schema" : message,
    hint: isSyntax ? message : null,
    location: line === undefined || column === undefined ? null : { start: { line, column } },
  };
}
