import {
  type ExecutionArgs,
  type ExecutionResult,
  executeSync,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import type {
  DataModelId,
  GraphQLProblem,
  GraphQLRequest,
  GraphQLResponse,
  JsonObject,
} from "../../../models/index.js";
import { Fault } from "../fault.js";
import { type ProjectState, type StoredDataModel, versionedKey } from "../state.js";
import { Reader } from "./reader.js";
import { graphQLSchema } from "./schema.js";

/** Most tokens of a document; the service names no bound of its own. */
const MAX_TOKENS = 20_000;

interface KnownSchemas {
  readonly version: number;
  readonly schemas: Map<StoredDataModel, GraphQLSchema>;
}

/** By what all views of a project that callers may have share. */
const known = new WeakMap<ProjectState["views"], KnownSchemas>();

/**
 * Answers a GraphQL query of a data model (contract 6.8). What is wrong with the document, or with single fields, is in
 * the answer's `errors`.
 *
 * @throws {@link Fault} 404 for unknown data models
 */
export function queryModel(state: ProjectState, id: DataModelId, request: GraphQLRequest): GraphQLResponse {
  const model = state.dataModels.get(versionedKey(id));
  if (!model) throw new Fault(404, `Unknown data model '${id.space}:${id.externalId}/${id.version}'`);
  return answerGraphQL(schemaOf(state, model), request, { contextValue: new Reader(state) });
}

/** Answers a document by a schema; what is wrong is in the answer's `errors`. */
export function answerGraphQL(
  schema: GraphQLSchema,
  request: GraphQLRequest,
  values: Pick<ExecutionArgs, "rootValue" | "contextValue">,
): GraphQLResponse {
  const asked = askedOf(schema, request);
  return "errors" in asked ? asked : answerOf(executeSync({ ...asked, ...values }));
}

function askedOf(
  schema: GraphQLSchema,
  { query, variables, operationName }: GraphQLRequest,
): ExecutionArgs | { readonly errors: readonly GraphQLProblem[] } {
  try {
    const document = parse(query, { maxTokens: MAX_TOKENS });
    const problems = validate(schema, document);
    if (problems.length > 0) return { errors: problems.map(problemOf) };
    return { schema, document, variableValues: variables, operationName };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [problemOf(error)] };
    throw error;
  }
}

function answerOf({ data, errors }: ExecutionResult): GraphQLResponse {
  return {
    ...(data === undefined ? {} : { data: data as JsonObject | null }),
    ...(errors ? { errors: errors.map(problemOf) } : {}),
  };
}

function schemaOf(state: ProjectState, model: StoredDataModel): GraphQLSchema {
  const before = known.get(state.views);
  const current =
    before?.version === state.schemaVersion ? before : { version: state.schemaVersion, schemas: new Map() };
  known.set(state.views, current);
  const schema = current.schemas.get(model) ?? graphQLSchema(state, model);
  current.schemas.set(model, schema);
  return schema;
}

/** In the service's words where they are known. */
function problemOf({ message, locations, path }: GraphQLError): GraphQLProblem {
  const [, field, type] = /^Cannot query field "(.*?)" on type "(.*?)"/.exec(message) ?? [];
  return {
    message: field === undefined ? message : `Field '${field}' in type '${type}' is undefined`,
    ...(locations ? { locations: locations.map(({ line, column }) => ({ line, column })) } : {}),
    ...(path ? { path } : {}),
  };
}
